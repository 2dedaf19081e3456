import { TurnawayError } from "@turnaway/core";

import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags } from "../journal/tags.ts";
import { outcomeOf } from "../live/outcome.ts";
import type { DashboardsPlan } from "../plan/dashboards-plan.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import { ifAny } from "./parts.ts";
import { until } from "./until.ts";

/**
 * Copies an analysis that is about to be written over: an analysis has no versions, so what
 * somebody made of it would be lost. The copy is there when this is done.
 *
 * @returns id of the copy, which follows from what it says: a repeated run makes no second one
 * @throws TurnawayError AWS where the copy does not succeed, and then nothing may be written over
 */
export async function keepAnalysis(
  session: QuickSightSession,
  { plan: { wanted }, id }: { readonly plan: DashboardsPlan; readonly id: string },
  waitMs: number,
): Promise<string> {
  const asked = { operation: "DescribeAnalysisDefinition", subject: id };
  const { Name, ThemeArn, Definition } = await ask(session, asked, (api, to, options) =>
    api.describeAnalysisDefinition({ ...to, AnalysisId: id }, options),
  );
  const copy = `${id}-kept-${hashOf(Definition).slice(0, 8)}`;
  const content = {
    AnalysisId: copy,
    Name: `${Name ?? id} (kept)`,
    Definition,
    ...(ThemeArn !== undefined && { ThemeArn }),
  };
  const before = await statusOf(session, copy);
  if (before === null) {
    await askOnce(
      session,
      { operation: "CreateAnalysis", subject: copy },
      {
        send: async (api, to, options) => {
          const Permissions = wantedPermissions("analysis", wanted.audience);
          const more = { ...ifAny("Permissions", Permissions), Tags: newTags(wanted.deployment) };
          await api.createAnalysis({ ...to, ...content, ...more }, options);
          return true;
        },
        done: async () => ((await statusOf(session, copy)) === null ? null : true),
      },
    );
  } else if (outcomeOf(before) === "failed") {
    await ask(session, { operation: "UpdateAnalysis", subject: copy }, (api, to, options) =>
      api.updateAnalysis({ ...to, ...content }, options),
    );
  }
  await untilItIsKept(session, { id, copy, waitMs });
  return copy;
}

async function untilItIsKept(
  session: QuickSightSession,
  { id, copy, waitMs }: { readonly id: string; readonly copy: string; readonly waitMs: number },
): Promise<void> {
  const awaited = { what: "the copy of the analysis", subject: copy, waitMs };
  const outcome = await until(session, awaited, async () => {
    const seen = outcomeOf((await statusOf(session, copy)) ?? undefined);
    return seen === "in progress" ? null : seen;
  });
  if (outcome === "ok") return;
  throw new TurnawayError("AWS", {
    what: "the analysis is not written over",
    where: id,
    why: `somebody changed it, and the copy ${copy} that would keep the change failed`,
    fix: `run the same command again, or keep it as files with \`turnaway dashboards pull ${id}\` and delete it in the console`,
  });
}

/** Null for an analysis that is not there. */
async function statusOf(session: QuickSightSession, id: string): Promise<string | null> {
  const asked = { operation: "DescribeAnalysis", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeAnalysis({ ...to, AnalysisId: id }, options),
  );
  return found?.Analysis?.Status ?? null;
}
