import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { DuckDBConnection } from "@duckdb/node-api";
import { describeSystemError, TurnawayError } from "@turnaway/core";

import { quoteLiteral } from "./flow-logs-view.ts";

/**
 * Attaches the state file as the schema `state`, or an empty one in memory.
 *
 * DuckDB lets one process at a time open a file for writing, which is the lock
 * that two runs at once need: the second waits for the first.
 *
 * @throws TurnawayError STATE_BUSY after `waitMs`, STATE_UNWRITABLE, or STATE_DAMAGED when
 * the file is no state.
 */
export async function attachState(
  connection: DuckDBConnection,
  options: StateOptions,
): Promise<void> {
  if (options.path === null) {
    await connection.run("ATTACH ':memory:' AS state");
  } else {
    makeFolder(options.path);
    await attachFile(connection, options.path, options);
  }
  for (const statement of STATE_TABLES) await connection.run(statement);
}

export interface StateOptions {
  /** Null keeps nothing after the run. */
  readonly path: string | null;
  /** How long to wait for another run. Default is ten minutes: the first build of a year takes some. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** Called once, when another run holds the file. */
  readonly onWait?: () => void;
}

async function attachFile(
  connection: DuckDBConnection,
  path: string,
  { waitMs = 600_000, signal, onWait }: StateOptions,
): Promise<void> {
  const begun = Date.now();
  for (let attempt = 0; ; attempt++) {
    try {
      // A cache need not be read by older versions, and newer ones pack it smaller.
      await connection.run(`ATTACH ${quoteLiteral(path)} AS state (STORAGE_VERSION 'latest')`);
      return;
    } catch (error) {
      const held = isHeld(error);
      // Another run makes the file just now: it is empty for a moment before it is locked.
      const unborn = sizeOf(path) === 0 && Date.now() - begun < 2000;
      if (!held && !unborn) throw stateError(error, path) ?? damaged(path, error);
      if (Date.now() - begun > waitMs) throw stillBusy(path, waitMs);
      if (held && attempt === 0) onWait?.();
      await sleep(200, undefined, signal === undefined ? {} : { signal });
    }
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw unwritable(path, describeSystemError(error), error);
  }
}

/**
 * The error that tells a person what to do about the state file; undefined when the
 * error has nothing to do with it. A file that is cut short or has a bad block attaches,
 * and fails in the middle of some later statement.
 */
export function stateError(error: unknown, path: string | null): TurnawayError | undefined {
  if (path === null) return undefined;
  const cause = error instanceof TurnawayError && error.code === "ENGINE" ? error.cause : error;
  const message = cause instanceof Error && !(cause instanceof TurnawayError) ? cause.message : "";
  if (/Permission denied|Read-only file system|Is a directory/.test(message)) {
    return unwritable(path, firstLine(message), cause);
  }
  if (DAMAGED.test(message)) return damaged(path, cause);
  if (message.includes("Could not read enough bytes") && message.includes(path)) {
    return damaged(path, cause);
  }
  return undefined;
}

const DAMAGED =
  /not a valid DuckDB database|Corrupt database file|checksum|[Dd]eserializ|replaying WAL|WAL file|newer version of DuckDB|older version of DuckDB/;

function isHeld(error: unknown): boolean {
  return error instanceof Error && /Could not set lock|Conflicting lock/.test(error.message);
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

// `source` keeps the days of different log folders apart in one file.
const STATE_TABLES = [
  "CREATE TABLE IF NOT EXISTS state.made_by (version VARCHAR NOT NULL)",
  `CREATE TABLE IF NOT EXISTS state.sources (
    source VARCHAR NOT NULL, name VARCHAR NOT NULL, PRIMARY KEY (source))`,
  `CREATE TABLE IF NOT EXISTS state.builds (
    source VARCHAR NOT NULL, day VARCHAR NOT NULL, manifest VARCHAR NOT NULL, PRIMARY KEY (source, day))`,
  `CREATE TABLE IF NOT EXISTS state.read_files (
    source VARCHAR NOT NULL, identity VARCHAR NOT NULL, coverage VARCHAR NOT NULL, PRIMARY KEY (source, identity))`,
];

function stillBusy(path: string, waitMs: number): TurnawayError {
  return new TurnawayError("STATE_BUSY", {
    what: "state file in use",
    where: path,
    why: `another run has held it for more than ${Math.round(waitMs / 1000)} s`,
    fix: "wait for that run to end, or give this one its own file with --state",
  });
}

function unwritable(path: string, why: string, cause: unknown): TurnawayError {
  return new TurnawayError(
    "STATE_UNWRITABLE",
    {
      what: "state file can't be written",
      where: path,
      why,
      fix: "name a file that you may write to with --state",
    },
    { cause },
  );
}

function damaged(path: string, cause: unknown): TurnawayError {
  return new TurnawayError(
    "STATE_DAMAGED",
    {
      what: "state file is damaged, or none of ours",
      where: path,
      why: firstLine(cause instanceof Error ? cause.message : String(cause)),
      fix: `delete it, and ${path}.wal if there is one: what it knows is built again from the logs`,
    },
    { cause },
  );
}

function firstLine(message: string): string {
  return message.split("\n")[0]!.replace(/[.!]+$/, "");
}
