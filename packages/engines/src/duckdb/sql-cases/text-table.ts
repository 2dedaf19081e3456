import type { Row, SqlValue } from "@turnaway/core";

import { dayText, instant, instantText } from "./case-time.ts";

/**
 * Rows as a person reads them: a line of column names, then a line for each row,
 * cells apart by white space.
 *
 * `-` is NULL, `d3T09:30` a time, `d3` a day, and `10.0.2.[1-20]` makes twenty rows.
 */
export function parseTable(text: string): Row[] {
  const [head = [], ...body] = cellsOf(text);
  return body.flatMap((cells) => {
    if (cells.length !== head.length) {
      throw new Error(`${head.length} columns, but ${cells.length} cells: ${cells.join(" ")}`);
    }
    return expandRanges(cells).map((row) =>
      Object.fromEntries(head.map((column, i) => [column, parseCell(row[i]!)])),
    );
  });
}

/** Cells of each line that is neither empty nor a comment. */
export function cellsOf(text: string): string[][] {
  return text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/));
}

/** One list for each combination of the numbers in `[a-b]`. */
export function expandRanges(cells: readonly string[]): string[][] {
  const at = cells.findIndex((cell) => RANGE.test(cell));
  if (at === -1) return [[...cells]];
  const [, before, first, last, after] = RANGE.exec(cells[at]!)!;
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, i) => `${before}${Number(first) + i}${after}`).flatMap(
    (cell) => expandRanges(cells.with(at, cell)),
  );
}

const RANGE = /^(.*?)\[(\d+)-(\d+)\](.*)$/;

/** Rows as aligned text, these columns only; times as `expected` writes them. */
export function renderTable(columns: readonly string[], rows: readonly Row[]): string[] {
  return rows.map((row) => columns.map((column) => renderCell(row[column] ?? null)).join("  "));
}

/** Rows whose times are as a case writes them, in the columns where `like` has times. */
export function withTimesLike(rows: readonly Row[], columns: ReadonlySet<string>): Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        columns.has(column) ? timeText(value) : value,
      ]),
    ),
  );
}

// Unix seconds in views and rollups, timestamps in what a person reads.
function timeText(value: SqlValue): SqlValue {
  if (typeof value === "number") return instantText(value);
  return typeof value === "string" ? instantText(Date.parse(value) / 1000) : value;
}

function parseCell(cell: string): SqlValue {
  if (cell === "-") return null;
  if (cell === "true" || cell === "false") return cell === "true";
  if (/^-?\d+$/.test(cell)) {
    const number = Number(cell);
    return Number.isSafeInteger(number) ? number : BigInt(cell);
  }
  return instant(cell) ?? dayText(cell) ?? cell;
}

function renderCell(value: SqlValue): string {
  return value === null ? "-" : String(value);
}
