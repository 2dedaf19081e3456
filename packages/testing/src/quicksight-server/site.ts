import type { QuickSightStore, StoredAsset, StoredDashboard, Wire } from "./store.ts";
import { resultOf } from "./work.ts";

/**
 * What people and the next run find in the end: two runs that end alike are equal in it. Versions
 * that failed are left out, which nobody ever sees, and so are times.
 */
export interface QuickSightSite {
  readonly dataSources: readonly object[];
  readonly dataSets: readonly object[];
  readonly analyses: readonly object[];
  readonly dashboards: readonly SiteDashboard[];
}

export interface SiteDashboard {
  readonly id: string;
  readonly permissions: readonly object[];
  readonly tags: Readonly<Record<string, string>>;
  /** Versions that succeeded, the oldest first. */
  readonly versions: readonly {
    readonly number: number;
    readonly name: string;
    readonly description: string | undefined;
    readonly theme: string | undefined;
    readonly definition: Wire;
    readonly isPublished: boolean;
  }[];
}

export function siteOf(store: QuickSightStore): QuickSightSite {
  return {
    dataSources: inOrder(store.dataSources).map((source) => ({
      ...grantsOf(source),
      input: source.input,
      result: resultOf(source.work),
    })),
    dataSets: inOrder(store.dataSets).map(({ input, refreshProperties, schedules, ...asset }) => ({
      ...grantsOf(asset),
      input,
      refreshProperties,
      schedules: [...schedules.values()],
    })),
    analyses: inOrder(store.analyses).map(({ name, theme, definition, work, ...asset }) => ({
      ...grantsOf(asset),
      name,
      theme,
      definition,
      result: resultOf(work),
      isDeleted: asset.isDeleted,
    })),
    dashboards: inOrder(store.dashboards).map((dashboard) => ({
      ...grantsOf(dashboard),
      versions: versionsOf(dashboard),
    })),
  };
}

function versionsOf({ versions, published }: StoredDashboard): SiteDashboard["versions"] {
  return versions
    .filter(({ work }) => resultOf(work) !== "FAILED")
    .map(({ number, name, description, theme, definition }) => ({
      number,
      name,
      description,
      theme,
      definition,
      isPublished: number === published,
    }));
}

function grantsOf({
  id,
  permissions,
  tags,
}: Pick<StoredAsset, "id" | "permissions" | "tags">): Pick<
  SiteDashboard,
  "id" | "permissions" | "tags"
> {
  return {
    id,
    permissions: permissions
      .map(({ Principal, Actions }) => ({ Principal, Actions: Actions.toSorted() }))
      .toSorted((a, b) => (a.Principal < b.Principal ? -1 : 1)),
    tags: Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function inOrder<Asset extends StoredAsset>(assets: ReadonlyMap<string, Asset>): Asset[] {
  return [...assets.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
