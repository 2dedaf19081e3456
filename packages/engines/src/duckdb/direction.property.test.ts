import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { DEFAULT_FORMAT, type LogFormat, type Row } from "@turnaway/core";
import { DEFAULT_SETTINGS } from "@turnaway/sql";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { createDuckdbEngine } from "./duckdb-engine.ts";
import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";
import {
  type Connection,
  connections,
  FLAGS_FORMAT,
  flowLogLines,
  NETWORK_DAY,
} from "./sql-cases/small-network.ts";
import { attachState } from "./state-file.ts";
import { openTrafficStore, type TrafficStore } from "./traffic-store.ts";

// Every run plans and builds a day: seconds on a loaded machine.
vi.setConfig({ testTimeout: 300_000 });

const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-direction-"));
let database: DuckdbSession;
let store: TrafficStore;

beforeAll(async () => {
  database = await openDuckdb({ tempDir });
  await attachState(database.connection, { path: null });
  store = await openTrafficStore({
    connection: database.connection,
    settings: DEFAULT_SETTINGS,
    source: "network",
    shareDays: false,
  });
});

afterAll(() => {
  database.close();
  rmSync(tempDir, { recursive: true, force: true });
});

const FORMATS: readonly (readonly [string, LogFormat])[] = [
  ["the default format", DEFAULT_FORMAT],
  ["a format with directions and flags", FLAGS_FORMAT],
];

describe.each(FORMATS)("in %s", (_name, format) => {
  it("finds who asked whom, and counts what became of it once", async () => {
    await fc.assert(
      fc.asyncProperty(connections, async (all) => {
        await build([flowLogLines(all, format)], format);
        expect(await conversations()).toEqual(truth(all));
      }),
      { numRuns: 20 },
    );
  });

  it("builds the same rows from the records in any order and any batches", async () => {
    const orders = fc.record({
      all: connections,
      seed: fc.nat(),
      batches: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(orders, async ({ all, seed, batches }) => {
        const lines = flowLogLines(all, format);
        await build([lines], format);
        const once = await everyRow();
        await build(split(shuffled(lines, seed), batches), format);
        expect(await everyRow()).toEqual(once);
      }),
      { numRuns: 6 },
    );
  });

  it("keeps account of every record as logged", async () => {
    const withSilence = fc.record({ all: connections, silent: fc.integer({ min: 0, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(withSilence, async ({ all, silent }) => {
        const lines = flowLogLines(all, format);
        await build([[...lines, ...silentLines(silent, format)]], format);
        expect(await ask("SELECT sum(logged_records) AS n FROM state.traffic_rollup")).toEqual([
          { n: lines.length },
        ]);
        expect(await ask("SELECT sum(records) AS n FROM state.coverage_rollup")).toEqual([
          { n: lines.length + silent },
        ]);
      }),
      { numRuns: 6 },
    );
  });
});

it("adds up to the same totals in every format", async () => {
  await fc.assert(
    fc.asyncProperty(connections, async (all) => {
      const totals: (readonly Row[])[] = [];
      for (const [, format] of FORMATS) {
        await build([flowLogLines(all, format)], format);
        totals.push(await ask(TOTALS));
      }
      expect(totals[1]).toEqual(totals[0]);
    }),
    { numRuns: 6 },
  );
});

const TOTALS = `SELECT sum(accepted_packets) AS accepted_packets, sum(accepted_bytes) AS accepted_bytes,
  sum(sent_bytes) AS sent_bytes, sum(rejected_packets) AS rejected_packets, sum(rejected_bytes) AS rejected_bytes,
  sum(reply_rejected_records) AS reply_rejected_records, sum(late_records) AS late_records
  FROM state.traffic_rollup`;

async function build(batches: readonly (readonly string[])[], format: LogFormat): Promise<void> {
  for (const [i, lines] of batches.entries()) {
    const file = path.join(tempDir, `batch-${i}.log`);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    await store.stage.add([{ format, paths: [file] }], []);
  }
  await store.buildDay(NETWORK_DAY, "property");
}

async function ask(sql: string): Promise<readonly Row[]> {
  const { rows } = await createDuckdbEngine(database.connection).run({ name: "property", sql });
  return rows;
}

function everyRow(): Promise<readonly Row[]> {
  return ask("SELECT * FROM state.traffic_rollup ORDER BY ALL");
}

// Of the day: in which hour a window is counted depends on the end that it is counted at.
function conversations(): Promise<readonly Row[]> {
  return ask(`SELECT client, server, service_port AS port, sum(accepted_packets) AS accepted_packets,
    sum(accepted_bytes) AS accepted_bytes, sum(sent_bytes) AS sent_bytes,
    sum(rejected_packets) AS rejected_packets, sum(rejected_bytes) AS rejected_bytes,
    sum(reply_rejected_records) AS replies, sum(late_records) AS late
    FROM state.traffic_rollup GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
}

function truth(all: readonly Connection[]): Row[] {
  const rows = new Map<string, Record<string, string | number>>();
  for (const { client, server, port, outcome, asked, answered } of all) {
    const key = `${client.address} ${server.address} ${port}`;
    const row = rows.get(key) ?? {
      client: client.address,
      server: server.address,
      port,
      accepted_packets: 0,
      accepted_bytes: 0,
      sent_bytes: 0,
      rejected_packets: 0,
      rejected_bytes: 0,
      replies: 0,
      late: 0,
    };
    const add = (column: string, value: number): void => {
      row[column] = Number(row[column]) + value;
    };
    if (outcome === "accepted") {
      add("accepted_packets", asked.packets + answered.packets);
      add("accepted_bytes", asked.bytes + answered.bytes);
      add("sent_bytes", asked.bytes);
    } else {
      add("rejected_packets", asked.packets);
      add("rejected_bytes", asked.bytes);
    }
    rows.set(key, row);
  }
  return [...rows.values()].toSorted(
    (a, b) =>
      compare(String(a["client"]), String(b["client"])) ||
      compare(String(a["server"]), String(b["server"])) ||
      Number(a["port"]) - Number(b["port"]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function silentLines(count: number, format: LogFormat): string[] {
  const values: Readonly<Record<string, string>> = {
    version: "2",
    "account-id": "123456789012",
    "interface-id": "eni-9",
    start: String(Date.parse(`${NETWORK_DAY}T05:00:00Z`) / 1000),
    end: String(Date.parse(`${NETWORK_DAY}T05:01:00Z`) / 1000),
    "log-status": "NODATA",
  };
  const line = format.fields.map((field) => values[field] ?? "-").join(" ");
  return Array.from({ length: count }, () => line);
}

// A permutation from a seed: each line goes where the hash of its place sends it.
function shuffled(lines: readonly string[], seed: number): string[] {
  return lines
    .map((line, i) => ({ line, place: Math.imul((i + 1) * 2_654_435_761, seed | 1) >>> 0 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ line }) => line);
}

function split(lines: readonly string[], batches: number): string[][] {
  return Array.from({ length: batches }, (_, b) =>
    lines.filter((_line, i) => i % batches === b),
  ).filter((batch) => batch.length > 0);
}
