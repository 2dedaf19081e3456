import {
  createRollupTables,
  deployViews,
  planViews,
  type ViewState,
} from "@turnaway/engines/warehouse";
import type { ViewPlan } from "@turnaway/infra";
import { type Options, readSettings } from "@turnaway/runs";
import { withWarehouse } from "@turnaway/runs/remote";

import type { Context } from "../context.ts";

/** How the views stand on Athena. */
export function readViews(options: Options, context: Context): Promise<readonly ViewPlan[]> {
  return withWarehouse("athena", readSettings(options), context, async ({ warehouse }) => {
    const { views, gone } = await planViews(warehouse, context.signal);
    return [
      ...views.map(({ name, state }) => ({ name, state: STATES[state] })),
      ...gone.map((name) => ({ name, state: "left-over" as const })),
    ];
  });
}

/** Makes the tables of the rollup and the views that stand on them; answers with their names. */
export function deployViewsOf(options: Options, context: Context): Promise<readonly string[]> {
  const { signal } = context;
  return withWarehouse("athena", readSettings(options), context, async ({ warehouse }) => {
    await createRollupTables(warehouse, signal);
    return deployViews(warehouse, await planViews(warehouse, signal), { signal });
  });
}

const STATES: Readonly<Record<ViewState, ViewPlan["state"]>> = {
  current: "unchanged",
  new: "new",
  changed: "changed",
  edited: "changed",
  stale: "changed",
  foreign: "foreign",
};
