export * from "./build-report.ts";
export { comparePeriods, type Period, type Periods } from "./periods.ts";
