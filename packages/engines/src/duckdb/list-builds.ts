import { existsSync, statSync } from "node:fs";

import type { DuckDBConnection } from "@duckdb/node-api";
import { type Row, TurnawayError } from "@turnaway/core";
import type { SourceFile } from "@turnaway/sources";
import type { SqlSettings } from "@turnaway/sql";

import { planDays } from "./day-plan.ts";
import { runStatement } from "./duckdb-engine.ts";
import { openDuckdb } from "./open-duckdb.ts";
import { attachState, stateError, type StateOptions } from "./state-file.ts";
import { makeTempFolder } from "./temp-folder.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** One day of one source in a state file. */
export interface Build {
  /** Hash of the source's names. */
  readonly source: string;
  /** The source as it was named when it was built. */
  readonly name: string | null;
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  readonly manifest: string;
  /** Rows of `traffic_rollup`. */
  readonly rows: number;
  /** Records as logged that went into them. */
  readonly records: number;
}

/** What a state file holds. */
export interface Builds {
  readonly builds: readonly Build[];
  /** Of the file, with its write-ahead log. */
  readonly bytes: number;
}

/** @throws TurnawayError SOURCE_NOT_FOUND when there is no file, else as {@link attachState}. */
export async function listBuilds(
  options: StateOptions & { readonly path: string },
): Promise<Builds> {
  const { path } = options;
  if (!existsSync(path)) throw nothingYet(path);
  const temp = makeTempFolder();
  const database = await openDuckdb({ tempDir: temp.path });
  const { connection } = database;
  try {
    await attachState(connection, options);
    if (!(await hasRollups(connection, options.signal))) return { builds: [], bytes: sizeOf(path) };
    const { rows } = await runStatement(
      connection,
      { name: "builds", sql: BUILDS },
      options.signal,
    );
    return { builds: rows.map(asBuild), bytes: sizeOf(path) + sizeOf(`${path}.wal`) };
  } catch (error) {
    throw stateError(error, path) ?? error;
  } finally {
    database.close();
    temp.remove();
  }
}

export interface DueDaysInput {
  readonly files: readonly SourceFile[];
  /** Of this source. */
  readonly builds: readonly Build[];
  readonly settings: SqlSettings;
  readonly settleHours: number;
}

/**
 * UTC days that the next run would build, because their files or the SQL changed;
 * null when only the records tell, and there is something to read.
 */
export function dueDays(input: DueDaysInput): readonly string[] | null {
  const plan = planDays({
    ...input,
    builds: new Map(input.builds.map(({ day, manifest }) => [day, manifest])),
    fingerprint: fingerprintOf(input.settings),
    wanted: null,
  });
  if (plan.days !== null) return [...plan.days.keys()];
  return plan.files.length === 0 ? [] : null;
}

// A run that was stopped at once leaves a file without any.
async function hasRollups(connection: DuckDBConnection, signal?: AbortSignal): Promise<boolean> {
  const sql = `SELECT count(*) AS tables FROM duckdb_tables() WHERE database_name = 'state'
    AND table_name IN ('traffic_rollup', 'coverage_rollup')`;
  const { rows } = await runStatement(connection, { name: "rollups", sql }, signal);
  return rows[0]?.["tables"] === 2;
}

const BUILDS = `SELECT b.source, s.name, b.day, b.manifest,
    coalesce(t.rows, 0) AS rows, coalesce(c.records, 0) AS records
  FROM state.builds AS b
  LEFT JOIN state.sources AS s ON s.source = b.source
  LEFT JOIN (SELECT source, day, count(*) AS rows FROM state.traffic_rollup GROUP BY ALL) AS t
    ON t.source = b.source AND t.day = b.day
  LEFT JOIN (SELECT source, day, sum(records) AS records FROM state.coverage_rollup GROUP BY ALL) AS c
    ON c.source = b.source AND c.day = b.day
  ORDER BY s.name, b.source, b.day`;

function asBuild(row: Row): Build {
  return {
    source: String(row["source"]),
    name: row["name"] === null ? null : String(row["name"]),
    day: String(row["day"]),
    manifest: String(row["manifest"]),
    rows: Number(row["rows"]),
    records: Number(row["records"]),
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function nothingYet(path: string): TurnawayError {
  return new TurnawayError("SOURCE_NOT_FOUND", {
    what: "no state file",
    where: path,
    why: "nothing has been built into it yet",
    fix: "run `turnaway rollup build SOURCE --state PATH`, or a report with that --state",
  });
}
