import type { Row } from "@turnaway/core";
import {
  type BuildFacts,
  type DayBuild,
  type DayRange,
  deliverySpan,
  listBuilt,
  listPublished,
  listTables,
  ROLLUP_BUILDS,
  ROLLUPS,
} from "@turnaway/sql";

import { buildOfWork } from "./build-id.ts";
import { type DayFiles, listDays, sqlFingerprint } from "./day-files.ts";
import { newestBuilds, toBuild } from "./published-build.ts";
import { run, type Warehouse } from "./warehouse.ts";

/** How a day stands; `missing`, `late-files` and `changed-sql` are to be built. */
export type DayState =
  /** Built from the files that are there, by the SQL of this version. */
  | "built"
  /** There are files, and no build. */
  | "missing"
  /** Files came, went or changed since it was built. */
  | "late-files"
  /** Built by other SQL or settings. */
  | "changed-sql"
  /** No file, and no build. */
  | "no-files";

export interface DayStatus {
  readonly day: string;
  readonly state: DayState;
  /** Whether files may still be delivered for it. */
  readonly settling: boolean;
  /** The build that is read. */
  readonly build: BuildFacts | null;
  readonly files: DayFiles;
}

export interface RollupStatus {
  /** Every day of the range, oldest first. */
  readonly days: readonly DayStatus[];
  /** Builds that have rows and that nobody reads: superseded, abandoned, or under way. */
  readonly unread: readonly DayBuild[];
  /** Work tables of builds that ended without dropping them, or are under way. */
  readonly workTables: readonly string[];
}

/** How each day of the range stands, and what builds have left behind. */
export async function rollupStatus(
  warehouse: Warehouse,
  range: DayRange,
  signal?: AbortSignal,
): Promise<RollupStatus> {
  const days = await dayStatuses(warehouse, range, signal);
  const { unread, workTables } = await findLeftovers(warehouse, range, signal);
  return { days, unread, workTables };
}

/** How each day stands, by the published builds and a listing of the files. */
export async function dayStatuses(
  warehouse: Warehouse,
  range: DayRange,
  signal?: AbortSignal,
): Promise<readonly DayStatus[]> {
  const newest = newestBuilds(await readPublished(warehouse, range, signal));
  const files = await listDays(warehouse, range, signal);
  const sql = sqlFingerprint(warehouse);
  return files.map((own) => {
    const build = newest.get(own.day) ?? null;
    const { end } = deliverySpan(own.day, warehouse.logs.settleHours);
    return {
      day: own.day,
      state: stateOf(own, build, sql),
      settling: warehouse.now() < end,
      build,
      files: own,
    };
  });
}

/** What is in the tables and read by nobody. */
export async function findLeftovers(
  warehouse: Warehouse,
  range: DayRange,
  signal?: AbortSignal,
): Promise<{
  unread: readonly DayBuild[];
  workTables: readonly string[];
  published: readonly BuildFacts[];
}> {
  const { place } = warehouse;
  const tables = await tableNames(warehouse, signal);
  const rows: Row[] = [];
  for (const { rows: table } of ROLLUPS) {
    if (tables.has(table.name))
      rows.push(...(await run(warehouse, listBuilt(place, table.name, range), signal)).rows);
  }
  // Last, so that a build which is published meanwhile is not taken for one that is not.
  const published = await readPublished(warehouse, range, signal);
  const newest = newestBuilds(published);
  const found = new Map(
    [
      ...rows.map((row) => ({ day: String(row["day"]), build: String(row["build"]) })),
      ...published,
    ].map(({ day, build }) => [`${day} ${build}`, { day, build }]),
  );
  return {
    unread: [...found.values()]
      .filter(({ day, build }) => newest.get(day)?.build !== build)
      .toSorted((a, b) => (a.build < b.build ? -1 : 1)),
    workTables: [...tables].filter((table) => buildOfWork(table) !== undefined),
    published,
  };
}

/** Every published build of the range; none where nothing was ever built. */
export async function readPublished(
  warehouse: Warehouse,
  range: DayRange,
  signal?: AbortSignal,
): Promise<readonly BuildFacts[]> {
  if (!(await tableNames(warehouse, signal)).has(ROLLUP_BUILDS.name)) return [];
  const { rows } = await run(warehouse, listPublished(warehouse.place, range), signal);
  return rows.map(toBuild);
}

async function tableNames(
  warehouse: Warehouse,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { rows } = await run(warehouse, listTables(warehouse.place), signal);
  return new Set(rows.map((row) => String(row["table_name"])));
}

function stateOf(files: DayFiles, build: BuildFacts | null, sql: string): DayState {
  const isEmpty = files.own.length + files.settle.length === 0;
  if (build === null) return isEmpty ? "no-files" : "missing";
  if (build.filesFingerprint !== files.fingerprint) return "late-files";
  return build.sqlFingerprint === sql ? "built" : "changed-sql";
}
