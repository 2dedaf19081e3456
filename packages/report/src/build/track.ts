import type { Sighting } from "./sightings.ts";

/** One trouble in the report's period, and how long it has been there. */
export interface Tracked {
  readonly key: string;
  readonly status: "new" | "ongoing" | "resolved";
  /** 1 on the first day. Of a resolved one: how many days it lasted. */
  readonly day: number;
  /** In the report's period; of a resolved one, in the last that had it. */
  readonly sighting: Sighting;
  /** First start in the unbroken run of periods, Unix seconds. */
  readonly firstSeen: number | null;
}

/**
 * Follows each key through the periods.
 *
 * A run is unbroken over periods that had no logs at all: nothing is resolved by
 * not looking. What was there in the last covered period and is not now is resolved.
 */
export function track(
  sightings: readonly Sighting[],
  keyOf: (sighting: Sighting) => string,
  periods: { readonly last: number; readonly covered: ReadonlySet<number> },
): Tracked[] {
  const runs = new Map<string, Map<number, Sighting>>();
  for (const sighting of sightings) {
    const key = keyOf(sighting);
    const run = runs.get(key) ?? new Map<number, Sighting>();
    run.set(sighting.period, sighting);
    runs.set(key, run);
  }
  return [...runs].flatMap(([key, run]) => followRun(key, run, periods) ?? []);
}

function followRun(
  key: string,
  run: ReadonlyMap<number, Sighting>,
  { last, covered }: { readonly last: number; readonly covered: ReadonlySet<number> },
): Tracked | undefined {
  if (!run.has(last) && !covered.has(last)) return undefined;
  const end = run.has(last) ? last : previousCovered(last, covered);
  const sighting = end === undefined ? undefined : run.get(end);
  if (sighting === undefined || end === undefined) return undefined;
  let start = end;
  for (let p = previousCovered(start, covered); p !== undefined && run.has(p);) {
    start = p;
    p = previousCovered(start, covered);
  }
  const status = end !== last ? "resolved" : start === last ? "new" : "ongoing";
  return {
    key,
    status,
    day: end - start + 1,
    sighting,
    firstSeen: run.get(start)!.first_seen,
  };
}

function previousCovered(period: number, covered: ReadonlySet<number>): number | undefined {
  for (let p = period - 1; p >= 0; p--) if (covered.has(p)) return p;
  return undefined;
}
