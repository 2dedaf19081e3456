import { didYouMean, TurnawayError } from "@turnaway/core";

import type { QuickSightSession } from "../api/session.ts";
import type { LiveVersion } from "../live/live.ts";
import { readVersions } from "../live/read-dashboard.ts";
import { listDashboards } from "../live/read-live.ts";
import { assetArn, dashboardId } from "../wanted/names.ts";

/** A dashboard that is there, with its history. */
export interface FoundDashboard {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** Number of the version that people see. */
  readonly published: number | null;
  /** Newest first; never empty. */
  readonly versions: readonly [LiveVersion, ...LiveVersion[]];
}

/**
 * Finds dashboards by their names.
 *
 * @throws TurnawayError USAGE for one that was never deployed
 */
export async function findDashboards(
  session: QuickSightSession,
  names: readonly string[],
): Promise<readonly FoundDashboard[]> {
  const { target } = session;
  const summaries = await listDashboards(session);
  const found: FoundDashboard[] = [];
  for (const name of names) {
    const id = dashboardId(target, name);
    const summary = summaries.get(id);
    const [latest, ...older] = summary === undefined ? [] : await readVersions(session, id);
    if (summary === undefined || latest === undefined) {
      throw notThere(name, id, namesOf(summaries.keys(), target.prefix));
    }
    found.push({
      name,
      id,
      arn: assetArn(target, "dashboard", id),
      published: summary.PublishedVersionNumber ?? null,
      versions: [latest, ...older],
    });
  }
  return found;
}

function namesOf(ids: Iterable<string>, prefix: string): readonly string[] {
  return [...ids].filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
}

function notThere(name: string, id: string, names: readonly string[]): TurnawayError {
  return new TurnawayError("USAGE", {
    what: `the dashboard ${name} is not there`,
    where: id,
    why: "it was never deployed to this account and region",
    fix: didYouMean(name, names) ?? "run `turnaway dashboards deploy`",
  });
}
