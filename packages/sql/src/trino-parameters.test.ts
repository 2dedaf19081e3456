import type { SqlValue } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { trinoLiteral, trinoStatement } from "./trino-parameters.ts";

describe("trinoLiteral", () => {
  const cases: readonly [SqlValue, string][] = [
    [null, "NULL"],
    [true, "TRUE"],
    [false, "FALSE"],
    [0, "0"],
    [-7, "-7"],
    [9007199254740991, "9007199254740991"],
    [2n ** 63n - 1n, "9223372036854775807"],
    [2n ** 63n, "DECIMAL '9223372036854775808'"],
    [0.1, "1E-1"],
    [1.5e300, "1.5E300"],
    ["", "''"],
    ["it's", "'it''s'"],
    ["'; DROP TABLE x; --", "'''; DROP TABLE x; --'"],
    ["a ? :b", "'a ? :b'"],
  ];
  test.each(cases)("%s is %s", (value, literal) => {
    expect(trinoLiteral(value)).toBe(literal);
  });

  test("refuses what is no number", () => {
    expect(() => trinoLiteral(Number.NaN)).toThrow("not a number for SQL");
  });

  test("is one literal, whatever the text says", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(trinoLiteral(text)).toMatch(/^'(?:[^']|'')*'$/);
      }),
    );
  });
});

describe("trinoStatement", () => {
  test("leaves a statement without parameters as it is", () => {
    expect(trinoStatement({ name: "x", sql: "SELECT 'a';\n" })).toBe("SELECT 'a'");
  });

  test("keeps values out of the text", () => {
    const sql = "SELECT 'x' WHERE a = ? AND b = ?";
    expect(trinoStatement({ name: "x", sql, params: ["it's", 5] })).toBe(
      "EXECUTE IMMEDIATE 'SELECT ''x'' WHERE a = ? AND b = ?' USING 'it''s', 5",
    );
  });
});
