/**
 * List prices of us-east-1 in US dollars, and where each was read. Other regions cost up to half
 * as much again; what counts is the bill.
 */
export const PRICES = {
  /** Day on which the sources below were read. */
  readOn: "2026-11-20",
  region: "us-east-1",
  usd: {
    /** A GB of vended logs to S3, by tiers of GB a month. Source: sample-cfm-tips-mcp of AWS. */
    deliveryToS3: [
      { upTo: 10_240, price: 0.25 },
      { upTo: 30_720, price: 0.15 },
      { upTo: 51_200, price: 0.075 },
      { upTo: Infinity, price: 0.05 },
    ],
    /** A GB of vended logs to CloudWatch Logs, likewise. */
    deliveryToCloudWatch: [
      { upTo: 10_240, price: 0.5 },
      { upTo: 30_720, price: 0.25 },
      { upTo: 51_200, price: 0.1 },
      { upTo: Infinity, price: 0.05 },
    ],
    /** A GB that AWS makes into Parquet; not on a price list that could be read, so rounded up. */
    parquetConversion: 0.035,
    /** A GB-month in S3, by storage class. */
    storage: {
      standard: 0.023,
      infrequent: 0.0125,
      instant: 0.004,
      flexible: 0.0036,
      deep: 0.00099,
    },
    /** A GB-month in CloudWatch Logs, as compressed there. */
    logGroupStorage: 0.03,
    /** A TB that Athena reads; 10 MB are the least that a query is billed. */
    athenaPerTb: 5,
    /** A month each. */
    kmsKey: 1,
    alarm: 0.1,
    anomalyAlarm: 0.3,
    metric: 0.3,
    dashboard: 3,
    /** A t4g.nano and its 8 GB disk, an hour; it has no public address. */
    demoInstanceHour: 0.0042 + 0.0009,
  },
} as const;

/** Price of an amount that gets cheaper by tiers. */
export function tiered(
  amount: number,
  tiers: readonly { readonly upTo: number; readonly price: number }[],
): number {
  let from = 0;
  let cost = 0;
  for (const { upTo, price } of tiers) {
    cost += Math.max(0, Math.min(amount, upTo) - from) * price;
    from = upTo;
  }
  return cost;
}
