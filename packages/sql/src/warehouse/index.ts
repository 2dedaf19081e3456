export {
  BUILD_COUNTS,
  type BuildFacts,
  type BuildStatements,
  composeBuild,
  type DayBuild,
  deleteBuild,
  dropWork,
  publishBuild,
  WORK_PREFIX,
} from "./build-day.ts";
export { createTable, tableName, type WarehousePlace } from "./dialect.ts";
export { maintainTable, VACUUM } from "./maintain-table.ts";
export {
  coverageStatements,
  type DayRange,
  listBuilt,
  listPublished,
  listTables,
  readBuilds,
  readerView,
} from "./read-builds.ts";
export { deliverySpan, type RawLogs, stageDay } from "./stage-day.ts";
export { composeViews, isOurView, viewColumns, type ViewText } from "./compose-views.ts";
export { diffView } from "./diff-view.ts";
export { normalizeView } from "./normalize-view.ts";
export { createView, listRelations, probeText, probeView, showView } from "./view-statements.ts";
