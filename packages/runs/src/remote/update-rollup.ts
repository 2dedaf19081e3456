import { TurnawayError, type Problem } from "@turnaway/core";
import { ATHENA_PRICE } from "@turnaway/engines/athena";
import {
  buildRollup,
  planRollup,
  type RollupPlan,
  type SilentScope,
  type Warehouse,
} from "@turnaway/engines/warehouse";
import type { BuildFacts } from "@turnaway/sql";

import { describeDays } from "../days.ts";
import type { Ports } from "../ports.ts";

/** The rollup after it was brought up to date, as far as it could be. */
export interface UpdatedRollup {
  /** The builds that readers see. */
  readonly published: readonly BuildFacts[];
  /** A problem for each day that should have been built and was not. */
  readonly problems: readonly Problem[];
  /** Who delivered nothing on which of the days. */
  readonly silent: readonly SilentScope[];
}

/**
 * Builds those of the days that are missing or stale, after saying what that reads and costs.
 *
 * A day that can't be built does not stop the others: it is answered as a problem, since
 * readers still see the build before, or none.
 *
 * @throws TurnawayError where nothing can be asked at all, or INTERRUPTED.
 */
export async function updateRollup(
  warehouse: Warehouse,
  days: readonly string[],
  ports: Ports,
): Promise<UpdatedRollup> {
  const plan = await planRollup(warehouse, days, { signal: ports.signal });
  const before = [...plan.upToDate, ...plan.days].flatMap(({ build }) => build ?? []);
  const { silent } = plan;
  if (plan.days.length === 0) return { published: before, problems: [], silent };
  ports.say(`building the rollup first: ${describePlan(plan, warehouse)}`);
  const { built, failed, error } = await buildWithProgress(warehouse, plan, { ports });
  return {
    published: [...before, ...built],
    silent,
    problems: failed.map((day) => ({
      code: "ROLLUP_NOT_BUILT",
      where: day,
      detail: `the rollup of the day could not be built: ${error?.detail.why ?? "see the other days"}`,
      partial: true,
    })),
  };
}

/** What came of the days of a plan. */
export interface BuiltPlan {
  readonly built: readonly BuildFacts[];
  readonly failed: readonly string[];
  /** Of the first day that failed. */
  readonly error: TurnawayError | null;
}

/** Builds a plan behind a bar; days that fail are answered, not thrown. */
export async function buildWithProgress(
  warehouse: Warehouse,
  plan: RollupPlan,
  { ports, parallel }: { ports: Ports; parallel?: number | undefined },
): Promise<BuiltPlan> {
  const { signal } = ports;
  const progress = await ports.startProgress("building the rollup");
  const failed: string[] = [];
  const published: string[] = [];
  try {
    const { built } = await buildRollup(warehouse, plan, {
      signal,
      ...(parallel === undefined ? {} : { parallel }),
      onProgress: ({ day, state, done, days }) => {
        if (state === "failed") failed.push(day);
        if (state === "published") published.push(day);
        progress.update(done, days);
      },
    });
    return { built: built.map(({ facts }) => facts), failed: [], error: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TurnawayError) || !OF_A_DAY.has(error.code)) throw error;
    return { built: await factsOf(warehouse, published, signal), failed: failed.toSorted(), error };
  } finally {
    progress.stop();
  }
}

/** What may be the trouble of one day alone; wrong settings are that of all. */
const OF_A_DAY: ReadonlySet<string> = new Set(["ENGINE", "AWS"]);

// What was built is thrown away with the error: asked again, it is as others see it.
async function factsOf(
  warehouse: Warehouse,
  days: readonly string[],
  signal: AbortSignal,
): Promise<readonly BuildFacts[]> {
  if (days.length === 0) return [];
  const { upToDate } = await planRollup(warehouse, days, { signal });
  return upToDate.flatMap(({ build }) => build ?? []);
}

/** `3 days (2026-11-17 to 2026-11-19), 1.24 GB of logs to read, about $0.0065`. */
export function describePlan(plan: RollupPlan, { engine }: Warehouse): string {
  const { days, expectedBytes, expectedUsd } = plan;
  const count = `${days.length} ${days.length === 1 ? "day" : "days"}`;
  const cost =
    engine.name === "athena"
      ? `, about $${expectedUsd.toFixed(4)} at $${ATHENA_PRICE.usdPerTb} a TB as of ${ATHENA_PRICE.asOf}`
      : "";
  const named = days.length === 0 ? "" : ` (${describeDays(days.map(({ day }) => day))})`;
  return `${count}${named}, ${gigabytes(expectedBytes)} of logs to read${cost}`;
}

/** Bytes for people. */
export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
