import { type Report, SEVERITIES, type Severity } from "@turnaway/core";

/** The contract's exit code of a report that was made: 0, 1 for `--fail-on`, 3 for PARTIAL. */
export function reportExitCode(report: Report, failOn: Severity | undefined): number {
  if (report.verdict === "partial" || report.verdict === "no-data") return 3;
  if (failOn === undefined) return 0;
  const limit = SEVERITIES.indexOf(failOn);
  const open = report.findings.filter((f) => f.status === "new" || f.status === "ongoing");
  return open.some((f) => SEVERITIES.indexOf(f.severity) <= limit) ? 1 : 0;
}
