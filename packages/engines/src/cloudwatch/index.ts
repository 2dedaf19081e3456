export type { CloudwatchApi } from "./cloudwatch-api.ts";
export { type CloudwatchClientOptions, createCloudwatchClient } from "./cloudwatch-client.ts";
export { type CloudwatchEngineOptions, createCloudwatchEngine } from "./cloudwatch-engine.ts";
export { INSIGHTS_PRICE, scanCost } from "./price.ts";
