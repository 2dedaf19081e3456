import { TurnawayError } from "@turnaway/core";

import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { CONTENT_TAG, newTags, OWNER_TAG, writeTags } from "../journal/tags.ts";
import type { LiveAnalysis } from "../live/live.ts";
import { outcomeOf } from "../live/outcome.ts";
import { readPermissions } from "../live/read-permissions.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import { dashboardContent } from "../wanted/dashboard-content.ts";
import { assetArn } from "../wanted/names.ts";
import { comparePermissions, wantedPermissions } from "../wanted/permissions.ts";
import type { WantedDashboard } from "../wanted/want.ts";
import { conflict } from "./conflict.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { keepAnalysis } from "./keep-analysis.ts";
import { nameErrors } from "./name-errors.ts";
import { failIfUnreadable, ifAny } from "./parts.ts";
import { repairPermissions } from "./repair-permissions.ts";
import { until } from "./until.ts";

/** Makes an analysis what it is to be. What somebody else made of it is kept beside it. */
export async function deployAnalysis(
  session: QuickSightSession,
  { plan, wanted }: { readonly plan: DashboardsPlan; readonly wanted: WantedDashboard },
  options: DeployOptions,
): Promise<void> {
  const { id } = wanted;
  const { say, waitMs } = options;
  const asset = planOf(plan, "analysis", id);
  failIfUnreadable(asset);
  const live = plan.live.analyses.get(id) as LiveAnalysis | null;
  if (asset.action === "create" && live === null) {
    await create(session, plan, wanted);
  } else if (WRITTEN.has(asset.action)) {
    await update(session, { plan, wanted, live: live! }, options);
  }
  if (WRITTEN.has(asset.action) || asset.action === "wait") {
    await untilItIsMade(session, wanted, waitMs);
    say(`analysis ${id}: ${asset.action === "create" ? "created" : "updated"}`);
  }
  const wantedOnes = wantedPermissions("analysis", plan.wanted.audience);
  // The plan did not look where the analysis is written anyway.
  const change =
    live === null || live.permissions !== null
      ? asset.permissions
      : comparePermissions(wantedOnes, await readPermissions(session, "analysis", id));
  const isRepaired = await repairPermissions(session, { kind: "analysis", id }, change);
  if (isRepaired) say(`analysis ${id}: permissions repaired`);
}

const WRITTEN: ReadonlySet<string> = new Set(["create", "update", "edited"]);

function create(
  session: QuickSightSession,
  { wanted: { audience, deployment, target } }: DashboardsPlan,
  wanted: WantedDashboard,
): Promise<boolean> {
  const { id, hash } = wanted;
  return askOnce(
    session,
    { operation: "CreateAnalysis", subject: id },
    {
      send: async (api, to, options) => {
        await api.createAnalysis(
          {
            ...to,
            ...dashboardContent(wanted, target),
            AnalysisId: id,
            ...ifAny("Permissions", wantedPermissions("analysis", audience)),
            Tags: newTags(deployment, { [CONTENT_TAG]: hash }),
          },
          options,
        );
        return true;
      },
      done: async () => ((await describeAnalysis(session, id)) === null ? null : true),
    },
  );
}

async function update(
  session: QuickSightSession,
  {
    plan,
    wanted,
    live,
  }: {
    readonly plan: DashboardsPlan;
    readonly wanted: WantedDashboard;
    readonly live: LiveAnalysis;
  },
  options: DeployOptions,
): Promise<void> {
  const { id, hash } = wanted;
  const { deployment, target } = plan.wanted;
  if (live.outcome === "deleted") {
    await restore(session, id);
  } else if (planOf(plan, "analysis", id).action === "edited") {
    await keep(session, { plan, id }, options);
  }
  const before = live.content?.hashes[0] ?? saidBefore(plan, id);
  // Before the content: a run that ends in between leaves hashes that are both known.
  await writeTags(session, assetArn(target, "analysis", id), {
    [OWNER_TAG]: deployment,
    [CONTENT_TAG]: before === undefined || before === hash ? hash : `${hash} ${before}`,
  });
  if (live.outcome !== "deleted") await refuseOrKeepNewer(session, { plan, id, live }, options);
  await ask(session, { operation: "UpdateAnalysis", subject: id }, (api, to, options) =>
    api.updateAnalysis({ ...to, ...dashboardContent(wanted, target), AnalysisId: id }, options),
  );
}

// One that is not deleted can't be brought back.
function restore(session: QuickSightSession, id: string): Promise<boolean> {
  return askOnce(
    session,
    { operation: "RestoreAnalysis", subject: id },
    {
      send: async (api, to, options) => {
        await api.restoreAnalysis({ ...to, AnalysisId: id }, options);
        return true;
      },
      done: async () => {
        const analysis = await describeAnalysis(session, id);
        return outcomeOf(analysis?.Status) === "deleted" ? null : true;
      },
    },
  );
}

// The last request before the content is written: what somebody saves earlier is seen.
async function refuseOrKeepNewer(
  session: QuickSightSession,
  {
    plan,
    id,
    live,
  }: { readonly plan: DashboardsPlan; readonly id: string; readonly live: LiveAnalysis },
  options: DeployOptions,
): Promise<void> {
  const savedAt = async () => (await describeAnalysis(session, id))?.LastUpdatedTime?.getTime();
  const now = await savedAt();
  if (now === live.updatedAt) return;
  if (!options.force) throw conflict(id, "the analysis changed since the plan");
  await keep(session, { plan, id }, options);
  if ((await savedAt()) !== now) throw conflict(id, "somebody is at work on the analysis");
}

async function keep(
  session: QuickSightSession,
  analysis: { readonly plan: DashboardsPlan; readonly id: string },
  { say, waitMs }: DeployOptions,
): Promise<void> {
  const copy = await keepAnalysis(session, analysis, waitMs);
  say(`analysis ${analysis.id}: as it was it is kept as ${copy}`);
}

// An analysis that was not touched since the newest version holds what that version says.
function saidBefore({ live }: DashboardsPlan, id: string): string | undefined {
  const dashboard = live.dashboards.get(id) ?? null;
  if (dashboard === null || dashboard instanceof TurnawayError) return undefined;
  return dashboard.versions[0].mark?.hash;
}

async function untilItIsMade(
  session: QuickSightSession,
  wanted: WantedDashboard,
  waitMs: number,
): Promise<void> {
  const { id } = wanted;
  const made = await until(session, { what: "the analysis", subject: id, waitMs }, async () => {
    const analysis = await describeAnalysis(session, id);
    return outcomeOf(analysis?.Status) === "in progress" ? null : (analysis ?? {});
  });
  if (outcomeOf(made.Status) === "ok") return;
  throw new TurnawayError("AWS", nameErrors("the analysis failed", made.Errors ?? [], wanted));
}

async function describeAnalysis(session: QuickSightSession, id: string) {
  const asked = { operation: "DescribeAnalysis", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeAnalysis({ ...to, AnalysisId: id }, options),
  );
  return found?.Analysis ?? null;
}
