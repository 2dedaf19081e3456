import { TurnawayError } from "@turnaway/core";

import type { QuickSightSession } from "../api/session.ts";
import {
  HELD_TAG,
  PUBLISHED_TAG,
  readTags,
  removeTags,
  ROLLBACK_TAG,
  type Tags,
  writeTags,
} from "../journal/tags.ts";
import type { FoundDashboard } from "./find-dashboard.ts";
import type { Published } from "./publish.ts";
import { publishedIn, showVersion, withPublished } from "./publish-version.ts";

export interface RollbackOptions {
  /** Number of the version to go back to; null for the one that was published before. */
  readonly version: number | null;
  /** Only say what would be done. */
  readonly dryRun: boolean;
}

/**
 * Shows an earlier version again. The version that people are saved from is held back: no
 * deployment publishes it by itself.
 *
 * What is about to happen is written down first, so that a run that is broken off and repeated
 * ends where the first one would have, and not a version further back.
 *
 * @throws TurnawayError USAGE where there is no such version, or nothing to go back to
 */
export async function rollBack(
  session: QuickSightSession,
  found: FoundDashboard,
  { version, dryRun }: RollbackOptions,
): Promise<Published> {
  const { name, id, arn, published } = found;
  const tags = await readTags(session, arn);
  const begun = version === null ? begunIn(tags, published) : null;
  const before = begun?.from ?? published;
  const after = begun?.to ?? version ?? versionBefore(found, tags);
  requireMade(found, after);
  const outcome = { name, id, before, after };
  if (dryRun) return outcome;
  if (published !== after) {
    const list = publishedIn(tags);
    await writeTags(session, arn, {
      ...(list.at(-1) !== after && { [PUBLISHED_TAG]: withPublished(list, [published, after]) }),
      ...(before !== null && {
        ...(after < before && { [HELD_TAG]: String(Math.max(before, heldIn(tags))) }),
        [ROLLBACK_TAG]: `${before}:${after}`,
      }),
    });
    await showVersion(session, id, after);
  }
  if (published !== after || tags.has(ROLLBACK_TAG)) await removeTags(session, arn, [ROLLBACK_TAG]);
  return outcome;
}

// One that was broken off, and after which nothing else was published.
function begunIn(
  tags: Tags,
  published: number | null,
): { readonly from: number; readonly to: number } | null {
  const match = /^(\d+):(\d+)$/.exec(tags.get(ROLLBACK_TAG) ?? "");
  if (match === null) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return published === from || published === to ? { from, to } : null;
}

function versionBefore({ id, published, versions }: FoundDashboard, tags: Tags): number {
  const list = publishedIn(tags);
  const made = new Set(
    versions.filter(({ outcome }) => outcome === "ok").map(({ number }) => number),
  );
  const last = published === null ? -1 : list.lastIndexOf(published);
  const earlier = (last === -1 ? list : list.slice(0, last)).filter(
    (number) => made.has(number) && number !== published && number !== heldIn(tags),
  );
  const older = [...made].filter((number) => published === null || number < published);
  const found = earlier.at(-1) ?? (older.length === 0 ? undefined : Math.max(...older));
  if (found !== undefined) return found;
  throw new TurnawayError("USAGE", {
    what: "there is nothing to go back to",
    where: id,
    why:
      published === null
        ? "no version was ever published"
        : `no other version was published before version ${published}`,
    fix: "name a version of `turnaway dashboards history`",
  });
}

function requireMade({ id, versions }: FoundDashboard, number: number): void {
  const version = versions.find((one) => one.number === number);
  if (version?.outcome === "ok") return;
  const made = versions.filter(({ outcome }) => outcome === "ok").map((one) => one.number);
  throw new TurnawayError("USAGE", {
    what: `version ${number} can't be published`,
    where: id,
    why: version === undefined ? "there is no such version" : `it is ${version.outcome}`,
    fix: `use one of ${made.join(", ")}`,
  });
}

function heldIn(tags: Tags): number {
  return Number(tags.get(HELD_TAG) ?? 0);
}
