import { composeBuild } from "@turnaway/sql";

import { queryCost } from "../athena/price.ts";
import { dayStatuses, type DayStatus } from "./rollup-status.ts";
import { findSilentScopes, type SilentScope } from "./silent-scopes.ts";
import type { Warehouse } from "./warehouse.ts";

/** What a build would do, and what it would cost: shown before it starts. */
export interface RollupPlan {
  /** Days to build, oldest first. */
  readonly days: readonly DayStatus[];
  /** Days that were asked for and need no build. */
  readonly upToDate: readonly DayStatus[];
  /** Bytes of logs that the engine will read. */
  readonly expectedBytes: number;
  /** Accounts and regions of the configuration that delivered nothing on one of the days. */
  readonly silent: readonly SilentScope[];
  /** What Athena bills for it; 0 on an engine that bills nothing. */
  readonly expectedUsd: number;
}

export interface PlanOptions {
  /** Build days again that are up to date. */
  readonly rebuild?: boolean;
  readonly signal?: AbortSignal;
}

/** Which of these UTC days have to be built, from what, at what cost. Reads no log. */
export async function planRollup(
  warehouse: Warehouse,
  days: readonly string[],
  { rebuild = false, signal }: PlanOptions = {},
): Promise<RollupPlan> {
  if (days.length === 0)
    return { days: [], upToDate: [], silent: [], expectedBytes: 0, expectedUsd: 0 };
  const sorted = days.toSorted();
  const range = { first: sorted[0]!, last: sorted.at(-1)! };
  const asked = (await dayStatuses(warehouse, range, signal)).filter(({ day }) =>
    days.includes(day),
  );
  const isDue = ({ state }: DayStatus): boolean =>
    state !== "no-files" && (rebuild || state !== "built");
  const due = asked.filter(isDue);
  const bytes = due.map(({ files }) => files.expectedBytes);
  return {
    days: due,
    upToDate: asked.filter((day) => !isDue(day)),
    silent: findSilentScopes(
      asked.map(({ files }) => files),
      warehouse.logs,
    ),
    expectedBytes: bytes.reduce((sum, own) => sum + own, 0),
    expectedUsd: bytes.reduce((sum, own) => sum + expectedCost(warehouse, own), 0),
  };
}

// The scan, and statements over what it left, which cost the least that Athena bills.
function expectedCost(warehouse: Warehouse, scannedBytes: number): number {
  if (warehouse.engine.name !== "athena") return 0;
  const build = { day: "2000-01-01", build: "" };
  const { steps, inserts } = composeBuild(warehouse.place, warehouse, build);
  const small = steps.length + inserts.length + ["verify", "publish"].length;
  return (
    queryCost({ scannedBytes, billed: true }) + small * queryCost({ scannedBytes: 0, billed: true })
  );
}
