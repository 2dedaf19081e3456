import { TurnawayError } from "@turnaway/core";
import { type DashboardTarget, type DefinitionChange, diffDefinitions } from "@turnaway/dashboards";

import type { Content } from "../live/live.ts";
import { filesOf } from "../pull/files-of.ts";
import type { WantedDashboard } from "../wanted/want.ts";

/** What changes by meaning from what is live to what is wanted; nothing where it can not be files. */
export function changesTo(
  wanted: WantedDashboard,
  live: Content | null,
  target: DashboardTarget,
): readonly DefinitionChange[] {
  if (live === null) return diffDefinitions(null, wanted.files);
  try {
    return diffDefinitions(filesOf(live, { target, before: wanted }), wanted.files);
  } catch (error) {
    if (error instanceof TurnawayError) return [];
    throw error;
  }
}
