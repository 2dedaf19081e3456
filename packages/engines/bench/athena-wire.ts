import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";

import { type AthenaEngine, createAthenaClient, createAthenaEngine } from "../src/athena/index.ts";

/**
 * What the Athena engine itself takes of processor and memory, over HTTP with the real SDK
 * client: `node bench/athena-wire.ts [--rows N] [--mode stream|run] [--json]`.
 *
 * Limits: 100 ms of processor time plus 2 µs a cell, and 200 MB of resident memory on top of
 * the process that has the SDK loaded and one query behind it. Exits with 1 when one is
 * missed; with `--json` the caller judges.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "100000" },
      mode: { type: "string", default: "stream" },
      json: { type: "boolean", default: false },
    },
  });
  const rows = Number(values.rows);
  const front = await startFront(rows);
  try {
    const figures = await measure(await openEngine(front.url), rows, values.mode);
    process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : describe(figures));
    const met = figures.cpuMs <= figures.mostCpuMs && figures.addedBytes <= figures.mostBytes;
    return met || values.json ? 0 : 1;
  } finally {
    front.stop();
  }
}

interface Figures {
  readonly mode: string;
  readonly rows: number;
  readonly cells: number;
  readonly cpuMs: number;
  readonly mostCpuMs: number;
  readonly wallMs: number;
  /** Largest resident memory beyond that before the query. */
  readonly addedBytes: number;
  /** Largest resident memory of the process, Node and the SDK included. */
  readonly peakBytes: number;
  readonly mostBytes: number;
}

const CPU_MS = 100;
const CPU_MS_PER_CELL = 0.002;
const MOST_BYTES = 200e6;

async function measure(engine: AthenaEngine, rows: number, mode: string): Promise<Figures> {
  // Loads the SDK and looks at the workgroup; of its rows one page is read.
  for await (const _ of (await engine.stream(ASK)).pages) break;
  const idleBytes = process.memoryUsage.rss();
  const started = performance.now();
  const before = process.cpuUsage();
  const read = mode === "run" ? await runAll(engine) : await streamAll(engine);
  const { user, system } = process.cpuUsage(before);
  if (read.rows !== rows) throw new Error(`${read.rows} rows came of ${rows}`);
  const cells = rows * read.columns;
  const peakBytes = mostResidentBytes();
  return {
    mode,
    rows,
    cells,
    cpuMs: (user + system) / 1000,
    mostCpuMs: CPU_MS + cells * CPU_MS_PER_CELL,
    wallMs: performance.now() - started,
    addedBytes: peakBytes - idleBytes,
    peakBytes,
    mostBytes: MOST_BYTES,
  };
}

// Not what `resourceUsage` says: there a process begins with the memory of the one that started it.
function mostResidentBytes(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

const ASK = { name: "wire", sql: "SELECT * FROM wire" };

async function streamAll(engine: AthenaEngine): Promise<{ rows: number; columns: number }> {
  const { columns, pages } = await engine.stream(ASK);
  let rows = 0;
  for await (const page of pages) rows += page.length;
  return { rows, columns: columns.length };
}

async function runAll(engine: AthenaEngine): Promise<{ rows: number; columns: number }> {
  const { columns, rows } = await engine.run(ASK);
  return { rows: rows.length, columns: columns.length };
}

async function openEngine(url: string): Promise<AthenaEngine> {
  const api = await createAthenaClient({
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDLOOPBACK",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_ATHENA: url,
  });
  return createAthenaEngine({ api, workgroup: "turnaway", database: "turnaway" });
}

async function startFront(rows: number): Promise<{ url: string; stop: () => void }> {
  const script = path.join(import.meta.dirname, "athena-wire-front.ts");
  const child = spawn(process.execPath, [script, String(rows)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const url of createInterface({ input: child.stdout })) {
    return { url, stop: () => void child.kill() };
  }
  throw new Error("the front did not start");
}

function describe(figures: Figures): string {
  const { mode, rows, cells, cpuMs, mostCpuMs, wallMs, addedBytes, peakBytes } = figures;
  return [
    `${rows} rows, ${cells} cells, ${mode}`,
    `processor ${cpuMs.toFixed(0)} ms of ${mostCpuMs.toFixed(0)} (${((cpuMs * 1000) / cells).toFixed(2)} µs a cell), ${wallMs.toFixed(0)} ms in all`,
    `memory ${megabytes(addedBytes)} of ${megabytes(MOST_BYTES)}, the whole process ${megabytes(peakBytes)}`,
    "",
  ].join("\n");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 2;
});
