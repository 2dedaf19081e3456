export type { ConsoleChange } from "./console.ts";
export { injectAt, injectionsInto, isRead, type QuickSightInjection } from "./fault-matrix.ts";
export {
  QUICKSIGHT_FAULTS,
  type QuickSightFault,
  type QuickSightFaultRule,
  refusal,
} from "./faults.ts";
export type { OperationName } from "./model/served.ts";
export {
  type QuickSightServer,
  type QuickSightServerOptions,
  startQuickSightServer,
  type Violation,
} from "./quicksight-server.ts";
export type { QuickSightRequest } from "./request.ts";
export { type QuickSightSite, type SiteAsset, type SiteDashboard, siteOf } from "./site.ts";
export {
  type Permission,
  QuickSightStore,
  type StoredDashboard,
  type StoredVersion,
  type StoreOptions,
} from "./store.ts";
export type { Outcome, WorkError } from "./work.ts";
