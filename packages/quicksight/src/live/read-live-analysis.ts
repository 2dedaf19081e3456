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
  const ours = hashesIn(await readTags(session, arn));
  const isLeft = content.hashes.includes(hash) && isOneOf(ours, content.hashes);
  const permissions = isLeft ? await readPermissions(session, "analysis", id) : null;
  return { ...known, content, ours, permissions };
}

/** Whether any of the hashes is known. */
export function isOneOf(known: readonly string[], hashes: readonly string[]): boolean {
  return hashes.some((hash) => known.includes(hash));
}

// Only the service's own times are compared, so no clock of ours matters.
function hashSaid(dashboard: Found<LiveDashboard>, updatedAt: number): string | null {
  if (dashboard === null || dashboard instanceof Error) return null;
  const [{ mark, createdAt }] = dashboard.versions;
  return mark !== null && updatedAt <= createdAt ? mark.hash : null;
}
