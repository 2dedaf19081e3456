/**
 * Athena's list price, in one place.
 *
 * Source: the guide at athena.guide, 2020, and not looked up at AWS since; rounded up to a
 * megabyte, 10 MB at least, DDL and failed queries free, cancelled ones billed for what they
 * scanned. Regions differ a little, and reserved capacity is billed otherwise.
 */
export const ATHENA_PRICE = {
  usdPerTb: 5,
  leastBytes: 10_000_000,
  asOf: "2020",
} as const;

/** What a query costs that scanned this much. A terabyte is taken as 10^12 bytes, the dearer reading. */
export function queryCost({ scannedBytes, billed }: BilledQuery): number {
  if (!billed) return 0;
  const megabytes = Math.ceil(scannedBytes / MEGABYTE) * MEGABYTE;
  return (Math.max(megabytes, ATHENA_PRICE.leastBytes) / TERABYTE) * ATHENA_PRICE.usdPerTb;
}

export interface BilledQuery {
  readonly scannedBytes: number;
  /** False for DDL and for queries that failed. */
  readonly billed: boolean;
}

const MEGABYTE = 1e6;
const TERABYTE = 1e12;
