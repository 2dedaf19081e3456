export * from "./build-report.ts";
export * from "./choose-window.ts";
export { comparePeriods, periodFragments, type Period, type Periods } from "./periods.ts";
export type { ReadCoverage } from "./coverage.ts";
