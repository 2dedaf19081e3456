export { installTools } from "./install-tools.ts";
export { CATALOGS, LAKEHOUSE_CREDENTIALS, LAKEHOUSE_REGION } from "./server-files.ts";
export { type Lakehouse, startLakehouse } from "./start-lakehouse.ts";
export { defaultCacheFolder, type Tools } from "./tools.ts";
