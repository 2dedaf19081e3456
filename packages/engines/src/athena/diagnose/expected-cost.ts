import { type Check, ok, warn } from "@turnaway/core/checks";

import { ATHENA_PRICE, queryCost } from "../price.ts";

/** Queries of a daily report over the rollup, as issue and benchmark hold it to. */
const REPORT_QUERIES = 12;

export interface DailyRun {
  /** Bytes of logs delivered on a full day. */
  readonly dayBytes: number;
  /** Least of the limits that a query is stopped at; null for none. */
  readonly scanLimitBytes: number | null;
}

/** What a day costs: its logs read once for the rollup, then a report over that. */
export function expectedCost({ dayBytes, scanLimitBytes }: DailyRun): Check {
  const build = queryCost({ scannedBytes: dayBytes, billed: true });
  const report = REPORT_QUERIES * queryCost({ scannedBytes: 0, billed: true });
  const what =
    `a day is ${(dayBytes / 1e9).toFixed(2)} GB of logs: $${build.toFixed(4)} to build, ` +
    `$${report.toFixed(4)} for a report of ${REPORT_QUERIES} queries, $${((build + report) * 30).toFixed(2)} in 30 days ` +
    `($${ATHENA_PRICE.usdPerTb} a TB as of ${ATHENA_PRICE.asOf})`;
  if (scanLimitBytes === null || dayBytes <= scanLimitBytes) return ok("COST", what);
  return warn(
    "COST",
    `${what}; a query is stopped at ${(scanLimitBytes / 1e9).toFixed(2)} GB, so the day can not be built`,
    "raise athena.scanLimit above the size of a day",
  );
}
