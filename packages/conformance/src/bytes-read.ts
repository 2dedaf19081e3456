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
  /** Reports of the day, by days of retention and days of history. */
  readonly reports: Readonly<Record<ReportName, number>>;
  /** The five published queries over all days of retention, each. */
  readonly guides: Readonly<Record<string, number>>;
  readonly reportQueries: number;
}

export type ReportName = "7 days" | "90 days" | "90 days, default history";

/** The figures that `pnpm bench` holds to limits. */
export interface BytesFigures {
  /** Published queries at 90 days, to a day's build and report of a default configuration. */
  readonly guidesToCycle: number;
  /** A day's build and report at 90 days of retention, to the same at 7. */
  readonly retentionGrowth: number;
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

/**
 * Builds a day and reports about it, with few and with many days before it, and runs the
 * published queries over as many days of raw logs. Earlier days are copies of the one that
 * was built: what is measured does not depend on what they hold.
 */
export async function measureBytes(
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
  const copies = copyDays(warehouse, day);
  const report = (historyDays: number): Promise<number> =>
    reportBytes(warehouse, counted, { day, historyDays });
  await copies(1, SHORT_RETENTION - 1);
  const short = await report(SHORT_RETENTION - 1);
  const reportQueries = counted.last;
  await copies(SHORT_RETENTION, RETENTION - 1);
  const long = await report(SHORT_RETENTION - 1);
  const usual = await report(defaultConfig().report.historyDays);
  say("reported");
  await fillGuideTable(lakehouse, lake, RETENTION);
  const guides: Record<string, number> = {};
  for (const statement of GUIDE_QUERIES) {
    await counted.engine.run(statement, signal);
    guides[statement.name] = total(counted.take());
    say(`${statement.name}: ${guides[statement.name]} bytes`);
  }
  return {
    scan,
    build: total(all) - scan,
    reports: { "7 days": short, "90 days": long, "90 days, default history": usual },
    guides,
    reportQueries,
  };
}

export function figuresOf({ scan, build, reports, guides }: BytesRead): BytesFigures {
  const cycle = (name: ReportName): number => scan + build + reports[name];
  const published = Object.values(guides).reduce((sum, bytes) => sum + bytes, 0);
  return {
    guidesToCycle: published / cycle("90 days, default history"),
    retentionGrowth: cycle("90 days") / cycle("7 days"),
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

/** Partitions that one statement may write: two of the traffic rollup a day. */
const DAYS_AT_ONCE = 15;

/** Copies of the day, so many days before it, in every table of the rollup. */
function copyDays(
  { engine, place }: Warehouse,
  day: string,
): (first: number, last: number) => Promise<void> {
  return async (first, last) => {
    for (let from = first; from <= last; from += DAYS_AT_ONCE) {
      const to = Math.min(last, from + DAYS_AT_ONCE - 1);
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
export function bytesTable(read: BytesRead): string {
  const { guidesToCycle, retentionGrowth } = figuresOf(read);
  const rows = [
    ["build: the scan of the logs", read.scan],
    ["build: stage, steps, rows", read.build],
    ...Object.entries(read.reports).map(([name, bytes]) => [`report, ${name}`, bytes] as const),
    ...Object.entries(read.guides).map(([name, bytes]) => [`${name}, 90 days`, bytes] as const),
  ] as const;
  return [
    ...rows.map(([name, bytes]) => `${name.padEnd(40)}${String(bytes).padStart(14)} bytes`),
    `published queries to a cycle, 90 days   ${guidesToCycle.toFixed(1).padStart(14)} x`,
    `a cycle at 90 days to one at 7          ${retentionGrowth.toFixed(3).padStart(14)} x`,
    `queries of a report                     ${String(read.reportQueries).padStart(14)}`,
  ].join("\n");
}
