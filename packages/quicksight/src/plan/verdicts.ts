import type { TurnawayError } from "@turnaway/core";

import { changesPermissions, NO_PERMISSION_CHANGE } from "../wanted/permissions.ts";
import type { AssetPlan } from "./dashboards-plan.ts";

/** The plan of what could not be read. */
export function unreadable(
  asset: Pick<AssetPlan, "kind" | "name" | "id">,
  { detail }: TurnawayError,
): AssetPlan {
  return { ...asset, ...NOTHING, action: "unreadable", why: detail.why, error: detail };
}

/** What most plans leave open. */
export const NOTHING = {
  why: null,
  permissions: NO_PERMISSION_CHANGE,
  changes: [],
  error: null,
} as const;

/** The action, or the repair where it is all that there is to do. */
export function repairOr(
  action: AssetPlan["action"],
  permissions: AssetPlan["permissions"],
): AssetPlan["action"] {
  return action === "unchanged" && changesPermissions(permissions) ? "repair permissions" : action;
}
