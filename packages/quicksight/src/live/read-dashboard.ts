import type { DashboardSummary } from "@aws-sdk/client-quicksight";

import { askAll } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { HELD_TAG, readTags } from "../journal/tags.ts";
import { readMark } from "../journal/version-mark.ts";
import type { WantedDashboard } from "../wanted/want.ts";
import { readVersion } from "./content.ts";
import type { LiveDashboard, LiveVersion } from "./live.ts";
import { outcomeOf } from "./outcome.ts";
import { readPermissions } from "./read-permissions.ts";
import { unseenVersion } from "./unseen-version.ts";

/**
 * A dashboard as it is, by two calls where nothing changed: a version that this deployment marked
 * with the wanted hash need not be described.
 */
export async function readDashboard(
  session: QuickSightSession,
  { id, hash }: Pick<WantedDashboard, "id" | "hash">,
  { Arn, PublishedVersionNumber }: DashboardSummary,
): Promise<LiveDashboard | null> {
  const versions = await readVersions(session, id);
  const [latest] = versions;
  if (latest === undefined) return null;
  const arn = Arn ?? "";
  const published = PublishedVersionNumber ?? null;
  const unseen = unseenVersion({ versions, published });
  const isWanted = latest.mark?.hash === hash;
  const isPending = isWanted && latest.outcome === "ok" && latest.number !== published;
  // The definition of a version that failed, or is not ready yet, can not be asked for.
  const isReadable = !isWanted && latest.outcome === "ok";
  return {
    arn,
    published,
    versions: [latest, ...versions.slice(1)],
    permissions: await readPermissions(session, "dashboard", id),
    content: isReadable ? await readVersion(session, id, latest.number) : null,
    unseen:
      unseen === null ? null : { number: unseen, content: await readVersion(session, id, unseen) },
    held: isPending ? heldIn(await readTags(session, arn)) : null,
  };
}

/** The versions of a dashboard, newest first. */
export async function readVersions(
  session: QuickSightSession,
  id: string,
): Promise<readonly LiveVersion[]> {
  const found = await askAll(
    session,
    { operation: "ListDashboardVersions", subject: id },
    {
      page: (api, input, options) =>
        api.listDashboardVersions({ ...input, DashboardId: id }, options),
      items: ({ DashboardVersionSummaryList }) => DashboardVersionSummaryList,
    },
  );
  return found
    .map(({ VersionNumber, Status, CreatedTime, Description }) => ({
      number: VersionNumber ?? 0,
      outcome: outcomeOf(Status),
      createdAt: CreatedTime?.getTime() ?? 0,
      description: Description ?? null,
      mark: readMark(Description),
    }))
    .toSorted((a, b) => b.number - a.number);
}

function heldIn(tags: ReadonlyMap<string, string>): number | null {
  const held = tags.get(HELD_TAG);
  return held === undefined ? null : Number(held);
}
