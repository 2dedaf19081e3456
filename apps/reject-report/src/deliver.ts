import type { Report } from "@turnaway/core";
import { deliverReport, type Delivery, describePlan } from "@turnaway/issues";
import type { Ports } from "@turnaway/runs";

import { githubAccess } from "./github-access.ts";
import type { Task } from "./prepare.ts";
import { untilAborted } from "./until-aborted.ts";

/** Makes GitHub show the report; with `dry-run` only says what that takes. */
export async function deliver(
  report: Report,
  { inputs, job, issue, dryRun, publicOk }: Task,
  { sources, ports }: { sources: readonly string[]; ports: Ports },
): Promise<Delivery> {
  // What was begun at GitHub is found by the next run, whatever became of it.
  const delivery = await untilAborted(
    deliverReport({
      report,
      settings: issue,
      sources,
      // A plan says which steps, and shows nothing of the report.
      publicOk: publicOk || dryRun !== null,
      dryRun: dryRun !== null,
      access: githubAccess(job, inputs.githubToken ?? ""),
    }),
    ports.signal,
  );
  if (dryRun !== null) ports.say(`nothing is changed on GitHub, since ${dryRun}; otherwise:`);
  for (const line of describePlan(delivery.plan)) ports.say(line);
  for (const warning of delivery.warnings) ports.say(`warning: ${warning}`);
  return delivery;
}
