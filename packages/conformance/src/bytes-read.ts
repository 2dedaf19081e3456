import { addDays, defaultConfig, type QueryEngine, type QueryResult } from "@turnaway/core";
import {
  buildRollup,
  pinBuilds,
  planRollup,
  readRollup,
  type Warehouse,
} from "@turnaway/engines/warehouse";
import { buildReport } from "@turnaway/report";
import { DEFAULT_SETTINGS, ROLLUP_TABLES, tableName } from "@turnaway/sql";
import type { Lakehouse } from "@turnaway/testing/trino";

import type { FilledLake } from "./fill-lake.ts";
import { fillGuideTable, GUIDE_QUERIES } from "./guide-queries.ts";
import { openWarehouse } from "./open-warehouse.ts";

/** Bytes that the engine says it read from storage. */
export interface BytesRead {
  /** The one scan of the day's logs. */
  readonly scan: number;
  /** What else a build of the day reads: its stage, its work tables, its own rows. */
  readonly build: number;
  /** A report of the day with the usual days of history. */
  readonly report: number;
  readonly reportQueries: number;
  /** The five published queries over all days of retention, each. */
  readonly guides: Readonly<Record<string, number>>;
}

/** What a build and a report of the same day read, by days of retention. */
export interface RetentionRead {
  readonly short: number;
  readonly long: number;
}

/** The figures that `pnpm bench` holds to limits. */
export interface BytesFigures {
  /** Published queries at 90 days of retention, to a day's build and report. */
  readonly guidesToCycle: number;
  /** A day's build and report at 90 days of retention, to the same at 7. */
  readonly retentionGrowth: number;
  readonly reportQueries: number;
}

