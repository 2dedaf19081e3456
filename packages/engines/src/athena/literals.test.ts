import type { DuckDBInstance } from "@duckdb/node-api";
import type { SqlValue } from "@turnaway/core";
import { BackendError, type FrontBackend } from "@turnaway/testing/athena-front";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type AthenaCase, startCase } from "./fixtures/athena-case.ts";
import { checkIdentifier, type IdentifierKind } from "./identifiers.ts";
import { countPlaceholders, inlineParameters, renderLiteral } from "./literals.ts";

// C33: whatever a value holds, it stays a value; whatever a name holds, it is one or refused.

let instance: DuckDBInstance;
let athena: AthenaCase;

beforeAll(async () => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  // As Athena does: the literals are SQL, put where the question marks stand.
  const backend: FrontBackend = async (sql, params) => {
    let next = 0;
    const text = sql.replaceAll("?", () => params[next++] ?? "?");
    const result = await connection.runAndReadAll(text).catch((error: unknown) => {
      throw new BackendError(String(error));
    });
    const types = result.columnTypes().map(String);
    return {
      columns: result
        .columnNames()
        .map((name, i) => ({ name, type: TYPES[types[i]!] ?? "decimal(38,0)" })),
      rows: result
        .getRows()
        .map((row) => row.map((v) => (typeof v === "object" ? v && String(v) : (v as SqlValue)))),
      scannedBytes: 0,
    };
  };
  athena = await startCase({ backend, looks: { queued: 0, running: 0 } });
});
beforeEach(() => athena.front.reset());
afterAll(async () => {
  await athena.close();
  instance.closeSync();
});

const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: "varchar",
  INTEGER: "integer",
  BIGINT: "bigint",
  DOUBLE: "double",
  BOOLEAN: "boolean",
  '"NULL"': "unknown",
};

const texts = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
  fc.constantFrom(
    "'",
    "''",
    "'; DROP TABLE flow_logs; --",
    "\\'",
    "?",
    "' OR '1'='1",
    "/*",
    "--\n",
    "NULL",
  ),
);
const values = fc.oneof(
  texts,
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

describe("parameters", () => {
  it.each([
    ["apart from the statement", "SELECT ? AS a, ? AS b"],
    ["inside the statement where Athena takes none apart", "FROM (SELECT ? AS a, ? AS b) AS t"],
  ])("come back as they were given, %s", async (_how, sql) => {
    const engine = athena.engine();
    await fc.assert(
      fc.asyncProperty(values, values, async (a, b) => {
        const { rows } = await engine.run({ name: "echo", sql, params: [a, b] });
        expect(rows).toEqual([{ a: sameNumber(a), b: sameNumber(b) }]);
      }),
      { numRuns: 60 },
    );
  });

  it("that are too long for Athena's list go into the statement", async () => {
    const long = "it's ".repeat(1000);
    const { rows } = await athena
      .engine()
      .run({ name: "echo", sql: "SELECT ? AS a", params: [long] });
    expect(rows).toEqual([{ a: long }]);
    const start = athena.front.requests.find((r) => r.operation === "StartQueryExecution");
    expect(start!.input["ExecutionParameters"]).toBeUndefined();
  });

  it.each([
    [null, "NULL"],
    ["it's", "'it''s'"],
    ["", "''"],
    [true, "TRUE"],
    [-5, "-5"],
    [0.5, "0.5E0"],
    [1e21, "1E+21"],
    [9_223_372_036_854_775_807n, "9223372036854775807"],
    [9_223_372_036_854_775_808n, "DECIMAL '9223372036854775808'"],
  ])("%s is written %s", (value, literal) => {
    expect(renderLiteral(value)).toBe(literal);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("%s has no literal", (value) => {
    expect(() => renderLiteral(value)).toThrow(/^parameter has no literal/);
  });

  it.each([
    ["SELECT ?", 1],
    ["SELECT '?', \"?\", `?`, ? -- ?\n, ? /* ? */", 2],
    ["SELECT 'it''s ?'", 0],
  ])("%s has %i places", (sql, count) => {
    expect(countPlaceholders(sql)).toBe(count);
  });

  it("that do not fit the statement are a bug", () => {
    expect(() => inlineParameters("SELECT ?", [1, 2])).toThrow(/1 placeholders and was given 2/);
    expect(() => inlineParameters("SELECT ?, ?", [1])).toThrow(/2 placeholders and was given 1/);
  });
});

it.each<IdentifierKind>(["database", "workgroup", "catalog", "table"])(
  "a %s is a plain name or refused",
  (kind) => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.stringMatching(/^\w{1,20}$/)), (name) => {
        let given: string | null = null;
        try {
          given = checkIdentifier(kind, name);
        } catch {
          return;
        }
        expect(given).toMatch(/^[A-Za-z0-9._-]+$/);
      }),
    );
  },
);

// -0 and 0 are one number in SQL, and whole numbers fit where they can.
function sameNumber(value: SqlValue): SqlValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value === 0 ? 0 : value;
}
