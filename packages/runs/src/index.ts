export { askedWindow } from "./asked-window.ts";
export {
  chooseEngine,
  refuseOptions,
  refuseSources,
  type RemoteEngine,
  requireWarehouse,
  type WarehouseEngine,
} from "./choose-engine.ts";
export { dayRange, describeDays, eachDay, isDay, parseDays } from "./days.ts";
export { lastDayOver } from "./last-day-over.ts";
export { choice, type Options, text, usage, wholeNumber } from "./options.ts";
export type { Ports, Progress } from "./ports.ts";
export {
  type Configured,
  parseNow,
  readConfig,
  readDeployableConfig,
  readSettings,
  type Settings,
} from "./read-settings.ts";
export { makeFolder, unwritable, writeFile } from "./write-file.ts";
