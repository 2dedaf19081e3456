import type { Row } from "@turnaway/core";
import type { InsightsField } from "@turnaway/sql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mergeRows, sortRows } from "./merge-rows.ts";
import { readInteger, readRow } from "./read-values.ts";

const FIELDS: readonly InsightsField[] = [
  { column: "source", field: "srcAddr", type: "text", merge: "key" },
  { column: "records", field: "records", type: "integer", merge: "sum" },
  { column: "first", field: "first", type: "integer", merge: "min" },
  { column: "last", field: "last", type: "integer", merge: "max" },
];

describe("an integer", () => {
  it.each([
    ["0", 0],
    ["42", 42],
    ["-7", -7],
    ["12.0", 12],
    ["1.25E2", 125],
    ["1.5e+3", 1500],
    ["9007199254740993", 9_007_199_254_740_993n],
    ["1.8446744073709552E19", 18_446_744_073_709_552_000n],
    ["1.5", null],
    ["-", null],
    ["", null],
    ["NaN", null],
    [undefined, null],
  ])("of %j is %s", (text, value) => {
    expect(readInteger(text)).toBe(value);
  });

  it("is what was written, whatever its size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
        expect(BigInt(readInteger(String(value))!)).toBe(value);
      }),
    );
  });
});

it("a row has every declared column, NULL where the service or the record has nothing", () => {
  const cells = [
    { field: "srcAddr", value: "-" },
    { field: "records", value: "3" },
    { field: "@ptr", value: "x" },
  ];
  expect(readRow(cells, FIELDS)).toEqual({ source: null, records: 3, first: null, last: null });
});

describe("slices", () => {
  const row = fc.record({
    source: fc.constantFrom("a", "b", null),
    records: fc.integer({ min: 0, max: 9 }),
    first: fc.option(fc.integer({ min: 0, max: 99 })),
    last: fc.option(fc.integer({ min: 0, max: 99 })),
  });
  const order = [{ column: "source", descending: false }];
  const merged = (rows: readonly Row[]): Row[] => sortRows(mergeRows(FIELDS, rows), order);

  it("make the same whole however they are cut, and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(row), fc.nat(), (rows, at) => {
        const cut = at % (rows.length + 1);
        const halves = [...merged(rows.slice(cut)), ...merged(rows.slice(0, cut))];
        expect(merged(halves)).toEqual(merged(rows));
      }),
    );
  });

  it("add up past 2^53 exactly", () => {
    const big = { source: "a", records: 2 ** 53 - 1, first: 1, last: 1 };
    expect(mergeRows(FIELDS, [big, big])[0]!["records"]).toBe(2n ** 54n - 2n);
  });
});

it("rows stand in the declared order: numbers by size, text by code unit, NULL last", () => {
  const rows: Row[] = [
    { a: 9, b: "x" },
    { a: 10n, b: null },
    { a: 10, b: "10.0.0.10" },
    { a: 10, b: "10.0.0.9" },
  ];
  const order = [
    { column: "a", descending: true },
    { column: "b", descending: false },
  ];
  expect(sortRows(rows, order).map((row) => row["b"])).toEqual([
    "10.0.0.10",
    "10.0.0.9",
    null,
    "x",
  ]);
});
