export { createDuckdbEngine, runStatement } from "./duckdb-engine.ts";
export { type Build, type Builds, dueDays, type DueDaysInput, listBuilds } from "./list-builds.ts";
export { openAnswer, type OpenAnswer, type OpenAnswerOptions } from "./open-answer.ts";
export { openDuckdb, type DuckdbOptions, type DuckdbSession } from "./open-duckdb.ts";
export { openLogs, type Logs, type OpenLogsOptions } from "./open-logs.ts";
export { openTraffic, type OpenTrafficOptions, type Traffic } from "./open-traffic.ts";
export { makeTempFolder, type TempFolder } from "./temp-folder.ts";
export { fastTempRoot } from "./temp-root.ts";
export { flowLogsQuery, quoteIdentifier, quoteLiteral, textScan } from "./flow-logs-view.ts";
