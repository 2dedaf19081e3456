export { readCoverage } from "./read-coverage.ts";
export { firstFindings } from "./first-findings.ts";
export { reportExitCode } from "./report-exit-code.ts";
export { reportOn } from "./report-on.ts";
export type { ReportRequest } from "./report-request.ts";
export { type AskedReport, writeReport } from "./write-report.ts";
