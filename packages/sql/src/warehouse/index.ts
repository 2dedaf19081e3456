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
export {
  coverageStatements,
  type DayRange,
  listBuilt,
  listPublished,
  listTables,
  readerView,
} from "./read-builds.ts";
export { deliverySpan, type RawLogs, stageDay } from "./stage-day.ts";
