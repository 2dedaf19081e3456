export { type InsightsReportInput, buildInsightsReport } from "./build-insights-report.ts";
export { buildReport, type ReportInput } from "./build-report.ts";
export * from "./choose-window.ts";
export { comparePeriods, periodFragments, type Period, type Periods } from "./periods.ts";
export type { ReadCoverage } from "./coverage.ts";
export { type Asked, buildReceipt } from "./receipt.ts";