export interface MeasureOptions {
  /** Connected to the schema of the lake. */
  readonly engine: QueryEngine;
  /** Two days; the report is about the first. Of the second the settle hours are read. */
  readonly lake: FilledLake;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const RETENTION = 90;
const SHORT_RETENTION = 7;
/** Days of raw logs that the published queries are run over: they read all there is, so a day is a day. */
const GUIDE_DAYS = 2;

/**
 * Builds a day and reports about it with the usual history, and runs the published queries.
 * Earlier days are copies of the one that was built: what is measured does not depend on what
 * they hold.
 */
export async function measureCycle(
  lakehouse: Lakehouse,
  { engine, lake, say, signal }: MeasureOptions,
): Promise<BytesRead> {
  const counted = countBytes(engine);
  const warehouse = await openWarehouse(lakehouse, { engine: counted.engine, lake });
  const day = lake.days[0]!;
  await buildRollup(warehouse, await planRollup(warehouse, [day]), { signal });
  const all = counted.take();
  const scan = all.get("rollup-stage")!;
  say(`built: ${scan} bytes of logs`);
  const { historyDays } = defaultConfig().report;
  // A writer holds every column of each partition in memory.
  await copyDays(warehouse, { day, daysAtOnce: 2 })(1, historyDays);
  const report = await reportBytes(warehouse, counted, { day, historyDays });
  const reportQueries = counted.last;
  say("reported");
  await fillGuideTable(lakehouse, lake, GUIDE_DAYS);
  const guides: Record<string, number> = {};
  for (const statement of GUIDE_QUERIES) {
    await counted.engine.run(statement, signal);
    guides[statement.name] = (total(counted.take()) / GUIDE_DAYS) * RETENTION;
    say(`${statement.name}: ${guides[statement.name]} bytes`);
  }
  return { scan, build: total(all) - scan, report, reportQueries, guides };
}

/** The same day's build and report, with few and with many days in the tables. */
export async function measureRetention(
  lakehouse: Lakehouse,
  { engine, lake, say, signal }: MeasureOptions,
): Promise<RetentionRead> {
  const counted = countBytes(engine);
  const warehouse = await openWarehouse(lakehouse, { engine: counted.engine, lake });
  const day = lake.days[0]!;
  await buildRollup(warehouse, await planRollup(warehouse, [day]), { signal });
  const build = total(counted.take());
  const copies = copyDays(warehouse, { day, daysAtOnce: 15 });
  const asked = { day, historyDays: SHORT_RETENTION - 1 };
  await copies(1, SHORT_RETENTION - 1);
  const short = await reportBytes(warehouse, counted, asked);
  await copies(SHORT_RETENTION, RETENTION - 1);
  const long = await reportBytes(warehouse, counted, asked);
  say(`reported with ${SHORT_RETENTION} and with ${RETENTION} days`);
  return { short: build + short, long: build + long };
}

export function figuresOf(
  { scan, build, report, reportQueries, guides }: BytesRead,
  { short, long }: RetentionRead,
): BytesFigures {
  const published = Object.values(guides).reduce((sum, bytes) => sum + bytes, 0);
  return {
    guidesToCycle: published / (scan + build + report),
    retentionGrowth: long / short,
    reportQueries,
  };
}

interface Counted {
  readonly engine: QueryEngine;
  /** Bytes by statement since it was last asked. */
  take(): ReadonlyMap<string, number>;
  /** How many statements the last answer of {@link take} was of. */
  readonly last: number;
}

function countBytes(engine: QueryEngine): Counted {
  let bytes = new Map<string, number>();
  let statements = 0;
  let last = 0;
  return {
    engine: {
      name: engine.name,
      dialect: engine.dialect,
      async run(statement, signal): Promise<QueryResult> {
        const result = await engine.run(statement, signal);
        const { name } = statement;
        bytes.set(name, (bytes.get(name) ?? 0) + result.stats.scannedBytes);
        statements++;
        return result;
      },
    },
    take() {
      const taken = bytes;
      bytes = new Map();
      last = statements;
      statements = 0;
      return taken;
    },
    get last() {
      return last;
    },
  };
}

function total(bytes: ReadonlyMap<string, number>): number {
  return [...bytes.values()].reduce((sum, own) => sum + own, 0);
}

/** Copies of the day, so many days before it, in every table of the rollup. */
function copyDays(
  { engine, place }: Warehouse,
  { day, daysAtOnce }: { day: string; daysAtOnce: number },
): (first: number, last: number) => Promise<void> {
  return async (first, last) => {
    for (let from = first; from <= last; from += daysAtOnce) {
      const to = Math.min(last, from + daysAtOnce - 1);
      for (const { name, columns } of ROLLUP_TABLES) {
        const values = columns.map((column) => SHIFTED[column.name] ?? column.name);
        const table = tableName(place, name);
        await engine.run({
          name: "copy",
          sql: `INSERT INTO ${table} (${columns.map((column) => column.name).join(", ")})
            SELECT ${values.join(", ")} FROM ${table} CROSS JOIN UNNEST(sequence(${from}, ${to})) AS s (n)
            WHERE day = '${day}'`,
        });
      }
    }
  };
}

const SHIFTED: Readonly<Record<string, string>> = {
  day: "date_format(date_add('day', -n, date(day)), '%Y-%m-%d')",
  build: "build || CAST(n AS varchar)",
  hour: "hour - n * 86400",
};

async function reportBytes(
  warehouse: Warehouse,
  counted: Counted,
  { day, historyDays }: { day: string; historyDays: number },
): Promise<number> {
  counted.take();
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  const { days, coverage, ...known } = await readRollup(warehouse, {
    first: addDays(day, -historyDays),
    last: day,
  });
  if (days.length !== historyDays + 1) throw new Error(`${days.length} days for ${historyDays}`);
  const config = defaultConfig();
  await buildReport(pinBuilds(warehouse, days), {
    config: { ...config, report: { ...config.report, historyDays } },
    settings: DEFAULT_SETTINGS,
    mutes: [],
    window: { start, end: start + 86_400, timezone: "UTC" },
    read: { ...coverage, ...known, formats: [], problems: [], excluded: 0 },
    notices: [],
    versions: {},
  });
  return total(counted.take());
}

/** The bytes as a table, and the ratios. */
export function bytesTable(read: BytesRead, retention: RetentionRead): string {
  const { guidesToCycle, retentionGrowth, reportQueries } = figuresOf(read, retention);
  const rows = [
    ["build: the scan of the logs", read.scan],
    ["build: stage, steps, rows", read.build],
    ["report", read.report],
    ...Object.entries(read.guides).map(
      ([name, bytes]) => [`${name}, ${RETENTION} days`, bytes] as const,
    ),
  ] as const;
  return [
    ...rows.map(
      ([name, bytes]) =>
        `${name.padEnd(40)}${String(bytes).padStart(14)} bytes${(bytes / read.scan).toFixed(2).padStart(9)} of the day's logs`,
    ),
    `published queries to a cycle, ${RETENTION} days   ${guidesToCycle.toFixed(1).padStart(14)} x`,
    `a cycle at ${RETENTION} days to one at ${SHORT_RETENTION}          ${retentionGrowth.toFixed(3).padStart(14)} x`,
    `queries of a report                     ${String(reportQueries).padStart(14)}`,
  ].join("\n");
}
