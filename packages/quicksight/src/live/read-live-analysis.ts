import type { AnalysisSummary } from "@aws-sdk/client-quicksight";

import type { QuickSightSession } from "../api/session.ts";
import { readTags } from "../journal/tags.ts";
import type { WantedDashboard } from "../wanted/want.ts";
import { readAnalysis } from "./content.ts";
import type { Found, LiveAnalysis, LiveDashboard } from "./live.ts";
import { outcomeOf } from "./outcome.ts";
import { hashesIn } from "./read-data-set.ts";
import { readPermissions } from "./read-permissions.ts";

/**
 * An analysis as it is. It is written before the version of its dashboard, so one that was not
 * touched since that version holds what the version says, and need not be described.
 */
export async function readLiveAnalysis(
  session: QuickSightSession,
  { id, hash }: Pick<WantedDashboard, "id" | "hash">,
  {
    summary,
    dashboard,
  }: { readonly summary: AnalysisSummary; readonly dashboard: Found<LiveDashboard> },
): Promise<LiveAnalysis> {
  const arn = summary.Arn ?? "";
  const outcome = outcomeOf(summary.Status);
  const updatedAt = summary.LastUpdatedTime?.getTime() ?? 0;
  const known = { arn, outcome, updatedAt };
  const said = hashSaid(dashboard, updatedAt);
  if (said !== null || outcome === "failed" || outcome === "deleted") {
    const isWritten = said !== hash || outcome !== "ok";
    const permissions = isWritten ? null : await readPermissions(session, "analysis", id);
    return { ...known, content: null, ours: [], permissions };
  }
  const content = await readAnalysis(session, id);
  if (content.hashes.includes(hash)) {
    const permissions = await readPermissions(session, "analysis", id);
    return { ...known, content, ours: [hash], permissions };
  }
  return { ...known, content, ours: hashesIn(await readTags(session, arn)), permissions: null };
}

// Only the service's own times are compared, so no clock of ours matters.
function hashSaid(dashboard: Found<LiveDashboard>, updatedAt: number): string | null {
  if (dashboard === null || dashboard instanceof Error) return null;
  const [{ mark, createdAt }] = dashboard.versions;
  return mark !== null && updatedAt <= createdAt ? mark.hash : null;
}
