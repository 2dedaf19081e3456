import { enableCompileCache, flushCompileCache } from "node:module";
import { workerData } from "node:worker_threads";

import type { WorkerStart } from "./serve-reads.ts";

// The entry of a reading thread. The cache has to be there before the modules that
// it is for, so they are imported late.
const { compileCache } = workerData as WorkerStart;
if (compileCache !== undefined) enableCompileCache(compileCache);
await import("./serve-reads.ts");
if (compileCache !== undefined) flushCompileCache();
