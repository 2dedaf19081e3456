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

import {
  type BytesRead,
  bytesTable,
  figuresOf,
  measureCycle,
  type MeasureOptions,
  measureRetention,
  type RetentionRead,
} from "./bytes-read.ts";
import { fillLake } from "./fill-lake.ts";

/*
 * What a day's report reads at scale, in the engine's own count of bytes:
 *
 *   node packages/conformance/src/measure-bytes.ts [--records N] [--format default|rich] [--json]
 *
 * Answers 1 when a limit is missed.
 */

/** The least that the published queries read, to a cycle; and the most that retention may add. */
const LIMITS = { guidesToCycle: 100, retentionGrowth: 1.1, reportQueries: 12 } as const;

/** Days of retention are counted, not their size. */
const SMALL_DAY = 20_000;

const { values: asked } = parseArgs({
  options: {
    records: { type: "string", default: "4000000" },
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

const { cycle, retention } = await withLakehouse(async (lakehouse, folder) => {
  const open = (schema: string, recordsPerDay: number): Promise<MeasureOptions> =>
    openLake(lakehouse, { schema, recordsPerDay, folder: path.join(folder, schema) });
  return {
    retention: await measureRetention(lakehouse, await open("retention", SMALL_DAY)),
    cycle: await measureCycle(lakehouse, await open("cycle", Number(asked.records))),
  };
});
const figures = figuresOf(cycle, retention);
const met =
  figures.guidesToCycle >= LIMITS.guidesToCycle &&
  figures.retentionGrowth <= LIMITS.retentionGrowth &&
  figures.reportQueries <= LIMITS.reportQueries;
print(
  asked.json
    ? JSON.stringify({ cycle, retention, figures, limits: LIMITS, met })
    : bytesTable(cycle, retention),
);
if (!met) process.exitCode = 1;

async function openLake(
  lakehouse: Lakehouse,
  of: { schema: string; recordsPerDay: number; folder: string },
): Promise<MeasureOptions> {
  const engine = createTrinoEngine({
    url: lakehouse.trinoUrl,
    auth: { type: "none", user: "bench" },
    catalog: CATALOGS.hive,
    schema: of.schema,
  });
  const lake = await fillLake(lakehouse, engine, {
    ...of,
    layout: "hourly",
    format: asked.format === "rich" ? "rich" : "default",
    days: ["2026-11-19", "2026-11-20"],
    // The settle hours, and the hour in whose folder a late file of theirs still lies.
    lastHours: 4,
  });
  say(`${of.recordsPerDay} records a day delivered`);
  return { engine, lake, say, signal };
}

interface Measured {
  readonly cycle: BytesRead;
  readonly retention: RetentionRead;
}

async function withLakehouse(
  use: (lakehouse: Lakehouse, folder: string) => Promise<Measured>,
): Promise<Measured> {
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
