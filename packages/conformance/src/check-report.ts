import { defaultConfig, type QueryEngine, stringifyExact, type TimeWindow } from "@turnaway/core";
import type { Traffic } from "@turnaway/engines/duckdb";
import {
  buildRollup,
  deployViews,
  pinBuilds,
  planRollup,
  planViews,
  readRollup,
  type RollupCoverage,
} from "@turnaway/engines/warehouse";
import { buildReport, type ReadCoverage } from "@turnaway/report";
import { DEFAULT_SETTINGS } from "@turnaway/sql";
import { CATALOGS, type Lakehouse } from "@turnaway/testing/trino";

import { checkDashboards } from "./check-dashboards.ts";
import type { FilledLake } from "./fill-lake.ts";
import { openLakeTraffic } from "./open-lake-traffic.ts";
import { openWarehouse } from "./open-warehouse.ts";
import type { Tally } from "./tally.ts";

export interface ReportCheck {
  /** Connected to the schema of the lake. */
  readonly engine: QueryEngine;
  /** Connected to a schema in memory, for copies of what the views answer. */
  readonly memory: QueryEngine;
  /** Filled, and nothing built yet. */
  readonly lake: FilledLake;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/**
 * The whole report of a lake, from a warehouse that was built day by day and from DuckDB over
 * the same files: the same bytes, coverage included, and the receipt apart. After it what the
 * dashboards show of the same days.
 */
export async function checkReport(
  lakehouse: Lakehouse,
  { engine, memory, lake, tally, signal }: ReportCheck,
): Promise<void> {
  const check = (name: string, body: () => Promise<string>): Promise<void> =>
    tally.check("report", `${lake.schema}: ${name}`, body);
  const warehouse = await openWarehouse(lakehouse, { engine, lake });
  await check("the warehouse is built", async () => {
    const { built } = await buildRollup(warehouse, await planRollup(warehouse, spanOf(lake)));
    await deployViews(warehouse, await planViews(warehouse));
    return `${built.length} days`;
  });
  const traffic = await openLakeTraffic(lake, signal);
  try {
    // The last day has all others for its history; a day among them has some of it.
    const [last, amid] = [lake.days.at(-1)!, lake.days[4]!];
    const rollup = await readRollup(warehouse, rangeOf(lake));
    const pinned = pinBuilds(warehouse, rollup.days);
    for (const [day, asked, through] of [
      [last, engine, "the views"],
      [last, pinned, "the builds that its coverage is of"],
      [amid, pinned, "the builds that its coverage is of"],
    ] as const) {
      await check(`${day} over ${through}`, async () => {
        const input = { window: windowOf(day), signal };
        const duckdb = await writeReport(traffic.engine, traffic, input);
        return compareText(duckdb, await writeReport(asked, rollup, input));
      });
    }
    await checkDashboards({
      duckdb: traffic.engine,
      trino: engine,
      memory,
      views: `${CATALOGS.hive}.${lake.schema}`,
      now: windowOf(lake.days.at(-1)!).start,
      tally,
    });
  } finally {
    traffic.close();
  }
}

// The half hour after the last day has files with the rest of its records.
function spanOf({ days }: FilledLake): string[] {
  const last = Date.parse(`${days.at(-1)!}T00:00:00Z`);
  return [...days, new Date(last + 86_400_000).toISOString().slice(0, 10)];
}

function rangeOf(lake: FilledLake): { first: string; last: string } {
  const days = spanOf(lake);
  return { first: days[0]!, last: days.at(-1)! };
}

function windowOf(day: string): TimeWindow {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  return { start, end: start + 86_400, timezone: "UTC" };
}

type Known = Pick<Traffic & RollupCoverage, "coverage" | "logged" | "interfaces" | "undated">;

interface Asked {
  readonly window: TimeWindow;
  readonly signal: AbortSignal;
}

async function writeReport(
  engine: QueryEngine,
  known: Known,
  { window, signal }: Asked,
): Promise<string> {
  const { receipt, ...report } = await buildReport(engine, {
    config: defaultConfig(),
    settings: DEFAULT_SETTINGS,
    mutes: [],
    window,
    read: readOf(known),
    notices: [],
    versions: {},
    signal,
  });
  if (receipt.queries.length > MOST_QUERIES)
    throw new Error(`a report is ${receipt.queries.length} queries`);
  return stringifyExact(report, 1);
}

/** A daily report is at most so many queries. */
const MOST_QUERIES = 12;

function readOf({ coverage, logged, interfaces, undated }: Known): ReadCoverage {
  const { formats, problems, ...counts } = coverage;
  return {
    ...counts,
    formats: [...formats],
    problems: problems.map((problem) => ({ ...problem, partial: false })),
    logged,
    interfaces,
    undated,
    excluded: 0,
  };
}

function compareText(duckdb: string, other: string): string {
  if (duckdb === other) return `${duckdb.length} characters`;
  const [lines, others] = [duckdb.split("\n"), other.split("\n")];
  const at = lines.findIndex((line, i) => line !== others[i]);
  throw new Error(`line ${at} differs\n  duckdb ${lines[at]}\n  other  ${others[at]}`);
}
