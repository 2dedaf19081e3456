import type { Row, SqlValue } from "@turnaway/core";
import type { InsightsField, InsightsOrder, Merge } from "@turnaway/sql";

/** Rows of several slices of time as those of the whole: equal keys become one row. */
export function mergeRows(fields: readonly InsightsField[], rows: readonly Row[]): Row[] {
  const keys = fields.filter(({ merge }) => merge === "key");
  const merged = new Map<string, Record<string, SqlValue>>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ column }) => String(row[column])));
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...row });
    else addRow(known, row, fields);
  }
  return [...merged.values()];
}

/** Rows in the order that the query declares: numbers by size, text by code unit, NULL last. */
export function sortRows(rows: readonly Row[], order: readonly InsightsOrder[]): Row[] {
  return rows.toSorted((a, b) => {
    for (const { column, descending } of order) {
      const found = compare(a[column] ?? null, b[column] ?? null, descending);
      if (found !== 0) return found;
    }
    return 0;
  });
}

function addRow(known: Record<string, SqlValue>, row: Row, fields: readonly InsightsField[]): void {
  for (const { column, merge } of fields) {
    if (merge === undefined || merge === "key") continue;
    known[column] = MERGES[merge](known[column] as Amount, row[column] as Amount);
  }
}

type Amount = number | bigint | null;

// What one slice has nothing of is what the other has.
const MERGES: Readonly<Record<Exclude<Merge, "key">, (a: Amount, b: Amount) => Amount>> = {
  sum: (a, b) => (a === null || b === null ? (a ?? b) : add(a, b)),
  min: (a, b) => (a === null || b === null ? (a ?? b) : a < b ? a : b),
  max: (a, b) => (a === null || b === null ? (a ?? b) : a > b ? a : b),
};

function add(a: number | bigint, b: number | bigint): number | bigint {
  const exact = BigInt(a) + BigInt(b);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}

function compare(a: SqlValue, b: SqlValue, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a < b) return descending ? 1 : -1;
  return a > b ? (descending ? -1 : 1) : 0;
}
