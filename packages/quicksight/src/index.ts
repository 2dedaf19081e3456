export { connectQuickSight, type ConnectOptions } from "./api/connect.ts";
export type { QuickSightSession } from "./api/session.ts";
export { type Caller, userOf } from "./api/caller.ts";
export { type AppliedPlan, applyPlan, throwFailures } from "./deploy/apply-plan.ts";
export type { VersionOf } from "./deploy/await-version.ts";
export type { DeployedDashboard } from "./deploy/deploy-dashboard.ts";
export type { DeployOptions } from "./deploy/deploy-options.ts";
export { init } from "./init/init.ts";
export { readLive } from "./live/read-live.ts";
export {
  type Action,
  type AssetPlan,
  type DashboardsPlan,
  isAsWritten,
} from "./plan/dashboards-plan.ts";
export { makePlan } from "./plan/make-plan.ts";
export { planAsValue, renderPlan } from "./plan/render-plan.ts";
export { type Drift, type DriftedAsset, findDrift } from "./pull/drift.ts";
export { pull, type Pulled, type PullOptions } from "./pull/pull.ts";
export { lastImport, type LastImport } from "./refresh/last-import.ts";
export { refresh, type Refreshed, type RefreshOptions } from "./refresh/refresh.ts";
export { planRemoval, type Removal, type RemovedAsset } from "./remove/plan-removal.ts";
export { remove } from "./remove/remove.ts";
export { findDashboards, type FoundDashboard } from "./versions/find-dashboard.ts";
export { historyOf, type HistoryEntry } from "./versions/history.ts";
export { publish, type Published, type PublishOptions } from "./versions/publish.ts";
export { rollBack, type RollbackOptions } from "./versions/rollback.ts";
export { want, type Wanted, type WantedDashboard } from "./wanted/want.ts";
export { wantedDataSet, type WantedDataSet } from "./wanted/data-set.ts";
