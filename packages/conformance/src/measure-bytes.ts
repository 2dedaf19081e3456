import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { createTrinoEngine } from "@turnaway/engines/trino";
import {
  CATALOGS,
  defaultCacheFolder,
  installTools,
  type Lakehouse,
  startLakehouse,
} from "@turnaway/testing/trino";

import { type BytesRead, bytesTable, figuresOf, measureBytes } from "./bytes-read.ts";
import { fillLake } from "./fill-lake.ts";

/*
 * What a day's report reads at scale, in the engine's own count of bytes:
 *
 *   node packages/conformance/src/measure-bytes.ts [--records N] [--format default|rich] [--json]
 *
 * Answers 1 when a limit is missed.
 */

/** The least that the published queries read, to a cycle; and the most that retention may add. */
const LIMITS = { guidesToCycle: 100, retentionGrowth: 1.1 } as const;

const { values: asked } = parseArgs({
  options: {
    records: { type: "string", default: "200000" },
    format: { type: "string", default: "default" },
    json: { type: "boolean", default: false },
  },
});
const begun = performance.now();
const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => interrupted.abort(new Error("interrupted")));
}
const { signal } = interrupted;

const read = await withLakehouse(measure);
const figures = figuresOf(read);
const met =
  figures.guidesToCycle >= LIMITS.guidesToCycle &&
  figures.retentionGrowth <= LIMITS.retentionGrowth;
print(asked.json ? JSON.stringify({ ...read, figures, limits: LIMITS, met }) : bytesTable(read));
if (!met) process.exitCode = 1;

async function measure(lakehouse: Lakehouse, folder: string): Promise<BytesRead> {
  const schema = "bytes";
  const engine = createTrinoEngine({
    url: lakehouse.trinoUrl,
    auth: { type: "none", user: "bench" },
    catalog: CATALOGS.hive,
    schema,
  });
  const lake = await fillLake(lakehouse, engine, {
    schema,
    layout: "hourly",
    format: asked.format === "rich" ? "rich" : "default",
    days: ["2026-11-19", "2026-11-20"],
    recordsPerDay: Number(asked.records),
    folder,
  });
  say("filled");
  return measureBytes(lakehouse, { engine, lake, say, signal });
}

async function withLakehouse(
  use: (lakehouse: Lakehouse, folder: string) => Promise<BytesRead>,
): Promise<BytesRead> {
  const tools = await installTools({ cacheDir: defaultCacheFolder(), signal, onStep: say });
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-bytes-"));
  try {
    // Days of a customer are larger than these, and of a large file only columns are read.
    const lakehouse = await startLakehouse(tools, { signal, readsByColumn: true });
    try {
      return await use(lakehouse, folder);
    } finally {
      await lakehouse.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(text: string): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
