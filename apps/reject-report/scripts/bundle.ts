import path from "node:path";

import { build } from "rolldown";

import { thirdPartyLicenses } from "./third-party-licenses.ts";

/**
 * Writes the Action as a runner starts it: JavaScript only, in one flat folder, since threads are
 * started from a file beside their starter. What is native stays out (ADR 0011). The same source
 * makes the same bytes, wherever the checkout lies.
 */
export async function bundle(root: string, dir: string): Promise<void> {
  const src = path.join(root, "apps/reject-report/src");
  await build({
    cwd: root,
    input: {
      index: path.join(src, "index.ts"),
      check: path.join(src, "check/index.ts"),
      days: path.join(src, "days/index.ts"),
      mute: path.join(src, "mute/index.ts"),
      "read-worker": path.join(root, "packages/sources/src/read-worker.ts"),
    },
    platform: "node",
    resolve: {
      alias: {
        "@duckdb/node-bindings": path.join(src, "native-bindings.ts"),
        "unzip-stream": path.join(src, "no-unzip.ts"),
      },
    },
    logLevel: "warn",
    // What could not be found would be left out, and missed at a runner.
    onLog(level, log, report) {
      if (log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
      report(level, log);
    },
    plugins: [thirdPartyLicenses()],
    output: {
      dir,
      format: "esm",
      minify: true,
      cleanDir: true,
      entryFileNames: "[name].js",
      chunkFileNames: "[name]-[hash].js",
    },
  });
}

/** The checkout that this script is part of. */
export const CHECKOUT = path.join(import.meta.dirname, "../../..");

/** Where action.yml looks for the bundle. */
export const DIST = path.join(CHECKOUT, "apps/reject-report/dist");
