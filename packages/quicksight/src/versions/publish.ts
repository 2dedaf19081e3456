import { TurnawayError } from "@turnaway/core";

import type { QuickSightSession } from "../api/session.ts";
import { awaitVersion, type VersionOf } from "../deploy/await-version.ts";
import { conflict } from "../deploy/conflict.ts";
import { unseenVersion } from "../live/unseen-version.ts";
import { findDashboards, type FoundDashboard } from "./find-dashboard.ts";
import { publishVersion } from "./publish-version.ts";

export interface PublishOptions {
  /** Also a version that somebody else made. */
  readonly force: boolean;
  readonly waitMs: number;
  /** Only say what would be done. */
  readonly dryRun: boolean;
}

/** What people see of a dashboard, before and after. */
export interface Published {
  readonly name: string;
  readonly id: string;
  readonly before: number | null;
  readonly after: number;
}

/**
 * Makes the newest version of a dashboard what people see, once that very version is made.
 *
 * @param files of the dashboard, by which errors of the version are named
 * @throws TurnawayError AWS where the version failed; USAGE where somebody else made it; CONFLICT
 * where somebody made a newer one while it was waited for
 */
export async function publish(
  session: QuickSightSession,
  { found, files }: { readonly found: FoundDashboard; readonly files: VersionOf },
  { force, waitMs, dryRun }: PublishOptions,
): Promise<Published> {
  const { name, id, published, versions } = found;
  const [latest] = versions;
  const outcome = { name, id, before: published, after: latest.number };
  if (latest.number === published) return outcome;
  if (latest.mark === null && !force) throw somebodyElses(found);
  const unseen = unseenVersion(found);
  if (unseen !== null && !force) throw goesOver(found, unseen);
  if (dryRun && latest.outcome === "in progress") return outcome;
  await awaitVersion(session, files, { number: latest.number, waitMs });
  if (dryRun) return outcome;
  return { ...outcome, before: await show(session, found, force) };
}

/** @returns what people saw right before: while it was waited for somebody may have published. */
async function show(
  session: QuickSightSession,
  { name, versions: [{ number }] }: FoundDashboard,
  force: boolean,
): Promise<number | null> {
  const [now] = await findDashboards(session, [name]);
  const { id, arn, published, versions } = now!;
  const newest = versions[0].number;
  if (newest !== number && !force) {
    throw conflict(id, `version ${newest} was made meanwhile, after version ${number}`);
  }
  if (published !== number) {
    await publishVersion(session, { id, arn, number, before: published });
  }
  return published;
}

function goesOver({ name, id, versions: [latest] }: FoundDashboard, unseen: number): TurnawayError {
  return new TurnawayError("USAGE", {
    what: `version ${latest.number} is not published`,
    where: id,
    why: `somebody else made version ${unseen} while it was deployed`,
    fix: `run \`turnaway dashboards pull ${name}\` to keep that version as files, or publish over it with --force`,
  });
}

function somebodyElses({ name, id, versions: [latest] }: FoundDashboard): TurnawayError {
  return new TurnawayError("USAGE", {
    what: `version ${latest.number} is not published`,
    where: id,
    why: "somebody else made it, and no deployment",
    fix: `run \`turnaway dashboards pull ${name}\` to keep it as files, or publish it with --force`,
  });
}
