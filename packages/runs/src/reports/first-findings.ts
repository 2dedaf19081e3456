import type { Report } from "@turnaway/core";

/** The report with its first findings only: they come in the order of what to do next. */
export function firstFindings(report: Report, limit: number): Report {
  const left = report.findings.length - limit;
  if (left <= 0) return report;
  const notice = `${left} further findings are left out by --limit ${limit}.`;
  return {
    ...report,
    findings: report.findings.slice(0, limit),
    notices: [...report.notices, notice],
  };
}
