export { startLogsServer, type LogsServer, type LogsServerOptions } from "./logs-server.ts";
export { refuse, type Fault, type FaultRule } from "./faults.ts";
export type { LogEvent } from "./insights/run-query.ts";
export type { LogsRequest } from "./request.ts";
