import type {
  QuickSightStore,
  StoredAsset,
  StoredDashboard,
  StoredDataSet,
  Wire,
} from "./store.ts";
import { type Result, resultOf } from "./work.ts";

/**
 * What people and the next run find in the end: two runs that end alike are equal in it. Versions
 * that failed are left out, which nobody ever sees, and so are times.
 */
export interface QuickSightSite {
  readonly dataSources: readonly SiteAsset[];
  readonly dataSets: readonly SiteAsset[];
  readonly analyses: readonly SiteAsset[];
  readonly dashboards: readonly SiteDashboard[];
}

/** An asset with whatever else its kind has. */
export interface SiteAsset {
  readonly id: string;
  readonly permissions: readonly object[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface SiteDashboard extends SiteAsset {
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
    dataSets: inOrder(store.dataSets).map((dataSet) => ({
      ...grantsOf(dataSet),
      input: dataSet.input,
      refreshProperties: dataSet.refreshProperties,
      schedules: [...dataSet.schedules.values()],
      refreshed: lastRefresh(dataSet),
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

// What comes of an import that a new or changed data set brings with it is not anybody's wish.
function lastRefresh({ ingestions }: StoredDataSet): Result | undefined {
  const last = ingestions.findLast(({ type }) => type.endsWith("_REFRESH"));
  return last && resultOf(last.work);
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

function grantsOf({ id, permissions, tags }: SiteGrants): SiteAsset {
  return {
    id,
    permissions: permissions
      .map(({ Principal, Actions }) => ({ Principal, Actions: Actions.toSorted() }))
      .toSorted((a, b) => (a.Principal < b.Principal ? -1 : 1)),
    tags: Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

type SiteGrants = Pick<StoredAsset, "id" | "permissions" | "tags">;

function inOrder<Asset extends StoredAsset>(assets: ReadonlyMap<string, Asset>): Asset[] {
  return [...assets.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
