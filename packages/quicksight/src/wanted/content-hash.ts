import { createHash } from "node:crypto";

import {
  type Dashboard,
  type DashboardTarget,
  type DefinitionFiles,
  normalize,
} from "@turnaway/dashboards";

/** The files that say what is seen, without what only deployments read: modes and refreshes. */
export function meaningOf(
  { name, theme, definition }: Pick<Dashboard, "name" | "theme" | "definition">,
  target: DashboardTarget,
): DefinitionFiles {
  const head = theme === undefined ? { name } : { name, theme };
  return normalize({ ...head, dataSets: {}, definition }, target);
}

/** Hash of what a dashboard means: the same in every account, for whatever filled-in values. */
export function contentHash(
  dashboard: Pick<Dashboard, "name" | "theme" | "definition">,
  target: DashboardTarget,
): string {
  return hashOf(
    Object.entries(meaningOf(dashboard, target)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Hash of any value of the API; members that are undefined count as absent. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
