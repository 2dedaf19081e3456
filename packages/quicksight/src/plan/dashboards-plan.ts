import type { ErrorDetail } from "@turnaway/core";
import type { DefinitionChange } from "@turnaway/dashboards";

import type { Live } from "../live/live.ts";
import type { AssetKind } from "../wanted/names.ts";
import type { PermissionChange } from "../wanted/permissions.ts";
import type { Wanted } from "../wanted/want.ts";

/** Everything that `deploy` would do, and what it knows from. */
export interface DashboardsPlan {
  readonly wanted: Wanted;
  readonly live: Live;
  /** In the order in which they are deployed. */
  readonly assets: readonly AssetPlan[];
}

/**
 * What happens to an asset:
 *
 * - `wait`: the wanted version is being made by an earlier run, or somebody else
 * - `publish`: the wanted version is there, and people still see another one
 * - `held`: the same, and it was rolled back from, so that only a person publishes it
 * - `edited`: somebody else changed it, which is refused without `--force`
 * - `unreadable`: nobody could look
 */
export type Action =
  | "create"
  | "update"
  | "wait"
  | "publish"
  | "held"
  | "repair permissions"
  | "unchanged"
  | "edited"
  | "unreadable";

/** What happens to one asset, and why. */
export interface AssetPlan {
  readonly kind: AssetKind | "refresh";
  /** As its file calls it. */
  readonly name: string;
  readonly id: string;
  readonly action: Action;
  /** In words; null where the action says it all. */
  readonly why: string | null;
  readonly permissions: PermissionChange;
  /** Of a dashboard or analysis by meaning, from what is live to what is wanted. */
  readonly changes: readonly DefinitionChange[];
  /** Of what is unreadable. */
  readonly error: ErrorDetail | null;
}

/** The plan of one asset. */
export function planOf(
  plan: Pick<DashboardsPlan, "assets">,
  kind: AssetPlan["kind"],
  id: string,
): AssetPlan {
  const found = plan.assets.find((asset) => asset.kind === kind && asset.id === id);
  if (found === undefined) throw new Error(`the plan has no ${kind} ${id}`);
  return found;
}

/** Whether deploying and publishing would change anything. */
export function isAsWritten({ assets }: Pick<DashboardsPlan, "assets">): boolean {
  return assets.every(({ action }) => action === "unchanged");
}
