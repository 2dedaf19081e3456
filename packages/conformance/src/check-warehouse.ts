import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { flowLogKey, type QueryEngine, type Row } from "@turnaway/core";
import type { Traffic } from "@turnaway/engines/duckdb";
import {
  buildRollup,
  cleanBuilds,
  maintainRollup,
  deployViews,
  planRollup,
  planViews,
  readRollup,
  rollupStatus,
  type Warehouse,
} from "@turnaway/engines/warehouse";
import { ROLLUPS } from "@turnaway/sql";
import type { Lakehouse } from "@turnaway/testing/trino";

import { compareRows } from "./compare-rows.ts";
import type { FilledLake } from "./fill-lake.ts";
import { openLakeTraffic } from "./open-lake-traffic.ts";
import { type Around, openWarehouse } from "./open-warehouse.ts";
import type { Tally } from "./tally.ts";

/**
 * The life of a rollup on a real engine: built from one scan, the same rows as DuckDB's,
 * raced, killed, late, rebuilt and cleaned. The checks build on one another.
 */
export async function checkWarehouse(
  lakehouse: Lakehouse,
  on: { engine: QueryEngine; lake: FilledLake },
  tally: Tally,
): Promise<void> {
  const rig: Rig = {
    ...on,
    open: (around, ahead = 0) => openWarehouse(lakehouse, on, around, { ahead }),
    check: (name, body) => tally.check("warehouse", name, body),
    first: on.lake.days[0]!,
    range: { first: on.lake.days[0]!, last: "2026-11-30" },
  };
  await checkBuilds(rig);
  await checkRaces(rig);
  await checkLateFiles(rig);
}

interface Rig {
  readonly engine: QueryEngine;
  readonly lake: FilledLake;
  /** The warehouse, with a clock that is so many hours ahead. */
  readonly open: (around?: Around, ahead?: number) => Promise<Warehouse>;
  readonly check: (name: string, body: () => Promise<string | void>) => Promise<void>;
  readonly first: string;
  readonly range: { readonly first: string; readonly last: string };
}

async function checkBuilds({ engine, lake, open, check, range }: Rig): Promise<void> {
  await check("a day is built from one scan of its folders", async () => {
    const warehouse = await open();
    const plan = await planRollup(warehouse, [...lake.days, dayAfter(lake)]);
    const { built } = await buildRollup(warehouse, plan, { parallel: 2 });
    const scans = built.flatMap(({ queries }) =>
      queries.filter(({ name }) => name === "rollup-stage"),
    );
    const scanned = scans.map(({ stats }) => stats.scannedBytes).reduce((a, b) => a + b, 0);
    assert.equal(scanned, plan.expectedBytes);
    assert.equal(scans.length, plan.days.length);
    await deployViews(warehouse, await planViews(warehouse));
    return `${plan.days.length} days, ${scanned} bytes`;
  });

  await check("its rows and its coverage are DuckDB's", async () => {
    const traffic = await openLakeTraffic(lake, new AbortController().signal);
    try {
      const compared = [];
      for (const { name } of ROLLUPS) {
        const statement = { name, sql: `SELECT * FROM ${name}` };
        const [left, right] = [await traffic.engine.run(statement), await engine.run(statement)];
        compared.push(compareRows(left, right, { ordered: false }));
      }
      compareCoverage(traffic, await readRollup(await open(), range));
      return compared.join(", ");
    } finally {
      traffic.close();
    }
  });
}

async function checkRaces({ engine, open, check, first, range }: Rig): Promise<void> {
  const totals = async (): Promise<string> =>
    JSON.stringify((await engine.run({ name: "totals", sql: TOTALS })).rows);

  await check("two builders of one day leave it whole, whoever publishes last", async () => {
    const before = await totals();
    const [begun, release] = [gate(), gate()];
    const slow = await open(async ({ name }, run) => {
      if (name === "rollup-insert coverage_rollup") {
        begun.open();
        await release.passed;
      }
      return run();
    });
    const older = rebuild(slow, first);
    await begun.passed;
    const newer = await rebuild(await open(), first);
    assert.equal(await totals(), before);
    release.open();
    await older;
    assert.equal(await totals(), before);
    const { days, unread } = await rollupStatus(await open(), { first, last: first });
    assert.equal(days[0]!.build!.build, newer.built[0]!.facts.build);
    assert.equal(unread.length, 2);
  });

  await check("a builder that is killed leaves nothing that anybody reads", async () => {
    const before = await totals();
    for (const last of ["rollup-directed", "rollup-insert traffic_rollup", "rollup-verify"]) {
      let dead = false;
      const killed = await open((statement, run) => {
        if (dead) return Promise.reject(new Error("killed"));
        dead = statement.name === last;
        return run();
      });
      await assert.rejects(rebuild(killed, first), /killed/);
      assert.equal(await totals(), before, last);
    }
    const { unread, workTables } = await rollupStatus(await open(), range);
    assert.equal(unread.length, 4);
    assert.ok(workTables.length > 6);
    return `${unread.length} builds, ${workTables.length} work tables left`;
  });

  await check("cleaning takes what nobody reads, and nothing else", async () => {
    const before = await totals();
    const now = await cleanBuilds(await open(), range);
    assert.deepEqual(now, { builds: [], workTables: [] });
    const later = await cleanBuilds(await open(undefined, 7), range);
    assert.equal(later.builds.length, 4);
    assert.equal(await totals(), before);
    const { unread, workTables } = await rollupStatus(await open(), range);
    assert.deepEqual([unread, workTables], [[], []]);
  });

  await check("maintenance changes no row", async () => {
    const status = async (): Promise<unknown> =>
      (await rollupStatus(await open(), range)).days.map(({ day, state, build }) => [
        day,
        state,
        build?.build,
      ]);
    const [rows, days] = [await totals(), await status()];
    await maintainRollup(await open(), range);
    assert.equal(await totals(), rows);
    assert.deepEqual(await status(), days);
  });
}

