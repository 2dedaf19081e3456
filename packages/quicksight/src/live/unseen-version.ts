import type { LiveDashboard } from "./live.ts";

/**
 * Number of a version that somebody else made while the newest deployment was at work, which did
 * not know of it; null for none. Once that deployment is what people see, somebody has decided.
 */
export function unseenVersion({
  versions,
  published,
}: Pick<LiveDashboard, "versions" | "published">): number | null {
  const last = versions.find(({ mark }) => mark !== null);
  if (last === undefined || last.number === published) return null;
  const after = last.mark?.after ?? 0;
  const unseen = versions.find(
    ({ number, mark, outcome }) =>
      mark === null && outcome === "ok" && after < number && number < last.number,
  );
  return unseen?.number ?? null;
}
