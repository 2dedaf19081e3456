import { parseExact, type Row } from "@turnaway/core";
import { parse as parseCsv } from "csv-parse/sync";
import { expect, test } from "vitest";
import { displayWidth } from "../text/wrap.ts";
import { renderRowsCsv, renderRowsJson, renderRowsNdjson, type RowTable } from "./row-files.ts";
import { renderTable } from "./table.ts";

const ROWS: Row[] = [
  { srcaddr: "10.0.0.1", records: 9_007_199_254_740_993n, owner: null },
  { srcaddr: "2001:db8::1", records: 3, owner: "" },
  { srcaddr: "10.0.0.2", records: 0, owner: "équipe 漢字\u001b[31m" },
];
const TABLE: RowTable = {
  columns: [{ name: "srcaddr" }, { name: "records" }, { name: "owner" }],
  rows: ROWS,
};
const EMPTY: RowTable = { ...TABLE, rows: [] };

test("JSON has NULL as null, all digits, and one row a line", () => {
  expect(parseExact(renderRowsJson(TABLE))).toEqual(ROWS);
  expect(renderRowsJson(TABLE).split("\n")).toHaveLength(ROWS.length + 3);
  expect(renderRowsJson(EMPTY)).toBe("[]\n");
});

test("NDJSON is the same objects, one a line", () => {
  const lines = renderRowsNdjson(TABLE).trimEnd().split("\n");
  expect(lines.map(parseExact)).toEqual(ROWS);
  expect(renderRowsNdjson(EMPTY)).toBe("");
});

test("CSV has NULL as nothing, the empty text as quotes, and always a header", () => {
  expect(renderRowsCsv(TABLE).split("\n").slice(0, 3)).toEqual([
    "srcaddr,records,owner",
    "10.0.0.1,9007199254740993,",
    '2001:db8::1,3,""',
  ]);
  expect(parseCsv(renderRowsCsv(TABLE))).toHaveLength(4);
  expect(renderRowsCsv(EMPTY)).toBe("srcaddr,records,owner\n");
});

test("a column that a row lacks is NULL", () => {
  const table = { columns: [{ name: "a" }, { name: "b" }], rows: [{ a: 1 }] };
  expect(renderRowsCsv(table)).toBe("a,b\n1,\n");
  expect(renderRowsJson(table)).toBe('[\n  {"a":1,"b":null}\n]\n');
});

test("a table puts numbers right, leaves NULL empty and shows control characters", () => {
  expect(renderTable(TABLE, { color: false, width: 100 })).toBe(
    [
      "srcaddr               records  owner",
      "───────────  ────────────────  ────────────────",
      "10.0.0.1     9007199254740993",
      "2001:db8::1                 3",
      "10.0.0.2                    0  équipe 漢字�[31m",
      "",
    ].join("\n"),
  );
});

test.each([100, 80, 60, 45, 40, 24, 20])("a table fits %i cells and cuts no number", (width) => {
  const text = renderTable(TABLE, { color: false, width });
  for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  expect(text).toContain("9007199254740993");
});

test("no rows are said to be none", () => {
  expect(renderTable(EMPTY, { color: false, width: 80 })).toBe("no rows\n");
});
