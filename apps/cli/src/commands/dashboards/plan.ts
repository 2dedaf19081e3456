import { makePlan, planAsValue, readLive, renderPlan } from "@turnaway/quicksight";
import { choice } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, wantChecked } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";

/** `turnaway dashboards plan`: what `deploy` would do. Changes nothing. */
export const run: Run = async ([names], options, context) => {
  const format = choice(options, "format", ["md", "json"]) ?? "md";
  const definitions = askedDefinitions(options, names);
  const connected = await connect(options, context);
  const wanted = wantChecked(definitions, connected);
  const plan = makePlan(wanted, await readLive(connected.session, wanted));
  await print(format === "json" ? `${JSON.stringify(planAsValue(plan))}\n` : renderPlan(plan));
  const unreadable = plan.assets.filter(({ action }) => action === "unreadable");
  for (const { kind, id, why } of unreadable) context.say(`PARTIAL: ${kind} ${id}: ${why}`);
  if (unreadable.length > 0) context.outcome.exitCode = 3;
};
