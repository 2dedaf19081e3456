import path from "node:path";

import { defineConfig } from "rolldown";

const src = path.join(import.meta.dirname, "src");

/**
 * The Action as a runner starts it: JavaScript only, in one flat folder, since threads are
 * started from a file beside their starter. What is native stays out (ADR 0010).
 */
export default defineConfig({
  input: {
    index: path.join(src, "index.ts"),
    "read-worker": path.join(import.meta.dirname, "../../packages/sources/src/read-worker.ts"),
  },
  platform: "node",
  resolve: { alias: { "@duckdb/node-bindings": path.join(src, "native-bindings.ts") } },
  output: {
    dir: path.join(import.meta.dirname, "dist"),
    format: "esm",
    minify: true,
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  },
});
