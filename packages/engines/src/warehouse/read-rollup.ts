import { addDays, type Row, type Statement } from "@turnaway/core";
import type { FileCoverage } from "@turnaway/sources";
import { type BuildFacts, coverageStatements, type DayRange, readBuilds } from "@turnaway/sql";

import { newestBuilds } from "./published-build.ts";
import { readPublished } from "./rollup-status.ts";
import { formatName, run, type Warehouse } from "./warehouse.ts";

/** What a report needs beside its queries: the same as of a local source. */
export interface RollupCoverage {
  /** Days of the range that have a published build. */
  readonly days: readonly BuildFacts[];
  readonly coverage: FileCoverage;
  /** Records as logged: status, action, records, bytes, first and last. */
  readonly logged: readonly Row[];
  readonly interfaces: number;
  /** Always 0: a raw table needs the start of a record. */
  readonly undated: number;
  /** Hours that have records; empty where they were not asked for. */
  readonly hours: readonly Row[];
}

export interface ReadRollupOptions {
  /** The builds that are read, where the caller knows them; without it they are asked for. */
  readonly published?: readonly BuildFacts[];
  /** Whether the hours are asked for; they only choose a window. Default is true. */
  readonly hours?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The coverage of the days, as it was counted when they were built. Over the same records it
 * is what a reader of the files counts, but for what only a reader of files can see: where
 * in a file a bad line stands, files that hold the same, and blank lines.
 */
export async function readRollup(
  warehouse: Warehouse,
  range: DayRange,
  { published, hours: wantsHours = true, signal }: ReadRollupOptions = {},
): Promise<RollupCoverage> {
  const builds = published ?? (await readPublished(warehouse, range, signal));
  const days = [...newestBuilds(builds).values()];
  // Of these builds alone, whatever is published meanwhile.
  const ask = async (statement: Statement): Promise<readonly Row[]> =>
    (await run(warehouse, readBuilds(warehouse.place, statement, days), signal)).rows;
  const { logged, interfaces, hours } = coverageStatements(range);
  return {
    days,
    coverage: fileCoverage(warehouse, days),
    logged: await ask(logged),
    interfaces: Number((await ask(interfaces))[0]?.["interfaces"] ?? 0),
    undated: 0,
    hours: wantsHours ? await ask(hours) : [],
  };
}

/** The counts of files, over days that follow each other or do not. */
export function fileCoverage(warehouse: Warehouse, days: readonly BuildFacts[]): FileCoverage {
  const built = new Set(days.map(({ day }) => day));
  // Files after midnight are the next day's own, where that was built.
  const tails = days.filter(({ day }) => !built.has(addDays(day, 1)));
  const files = sum(days, "files") + sum(tails, "settleFiles");
  const good = sum(days, "records");
  const malformed = sum(days, "malformed");
  const isText = warehouse.logs.fileFormat === "text";
  const headers = isText ? files + sum(days, "repeatedHeaders") : 0;
  const records = good + malformed;
  return {
    files,
    bytes: sum(days, "bytes") + sum(tails, "settleBytes"),
    lines: records + headers,
    headers,
    records,
    malformed,
    duplicates: 0,
    formats: good === 0 ? [] : [{ fields: formatName(warehouse), files, records: good }],
    problems: [],
  };
}

function sum(days: readonly BuildFacts[], key: keyof BuildFacts): number {
  return days.reduce((total, facts) => total + Number(facts[key]), 0);
}
