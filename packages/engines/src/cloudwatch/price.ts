/**
 * The list price of Logs Insights, in one place.
 *
 * Source: guides to AWS costs, not looked up at AWS; us-east-1, per GB scanned. Regions
 * differ; a query that was stopped is billed for what it scanned.
 */
export const INSIGHTS_PRICE = { usdPerGb: 0.005 } as const;

/** What a scan of so many bytes costs. A gigabyte is taken as 10^9 bytes, the dearer reading. */
export function scanCost(scannedBytes: number): number {
  return (scannedBytes / 1e9) * INSIGHTS_PRICE.usdPerGb;
}
