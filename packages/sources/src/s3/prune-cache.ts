import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { PART_SUFFIX } from "./download-cache.ts";
import { mapConcurrent } from "./map-concurrent.ts";

export interface PruneOptions {
  /** 10 GiB by default. */
  readonly maxBytes?: number;
  /** Days since last use; 30 by default. */
  readonly maxAgeDays?: number;
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: number;
}

/**
 * Bounds the cache: first what was not used for long, then the least recently used until
 * it fits, and what a killed run left half downloaded. Files of the last hour stay whatever
 * the bound, since another run may be reading them.
 */
export async function pruneCache(
  cacheDir: string,
  options: PruneOptions = {},
): Promise<{ removed: number; bytes: number }> {
  const { maxBytes = 10 * 2 ** 30, maxAgeDays = 30, now = Date.now() } = options;
  const entries = (await cacheEntries(cacheDir)).sort((left, right) => right.usedAt - left.usedAt);
  const removed: Entry[] = [];
  let kept = 0;
  for (const entry of entries) {
    const age = now - entry.usedAt;
    const stale = age > maxAgeDays * DAY_MS || entry.file.endsWith(PART_SUFFIX);
    if (age > HOUR_MS && (stale || kept + entry.bytes > maxBytes)) removed.push(entry);
    else kept += entry.bytes;
  }
  await mapConcurrent(removed, 16, ({ file }) => rm(file, { force: true }));
  return { removed: removed.length, bytes: removed.reduce((sum, entry) => sum + entry.bytes, 0) };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly usedAt: number;
}

// Only names that the cache gives: a folder chosen by mistake loses nothing of its own.
const CACHE_NAME =
  /^(\.[0-9a-f]{32}-[0-9a-f-]{36}\.part|[0-9a-f]{32}-[0-9a-f]{64}(\.[a-z0-9]+){0,2})$/;

async function cacheEntries(cacheDir: string): Promise<Entry[]> {
  const buckets = await readdir(cacheDir, { withFileTypes: true }).catch(() => []);
  const folders = buckets.filter((entry) => entry.isDirectory());
  const files = await mapConcurrent(folders, 16, async ({ name }) => {
    const names = await readdir(path.join(cacheDir, name));
    return names
      .filter((each) => CACHE_NAME.test(each))
      .map((each) => path.join(cacheDir, name, each));
  });
  const entries = await mapConcurrent(files.flat(), 16, async (file) => {
    const found = await stat(file).catch(() => undefined);
    return found && { file, bytes: found.size, usedAt: found.mtimeMs };
  });
  return entries.filter((entry) => entry !== undefined);
}
