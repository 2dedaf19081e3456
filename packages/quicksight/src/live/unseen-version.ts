import type { LiveVersion } from "./live.ts";

/**
 * Number of a version that somebody else made while the newest deployment was at work, which did
 * not know of it; null for none. Once people see that deployment, or what somebody made after it,
 * somebody has decided.
 */
export function unseenVersion({
  versions,
  published,
}: {
  readonly versions: readonly LiveVersion[];
  readonly published: number | null;
}): number | null {
  const last = versions.find(({ mark }) => mark !== null);
  if (last === undefined || (published !== null && published >= last.number)) return null;
  const after = last.mark?.after ?? 0;
  const unseen = versions.find(
    ({ number, mark, outcome }) =>
      mark === null && outcome === "ok" && after < number && number < last.number,
  );
  return unseen?.number ?? null;
}
