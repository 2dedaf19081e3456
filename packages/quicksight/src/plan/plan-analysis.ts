import { TurnawayError } from "@turnaway/core";

import type { Live, LiveAnalysis } from "../live/live.ts";
import {
  comparePermissions,
  NO_PERMISSION_CHANGE,
  wantedPermissions,
} from "../wanted/permissions.ts";
import type { Wanted, WantedDashboard } from "../wanted/want.ts";
import { isOneOf } from "../live/read-live-analysis.ts";
import { changesTo } from "./changes-to.ts";
import type { AssetPlan } from "./dashboards-plan.ts";
import { NOTHING, repairOr, unreadable } from "./verdicts.ts";

/** What happens to an analysis, which people edit and a dashboard is made beside. */
export function planAnalysis(
  { audience, target }: Wanted,
  wanted: WantedDashboard,
  live: Live,
): AssetPlan {
  const { name, id, hash } = wanted;
  const analysis = live.analyses.get(id) ?? null;
  const asset = { kind: "analysis", name, id, ...NOTHING } as const;
  if (analysis instanceof TurnawayError) return unreadable(asset, analysis);
  if (analysis === null || analysis.outcome === "deleted") return { ...asset, action: "create" };
  const permissions =
    analysis.permissions === null
      ? NO_PERMISSION_CHANGE
      : comparePermissions(wantedPermissions("analysis", audience), analysis.permissions);
  const action = actionOf(analysis, { hash, said: saidBy(live, id) });
  return {
    ...asset,
    permissions,
    action: repairOr(action, permissions),
    why: action === "edited" ? "somebody changed it since the last deployment" : null,
    changes: action === "edited" ? changesTo(wanted, analysis.content, target) : [],
  };
}

function actionOf(
  { outcome, content, ours }: LiveAnalysis,
  { hash, said }: { readonly hash: string; readonly said: string | undefined },
): AssetPlan["action"] {
  if (outcome === "failed") return "update";
  const isSame = content === null ? said === hash : content.hashes.includes(hash);
  const isOurs = content === null || isOneOf(ours, content.hashes);
  // A change that was pulled is written once more, so that the next one is no conflict.
  if (isSame && !isOurs) return "update";
  if (isSame) return outcome === "in progress" ? "wait" : "unchanged";
  return isOurs ? "update" : "edited";
}

function saidBy({ dashboards }: Live, id: string): string | undefined {
  const dashboard = dashboards.get(id) ?? null;
  if (dashboard === null || dashboard instanceof TurnawayError) return undefined;
  return dashboard.versions[0].mark?.hash;
}
