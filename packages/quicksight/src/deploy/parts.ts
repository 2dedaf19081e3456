import { TurnawayError } from "@turnaway/core";

import type { AssetPlan } from "../plan/dashboards-plan.ts";

/** A member with a list; none for an empty one, which the API refuses. */
export function ifAny<Key extends string, Item>(
  key: Key,
  items: readonly Item[],
): { [K in Key]?: Item[] } {
  return items.length === 0 ? {} : ({ [key]: [...items] } as { [K in Key]?: Item[] });
}

/** @throws TurnawayError AWS for what the plan could not look at. */
export function failIfUnreadable({ action, error }: Pick<AssetPlan, "action" | "error">): void {
  if (action === "unreadable" && error !== null) throw new TurnawayError("AWS", error);
}
