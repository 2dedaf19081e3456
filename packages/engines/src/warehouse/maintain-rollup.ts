import { TurnawayError } from "@turnaway/core";
import { type DayRange, maintainTable, ROLLUP_TABLES, VACUUM } from "@turnaway/sql";

import { cleanBuilds, type CleanedBuilds } from "./clean-builds.ts";
import { CommitQueue } from "./commit-queue.ts";
import { run, type Warehouse } from "./warehouse.ts";

/** Athena cleans up to some 20,000 files at a time, and asks to be called again for the others. */
const MOST_VACUUMS = 10;

/**
 * Keeps the tables of the rollup small: deletes builds that nobody reads, puts small files of the
 * days together, and deletes what no query can read any more. No row that is read changes, and
 * it is safe beside builders and readers.
 *
 * @throws TurnawayError ENGINE of the engine.
 */
export async function maintainRollup(
  warehouse: Warehouse,
  days: DayRange,
  {
    signal,
    onProgress,
  }: {
    readonly signal?: AbortSignal;
    /** Told when a table is done. */
    readonly onProgress?: (table: string, done: number, of: number) => void;
  } = {},
): Promise<CleanedBuilds> {
  const queue = new CommitQueue();
  const cleaned = await cleanBuilds(warehouse, days, { queue, ...(signal && { signal }) });
  for (const [i, { name }] of ROLLUP_TABLES.entries()) {
    for (const statement of maintainTable(warehouse.place, name, days)) {
      const once = () => queue.run(() => run(warehouse, statement, signal), signal);
      await (statement.name === VACUUM ? untilClean(once) : once());
    }
    onProgress?.(name, i + 1, ROLLUP_TABLES.length);
  }
  return cleaned;
}

async function untilClean(vacuum: () => Promise<unknown>): Promise<void> {
  for (let turn = 1; ; turn++) {
    try {
      await vacuum();
      return;
    } catch (error) {
      if (turn === MOST_VACUUMS || !asksForMore(error)) throw error;
    }
  }
}

function asksForMore(error: unknown): boolean {
  return error instanceof TurnawayError && error.message.includes("MORE_RUNS_NEEDED");
}
