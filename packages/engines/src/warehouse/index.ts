export { type BuiltDay } from "./build-day.ts";
export {
  type BuildOptions,
  type BuildProgress,
  buildRollup,
  type RollupBuild,
} from "./build-rollup.ts";
export { cleanBuilds, type CleanedBuilds } from "./clean-builds.ts";
export { type DeliveredFile, type ListFiles, listFilesInS3 } from "./list-files.ts";
export { maintainRollup } from "./maintain-rollup.ts";
export { pinBuilds } from "./pin-builds.ts";
export { type PlanOptions, planRollup, type RollupPlan } from "./plan-rollup.ts";
export { readRollup, type ReadRollupOptions, type RollupCoverage } from "./read-rollup.ts";
export {
  type DayState,
  type DayStatus,
  readPublished,
  type RollupStatus,
  rollupStatus,
} from "./rollup-status.ts";
export type { SilentScope } from "./silent-scopes.ts";
export { createRollupTables, type Warehouse } from "./warehouse.ts";
export { type DeployOptions, deployViews, planViews, type ViewsPlan } from "./deploy-views.ts";
export { type ViewState, type ViewsStatus, viewsStatus, type ViewStatus } from "./views-status.ts";
