import type { ReadCoverage } from "@turnaway/report";

import type { OpenSource } from "./open-source.ts";

/** What the files held, as the report wants it. */
export function readCoverage({ traffic, problems }: OpenSource): ReadCoverage {
  const { files, bytes, lines, headers, records, malformed, formats } = traffic.coverage;
  const withoutAction = traffic.logged.filter(
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
    logged: traffic.logged,
    interfaces: traffic.interfaces,
    undated: traffic.undated,
    excluded: withoutAction.reduce((sum, row) => sum + Number(row["records"]), 0),
  };
}
