import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { DuckDBConnection } from "@duckdb/node-api";
import { TurnawayError } from "@turnaway/core";

import { quoteLiteral } from "./flow-logs-view.ts";

/**
 * Attaches the state file as the schema `state`, or an empty one in memory.
 *
 * DuckDB lets one process at a time open a file for writing, which is the lock
 * that two runs at once need: the second waits for the first.
 *
 * @throws TurnawayError STATE_BUSY after `waitMs`, STATE_DAMAGED when the file is no state.
 */
export async function attachState(
  connection: DuckDBConnection,
  options: StateOptions,
): Promise<void> {
  if (options.path === null) {
    await connection.run("ATTACH ':memory:' AS state");
  } else {
    mkdirSync(dirname(options.path), { recursive: true });
    await attachFile(connection, options.path, options);
  }
  for (const statement of STATE_TABLES) await connection.run(statement);
}

export interface StateOptions {
  /** Null keeps nothing after the run. */
  readonly path: string | null;
  /** How long to wait for another run. Default is two minutes. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** Called once, when another run holds the file. */
  readonly onWait?: () => void;
}

async function attachFile(
  connection: DuckDBConnection,
  path: string,
  { waitMs = 120_000, signal, onWait }: StateOptions,
): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 0; ; attempt++) {
    try {
      await connection.run(`ATTACH ${quoteLiteral(path)} AS state`);
      return;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!/lock/i.test(message)) throw notAState(path, message, error);
      if (Date.now() > deadline) throw stillBusy(path, waitMs);
      if (attempt === 0) onWait?.();
      await sleep(200, undefined, signal === undefined ? {} : { signal });
    }
  }
}

// `source` keeps the days of different log folders apart in one file.
const STATE_TABLES = [
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

function notAState(path: string, message: string, cause: unknown): TurnawayError {
  return new TurnawayError(
    "STATE_DAMAGED",
    {
      what: "state file can't be opened",
      where: path,
      why: message.split("\n")[0]!.replace(/\.$/, ""),
      fix: "delete the file: it is only a cache of what the logs say, and is built again from them",
    },
    { cause },
  );
}
