import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags } from "../journal/tags.ts";
import type { DashboardsPlan } from "../plan/dashboards-plan.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import { ifAny } from "./parts.ts";

/**
 * Copies an analysis that is about to be written over: an analysis has no versions, so what
 * somebody made of it would be lost.
 *
 * @returns id of the copy, which follows from what it says: a repeated run makes no second one
 */
export async function keepAnalysis(
  session: QuickSightSession,
  { wanted: { deployment, audience } }: DashboardsPlan,
  id: string,
): Promise<string> {
  const asked = { operation: "DescribeAnalysisDefinition", subject: id };
  const { Name, ThemeArn, Definition } = await ask(session, asked, (api, to, options) =>
    api.describeAnalysisDefinition({ ...to, AnalysisId: id }, options),
  );
  const copy = `${id}-kept-${hashOf(Definition).slice(0, 8)}`;
  await askOnce(
    session,
    { operation: "CreateAnalysis", subject: copy },
    {
      send: async (api, to, options) => {
        if (await isThere(session, copy)) return true;
        await api.createAnalysis(
          {
            ...to,
            AnalysisId: copy,
            Name: `${Name ?? id} (kept)`,
            Definition,
            ...(ThemeArn !== undefined && { ThemeArn }),
            ...ifAny("Permissions", wantedPermissions("analysis", audience)),
            Tags: newTags(deployment),
          },
          options,
        );
        return true;
      },
      done: async () => null,
    },
  );
  return copy;
}

async function isThere(session: QuickSightSession, id: string): Promise<boolean> {
  const asked = { operation: "DescribeAnalysis", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeAnalysis({ ...to, AnalysisId: id }, options),
  );
  return found !== null;
}
