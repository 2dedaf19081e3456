import type { Problem } from "@turnaway/core";
import type { Traffic } from "@turnaway/engines/duckdb";
import type { ReadCoverage } from "@turnaway/report";

/** What the files held, as the report wants it. */
export function readCoverage(
  {
    coverage,
    logged,
    interfaces,
    undated,
  }: Pick<Traffic, "coverage" | "logged" | "interfaces" | "undated">,
  problems: readonly Problem[],
): ReadCoverage {
  const { files, bytes, lines, headers, records, malformed, formats } = coverage;
  const withoutAction = logged.filter(
    (row) =>
      row["action"] === null && row["log_status"] !== "NODATA" && row["log_status"] !== "SKIPDATA",
  );
  return {
    files,
    bytes,
    lines,
    headers,
    records,
    malformed,
    formats: [...formats],
    problems: [...problems],
    logged,
    interfaces,
    undated,
    excluded: withoutAction.reduce((sum, row) => sum + Number(row["records"]), 0),
  };
}
