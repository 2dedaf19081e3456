export { findFiles, type FoundFiles, nameSource, spread } from "./find-files.ts";
export { statePath, withLogs, withState, withTraffic } from "./open-source.ts";
export { withTempFolder } from "./temp-folder.ts";
