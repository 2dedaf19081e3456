import { type ErrorDetail, TurnawayError } from "@turnaway/core";

import type { QuickSightSession } from "../api/session.ts";
import type { DashboardsPlan } from "../plan/dashboards-plan.ts";
import { deployAnalysis } from "./deploy-analysis.ts";
import { type DeployedDashboard, deployDashboard } from "./deploy-dashboard.ts";
import { deployDataSet } from "./deploy-data-set.ts";
import { deployDataSource } from "./deploy-data-source.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployRefresh, removeRefresh } from "./deploy-refresh.ts";
import { refuseEdits } from "./refuse-edits.ts";

/** What was deployed, and what was not. */
export interface AppliedPlan {
  readonly dashboards: readonly DeployedDashboard[];
  /** One for each asset that failed; the others were deployed all the same. */
  readonly failures: readonly TurnawayError[];
}

/**
 * Makes live what is wanted: the data source, the data sets and how they are refreshed, then each
 * analysis and its dashboard. What is as wanted is not touched, so a run that was broken off goes
 * on where it stopped.
 *
 * @throws TurnawayError USAGE for what somebody else changed, before anything is written; AWS
 * where the data source fails, since nothing works without it
 */
export async function applyPlan(
  session: QuickSightSession,
  plan: DashboardsPlan,
  options: DeployOptions,
): Promise<AppliedPlan> {
  refuseEdits(plan, options.force);
  await deployDataSource(session, plan, options);
  const failures: TurnawayError[] = [];
  const broken = new Set<string>();
  for (const wanted of plan.wanted.dataSets) {
    const failure = await failureOf(async () => {
      await removeRefresh(session, { plan, wanted }, options);
      await deployDataSet(session, { plan, wanted }, options);
      await deployRefresh(session, { plan, wanted }, options);
    });
    if (failure === null) continue;
    failures.push(failure);
    broken.add(wanted.id);
  }
  const dashboards: DeployedDashboard[] = [];
  for (const wanted of plan.wanted.dashboards) {
    const missing = wanted.dataSets.find((id) => broken.has(id));
    const failure = await failureOf(async () => {
      if (missing !== undefined) throw skipped(wanted.id, missing);
      await deployAnalysis(session, { plan, wanted }, options);
      dashboards.push(await deployDashboard(session, { plan, wanted }, options));
    });
    if (failure !== null) failures.push(failure);
  }
  return { dashboards, failures };
}

/** All failures as one error; nothing where there is none. @throws TurnawayError */
export function throwFailures(failures: readonly TurnawayError[]): void {
  const [first] = failures;
  if (first === undefined) return;
  const details: ErrorDetail[] = failures.flatMap((failure) => [...failure.details]);
  throw new TurnawayError(first.code, details, { cause: first });
}

// One asset that fails breaks no other; what ends the whole run does.
async function failureOf(work: () => Promise<void>): Promise<TurnawayError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof TurnawayError) || !STAYS.has(error.code)) throw error;
    return error;
  }
}

const STAYS = new Set(["AWS", "CONFLICT"]);

function skipped(id: string, dataSet: string): TurnawayError {
  return new TurnawayError("AWS", {
    what: "the dashboard was not tried",
    where: id,
    why: `its data set ${dataSet} could not be deployed`,
    fix: "mend that first, and run the same command again",
  });
}
