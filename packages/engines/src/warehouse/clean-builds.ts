import { type DayBuild, type DayRange, deleteBuild, dropWork, ROLLUP_TABLES } from "@turnaway/sql";

import { LONGEST_BUILD_SECONDS } from "./build-day.ts";
import { buildBegan, buildOfWork } from "./build-id.ts";
import { CommitQueue } from "./commit-queue.ts";
import { newestBuilds } from "./published-build.ts";
import { findLeftovers } from "./rollup-status.ts";
import { run, type Warehouse } from "./warehouse.ts";

/** What cleaning took away. */
export interface CleanedBuilds {
  readonly builds: readonly DayBuild[];
  readonly workTables: readonly string[];
}

/** A query that began before a publication may still read the build before. */
const READERS_SECONDS = 3600;

/** An unpublished build this old was abandoned: it could not be published any more. */
const ABANDONED_SECONDS = 2 * LONGEST_BUILD_SECONDS;

/**
 * Deletes the rows of builds of these days that nobody reads or will read, and drops what
 * they worked with. Safe at any time, beside builders, readers and other cleaners.
 */
export async function cleanBuilds(
  warehouse: Warehouse,
  range: DayRange,
  { queue = new CommitQueue(), signal }: { queue?: CommitQueue; signal?: AbortSignal } = {},
): Promise<CleanedBuilds> {
  const { place, now } = warehouse;
  const { unread, workTables, published } = await findLeftovers(warehouse, range, signal);
  const newest = newestBuilds(published);
  const wasPublished = new Set(published.map(({ day, build }) => `${day} ${build}`));
  const isAbandoned = (build: string): boolean => now() - buildBegan(build) > ABANDONED_SECONDS;
  const builds = unread.filter(({ day, build }) => {
    if (!wasPublished.has(`${day} ${build}`)) return isAbandoned(build);
    return now() - newest.get(day)!.publishedAt > READERS_SECONDS;
  });
  for (const build of builds) {
    for (const { name } of ROLLUP_TABLES) {
      await queue.run(() => run(warehouse, deleteBuild(place, name, build), signal), signal);
    }
  }
  const abandoned = workTables.filter((table) => isAbandoned(buildOfWork(table)!));
  for (const table of abandoned) await run(warehouse, dropWork(place, table), signal);
  return { builds, workTables: abandoned };
}
