import { type QueryResult, type Row, stringifyExact } from "@turnaway/core";

/**
 * Throws when two engines answered differently; answers with how many rows were equal.
 *
 * `ordered` compares the order, too: of every query of the catalogue it is total.
 */
export function compareRows(
  duckdb: QueryResult,
  trino: QueryResult,
  { ordered }: { ordered: boolean },
): string {
  const names = (result: QueryResult): string => result.columns.map(({ name }) => name).join(" ");
  if (names(duckdb) !== names(trino)) {
    throw new Error(`columns differ\n  duckdb ${names(duckdb)}\n  trino  ${names(trino)}`);
  }
  const [left, right] = [duckdb, trino].map(({ rows }) => {
    const lines = rows.map(asLine);
    return ordered ? lines : lines.toSorted();
  }) as [string[], string[]];
  const at = left.findIndex((line, i) => line !== right[i]);
  if (left.length !== right.length || at !== -1) throw new Error(difference(left, right, at));
  return `${left.length} rows`;
}

function difference(left: readonly string[], right: readonly string[], at: number): string {
  const first = at === -1 ? Math.min(left.length, right.length) : at;
  return [
    `${left.length} rows on duckdb, ${right.length} on trino; row ${first} differs`,
    `  duckdb ${left[first] ?? "-"}`,
    `  trino  ${right[first] ?? "-"}`,
  ].join("\n");
}

// Whole numbers are alike in whatever type an engine has them; 1.0 is 1.
function asLine(row: Row): string {
  return stringifyExact(Object.values(row));
}
