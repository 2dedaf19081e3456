import type { DayRange } from "@turnaway/sql";

import { type BuiltDay, buildDay } from "./build-day.ts";
import { cleanBuilds, type CleanedBuilds } from "./clean-builds.ts";
import { CommitQueue } from "./commit-queue.ts";
import type { RollupPlan } from "./plan-rollup.ts";
import { createRollupTables, type Warehouse } from "./warehouse.ts";

export interface BuildOptions {
  /** Days that are built side by side. Default 2. */
  readonly parallel?: number;
  readonly signal?: AbortSignal;
  /** Told when a day begins, and when it is published or failed. */
  readonly onProgress?: (progress: BuildProgress) => void;
}

export interface BuildProgress {
  readonly day: string;
  readonly state: "building" | "published" | "failed";
  /** Days that are published, of all. */
  readonly done: number;
  readonly days: number;
}

export interface RollupBuild {
  /** Published, oldest day first. */
  readonly built: readonly BuiltDay[];
  /** What was cleaned up after it; null where that failed, which harms nobody. */
  readonly cleaned: CleanedBuilds | null;
}

/**
 * Builds the days of a plan, and publishes each as soon as it is whole.
 *
 * A day that fails does not stop the others; the first error is thrown when all have ended,
 * and the days that were published stay published.
 *
 * @throws TurnawayError of the first day that failed, or INTERRUPTED.
 */
export async function buildRollup(
  warehouse: Warehouse,
  plan: RollupPlan,
  { parallel = 2, signal, onProgress }: BuildOptions = {},
): Promise<RollupBuild> {
  if (plan.days.length === 0) return { built: [], cleaned: null };
  await createRollupTables(warehouse, signal);
  const queue = new CommitQueue();
  const waiting = [...plan.days];
  const built: BuiltDay[] = [];
  const errors: unknown[] = [];
  const tell = (day: string, state: BuildProgress["state"]): void =>
    onProgress?.({ day, state, done: built.length, days: plan.days.length });
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      tell(next.day, "building");
      try {
        built.push(await buildDay(warehouse, next.files, { queue, ...(signal && { signal }) }));
        tell(next.day, "published");
      } catch (error) {
        errors.push(error);
        tell(next.day, "failed");
        if (signal?.aborted === true) return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, work));
  signal?.throwIfAborted();
  if (errors.length > 0) throw errors[0];
  const range = { first: plan.days[0]!.day, last: plan.days.at(-1)!.day };
  return {
    built: built.toSorted((a, b) => (a.facts.day < b.facts.day ? -1 : 1)),
    cleaned: await cleanQuietly(warehouse, range, { queue, ...(signal && { signal }) }),
  };
}

async function cleanQuietly(
  warehouse: Warehouse,
  range: DayRange,
  options: { queue: CommitQueue; signal?: AbortSignal },
): Promise<CleanedBuilds | null> {
  try {
    return await cleanBuilds(warehouse, range, options);
  } catch {
    return null;
  }
}
