import { addDays, dayOf } from "@turnaway/core";
import { type Check, fail, failed, ok, warn } from "@turnaway/core/checks";
import { planViews, rollupStatus } from "@turnaway/engines/warehouse";
import type { Settings } from "@turnaway/runs";
import type { OpenWarehouse } from "@turnaway/runs/remote";

import type { Context } from "../context.ts";

/** Each view against the text that it should have. */
export async function checkViews(
  { warehouse }: OpenWarehouse,
  { signal }: Context,
): Promise<Check[]> {
  try {
    const { views } = await planViews(warehouse, signal);
    const other = views.filter(({ state }) => state !== "current");
    if (other.length === 0) return [ok("VIEWS", `all ${views.length} are as they should be`)];
    const what = other.map(({ name, state }) => `${name} is ${state}`).join(", ");
    const fix = `run \`turnaway views deploy --engine ${warehouse.engine.name}\``;
    return [fail("VIEWS", what, fix)];
  } catch (error) {
    return failed("VIEWS", error);
  }
}

/** The days that a report of yesterday needs. */
export async function checkRollup(
  { warehouse }: OpenWarehouse,
  { config, now }: Settings,
  { signal }: Context,
): Promise<Check[]> {
  const last = addDays(dayOf(now, "UTC"), -1);
  const first = addDays(last, -config.report.historyDays);
  try {
    const { days } = await rollupStatus(warehouse, { first, last }, signal);
    const due = days.filter(({ state }) => state !== "built" && state !== "no-files");
    const built = days.filter(({ build }) => build !== null).map(({ day }) => day);
    const what = `${built.length} of ${days.length} days are built`;
    if (due.length === 0) return [ok("ROLLUP", what)];
    const range = `${due[0]!.day}..${due.at(-1)!.day}`;
    const fix = `the next report builds them, or \`turnaway rollup build --engine ${warehouse.engine.name} --days ${range}\``;
    return [warn("ROLLUP", `${what}, ${due.length} are to be built`, fix)];
  } catch (error) {
    return failed("ROLLUP", error);
  }
}