async function checkLateFiles({ engine, lake, open, check, first, range }: Rig): Promise<void> {
  const second = lake.days[1]!;
  await check("a late file makes its day due, and a rebuild counts it", async () => {
    const before = await readRollup(await open(), range);
    await lake.put(...lateFile(lake, second));
    const warehouse = await open();
    const plan = await planRollup(warehouse, lake.days);
    assert.deepEqual(
      plan.days.map(({ day, state }) => `${day} ${state}`),
      [`${second} late-files`],
    );
    await buildRollup(warehouse, plan);
    const { coverage } = await readRollup(warehouse, range);
    assert.equal(coverage.files, before.coverage.files + 1);
    assert.equal(coverage.records, before.coverage.records + 3);
    assert.equal(coverage.malformed, before.coverage.malformed + 2);
    assert.equal(coverage.headers, before.coverage.headers + 2);
    assert.equal(coverage.lines, before.coverage.lines + 5);
  });

  await check("the rollup of one day reads less than that of all", async () => {
    const one = await engine.run({ name: "one", sql: `${TOTALS} WHERE day = '${first}'` });
    const all = await engine.run({ name: "all", sql: TOTALS });
    assert.ok(one.stats.scannedBytes < all.stats.scannedBytes * 0.7);
    return `${one.stats.scannedBytes} of ${all.stats.scannedBytes} bytes`;
  });
}

const TOTALS =
  "SELECT count(*) AS records, sum(logged_records) AS logged, sum(rejected_records) AS rejected, sum(accepted_bytes) AS bytes FROM traffic_rollup";

async function rebuild(warehouse: Warehouse, day: string) {
  return buildRollup(warehouse, await planRollup(warehouse, [day], { rebuild: true }));
}

// The half hour after the last day has files with the rest of its records.
function dayAfter({ days }: FilledLake): string {
  const last = Date.parse(`${days.at(-1)!}T00:00:00Z`);
  return new Date(last + 86_400_000).toISOString().slice(0, 10);
}

function compareCoverage(traffic: Traffic, rollup: Awaited<ReturnType<typeof readRollup>>): void {
  const plain = (rows: readonly Row[]): string[] =>
    rows.map((row) => JSON.stringify(row)).toSorted();
  assert.deepEqual(rollup.coverage, traffic.coverage);
  assert.deepEqual(plain(rollup.logged), plain(traffic.logged));
  assert.deepEqual(plain(rollup.hours), plain(traffic.hours));
  assert.equal(rollup.interfaces, traffic.interfaces);
  assert.equal(rollup.undated, traffic.undated);
}

/** A file of that day at ten, with one good record, a cut one, a long one, and a second header. */
function lateFile({ logs }: FilledLake, day: string): [string, Uint8Array] {
  const deliveredAt = Date.parse(`${day}T10:07:00Z`) / 1000;
  const key = flowLogKey({
    base: "",
    layout: logs.layout,
    account: logs.accounts[0]!,
    region: logs.regions[0]!,
    day,
    flowLogId: "fl-0late",
    deliveredAt,
    hash: "1a7e",
    ext: "log.gz",
  });
  const header = logs.format.fields.join(" ");
  const values: Readonly<Record<string, string>> = {
    version: "2",
    "account-id": logs.accounts[0]!,
    "interface-id": "eni-0late",
    srcaddr: "10.0.0.1",
    dstaddr: "10.0.0.2",
    srcport: "40000",
    dstport: "443",
    protocol: "6",
    packets: "1",
    bytes: "40",
    start: String(deliveredAt - 300),
    end: String(deliveredAt - 240),
    action: "ACCEPT",
    "log-status": "OK",
  };
  const record = logs.format.fields.map((name) => values[name] ?? "-").join(" ");
  const lines = [header, record, record.slice(0, 40), header, `${record} more`];
  return [key, gzipSync(`${lines.join("\n")}\n`)];
}

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
