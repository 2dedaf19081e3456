import { stringifyExact, type QueryResult } from "@turnaway/core";
import { csvLine } from "../../escape/csv-cell.ts";
import { jsonText } from "../../escape/json-text.ts";

/** The columns and rows of a query: all that these renderers read of its result. */
export type RowTable = Pick<QueryResult, "rows"> & {
  readonly columns: readonly { readonly name: string }[];
};

/** CSV with a header; NULL is empty, integers have all their digits. */
export function renderRowsCsv({ columns, rows }: RowTable): string {
  const header = csvLine(columns.map(({ name }) => name));
  return header + rows.map((row) => csvLine(columns.map(({ name }) => row[name] ?? null))).join("");
}

/** An array of objects, one row a line; NULL is `null`. */
export function renderRowsJson(table: RowTable): string {
  const lines = rowObjects(table);
  return lines.length === 0 ? "[]\n" : `[\n  ${lines.join(",\n  ")}\n]\n`;
}

/** One object a line; no rows are no lines. */
export function renderRowsNdjson(table: RowTable): string {
  return rowObjects(table)
    .map((line) => `${line}\n`)
    .join("");
}

function rowObjects({ columns, rows }: RowTable): string[] {
  return rows.map((row) =>
    jsonText(
      stringifyExact(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))),
    ),
  );
}
