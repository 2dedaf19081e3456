export { createTrinoEngine } from "./trino-engine.ts";
export type { TrinoAuth, TrinoOptions } from "./trino-options.ts";
