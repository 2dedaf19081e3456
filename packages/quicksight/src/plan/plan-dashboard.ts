import { TurnawayError } from "@turnaway/core";

import type { Content, Live, LiveDashboard, UnseenVersion } from "../live/live.ts";
import { comparePermissions, wantedPermissions } from "../wanted/permissions.ts";
import type { Wanted, WantedDashboard } from "../wanted/want.ts";
import { changesTo } from "./changes-to.ts";
import type { AssetPlan } from "./dashboards-plan.ts";
import { NOTHING, repairOr, unreadable } from "./verdicts.ts";

/** What happens to a dashboard: its newest version decides, whichever is published. */
export function planDashboard(
  { audience, target }: Wanted,
  wanted: WantedDashboard,
  { dashboards }: Live,
): AssetPlan {
  const { name, id } = wanted;
  const live = dashboards.get(id) ?? null;
  const asset = { kind: "dashboard", name, id, ...NOTHING } as const;
  if (live instanceof TurnawayError) return unreadable(asset, live);
  if (live === null) {
    return { ...asset, action: "create", changes: changesTo(wanted, null, target) };
  }
  const permissions = comparePermissions(
    wantedPermissions("dashboard", audience),
    live.permissions,
  );
  const { action, why } = verdictOf(wanted, live);
  const content = conflictingVersion(wanted, live)?.content ?? live.content;
  return {
    ...asset,
    permissions,
    action: repairOr(action, permissions),
    why,
    changes: content === null || !SHOWN.has(action) ? [] : changesTo(wanted, content, target),
  };
}

const SHOWN: ReadonlySet<AssetPlan["action"]> = new Set(["update", "edited"]);

type Verdict = Pick<AssetPlan, "action" | "why">;

function verdictOf(wanted: WantedDashboard, live: LiveDashboard): Verdict {
  const unseen = conflictingVersion(wanted, live);
  if (unseen !== null) {
    const [latest] = live.versions;
    const why = `somebody else made version ${unseen.number} while version ${latest.number} was deployed`;
    return { action: "edited", why };
  }
  return isWanted(wanted, live) ? whatIsLeft(live) : whatIsOther(wanted, live);
}

// A version that was pulled, and is wanted now, is no conflict any more.
function conflictingVersion(
  { hash }: WantedDashboard,
  { unseen }: LiveDashboard,
): UnseenVersion | null {
  return unseen === null || saysThe(hash, unseen.content) ? null : unseen;
}

// What somebody else made of it counts as wanted where it is what was deployed anyway.
function isWanted({ hash }: WantedDashboard, { versions, content }: LiveDashboard): boolean {
  const last = versions.find(({ mark }) => mark !== null);
  return last?.mark?.hash === hash && (last === versions[0] || saysThe(hash, content));
}

function saysThe(hash: string, content: Content | null): boolean {
  return content?.hashes.includes(hash) === true;
}

function whatIsLeft({ versions: [latest], published, held }: LiveDashboard): Verdict {
  const version = `version ${latest.number}`;
  if (latest.outcome === "in progress") {
    return { action: "wait", why: `${version} is being made` };
  }
  if (latest.outcome !== "ok") return { action: "update", why: `${version} failed` };
  if (latest.number === published) return { action: "unchanged", why: null };
  if (latest.number === held) return { action: "held", why: `${version} was rolled back from` };
  const seen = published === null ? "nothing" : `version ${published}`;
  return { action: "publish", why: `${version} is ready, people see ${seen}` };
}

function whatIsOther({ hash }: WantedDashboard, { versions, content }: LiveDashboard): Verdict {
  const [latest] = versions;
  if (latest.mark !== null) return { action: "update", why: null };
  // A change that was pulled: with a version of ours, what is changed next is no conflict.
  if (saysThe(hash, content)) {
    return { action: "update", why: `version ${latest.number} of somebody else says the same` };
  }
  const last = versions.find(({ mark }) => mark !== null);
  const isOurs = last !== undefined && saysThe(last.mark!.hash, content);
  // What failed was never seen, and what says the same as our own version is no loss.
  if (isOurs || latest.outcome === "failed") return { action: "update", why: null };
  const since = last === undefined ? "" : `, after version ${last.number} of a deployment`;
  const isBehind = last?.mark !== undefined && last.mark?.hash !== hash;
  const also = isBehind ? "; the files changed, too, and were not deployed" : "";
  return { action: "edited", why: `somebody else made version ${latest.number}${since}${also}` };
}
