import type { Report } from "@turnaway/core";

/** The outputs that a report has before anything is posted. */
export function outputsOf(
  { verdict, counts, totals, receipt }: Report,
  folder: string,
): Readonly<Record<string, string | number | bigint>> {
  return {
    verdict,
    new: counts.new,
    ongoing: counts.ongoing,
    resolved: counts.resolved,
    muted: counts.muted,
    "rejected-records": totals.rejected.records,
    "report-path": folder,
    "scanned-bytes": receipt.scannedBytes,
  };
}
