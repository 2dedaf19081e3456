import type { Row } from "@turnaway/core";

/** Sum of a column, exact past 2^53: bigint only where a number would lose digits. */
export function total(rows: readonly Row[], column: string): number | bigint {
  const exact = rows.reduce((all, row) => all + BigInt((row[column] as number | null) ?? 0), 0n);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}
