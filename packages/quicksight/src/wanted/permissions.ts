import type { ResourcePermission } from "@aws-sdk/client-quicksight";

import type { AssetKind } from "./names.ts";

/** Who may see the dashboards, and who may change them and all below: ARNs of users and groups. */
export interface Audience {
  readonly principals: readonly string[];
  readonly authors: readonly string[];
}

/** What has to be granted and revoked to make permissions the wanted ones. */
export interface PermissionChange {
  readonly grant: readonly ResourcePermission[];
  readonly revoke: readonly ResourcePermission[];
}

/** The permissions of an asset: nothing of a viewer's but on dashboards. */
export function wantedPermissions(
  kind: AssetKind,
  { principals, authors }: Audience,
): ResourcePermission[] {
  const { viewer, owner } = ACTIONS[kind];
  const viewers =
    kind === "dashboard" ? principals.filter((principal) => !authors.includes(principal)) : [];
  return [
    ...distinct(authors).map((Principal) => ({ Principal, Actions: [...viewer, ...owner] })),
    ...distinct(viewers).map((Principal) => ({ Principal, Actions: [...viewer] })),
  ];
}

/** What makes `live` the wanted permissions; nobody keeps what the configuration does not give. */
export function comparePermissions(
  wanted: readonly ResourcePermission[],
  live: readonly ResourcePermission[],
): PermissionChange {
  const are = actionsOf(live);
  const shall = actionsOf(wanted);
  return {
    grant: wanted.filter(({ Principal, Actions = [] }) =>
      Actions.some((action) => are.get(Principal!)?.has(action) !== true),
    ),
    revoke: live.flatMap(({ Principal, Actions = [] }) => {
      const gone = Actions.filter((action) => shall.get(Principal!)?.has(action) !== true);
      return gone.length === 0 ? [] : [{ Principal, Actions: gone }];
    }),
  };
}

/** Whether anything is granted or revoked. */
export function changesPermissions({ grant, revoke }: PermissionChange): boolean {
  return grant.length + revoke.length > 0;
}

export const NO_PERMISSION_CHANGE: PermissionChange = { grant: [], revoke: [] };

/** Sets of the console, since the service takes no part of one. Source: QuickSight API, "ResourcePermission". */
const ACTIONS: Readonly<
  Record<AssetKind, { viewer: readonly string[]; owner: readonly string[] }>
> = {
  dashboard: {
    viewer: named("DescribeDashboard ListDashboardVersions QueryDashboard"),
    owner: named(
      "UpdateDashboard DeleteDashboard DescribeDashboardPermissions UpdateDashboardPermissions UpdateDashboardPublishedVersion",
    ),
  },
  analysis: {
    viewer: [],
    owner: named(
      "DescribeAnalysis QueryAnalysis UpdateAnalysis DeleteAnalysis RestoreAnalysis DescribeAnalysisPermissions UpdateAnalysisPermissions",
    ),
  },
  "data set": {
    viewer: named(
      "DescribeDataSet DescribeDataSetPermissions PassDataSet DescribeIngestion ListIngestions",
    ),
    owner: named(
      "UpdateDataSet DeleteDataSet UpdateDataSetPermissions CreateIngestion CancelIngestion",
    ),
  },
  "data source": {
    viewer: named("DescribeDataSource DescribeDataSourcePermissions PassDataSource"),
    owner: named("UpdateDataSource DeleteDataSource UpdateDataSourcePermissions"),
  },
};

function named(actions: string): readonly string[] {
  return actions.split(" ").map((action) => `quicksight:${action}`);
}

function actionsOf(
  permissions: readonly ResourcePermission[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    permissions.map(({ Principal, Actions = [] }) => [Principal ?? "", new Set(Actions)]),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
