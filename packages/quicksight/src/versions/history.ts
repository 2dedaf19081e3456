import type { FoundDashboard } from "./find-dashboard.ts";

/** One version, as people ask about it. */
export interface HistoryEntry {
  readonly dashboard: string;
  readonly version: number;
  readonly status: string;
  readonly published: boolean;
  /** ISO 8601. */
  readonly when: string;
  /** Who deployed it; null for a version of somebody else. */
  readonly who: string | null;
  readonly commit: string | null;
  /** Version of turnaway that deployed it. */
  readonly package: string | null;
  /** What stands in the service; null for nothing. */
  readonly description: string | null;
}

/** The versions of a dashboard, newest first. */
export function historyOf({ name, published, versions }: FoundDashboard): readonly HistoryEntry[] {
  return versions.map(({ number, outcome, createdAt, mark, description }) => ({
    dashboard: name,
    version: number,
    status: outcome,
    published: number === published,
    when: new Date(createdAt).toISOString().replace(/\.\d+Z$/, "Z"),
    who: mark?.by ?? null,
    commit: mark?.sha ?? null,
    package: mark?.package ?? null,
    description,
  }));
}
