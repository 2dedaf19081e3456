import type { Call, Handler } from "../call.ts";
import { text } from "../call.ts";
import type { Input } from "../request.ts";
import { invalid } from "../service-error.ts";
import type { Permission, QuickSightStore, StoredAsset } from "../store.ts";
import { checkPrincipals, existing, REQUEST } from "./assets.ts";

/** Describe and update the permissions of each kind of asset. */
export const PERMISSIONS = {
  ...permissionsOf("Dashboard", ({ dashboards }) => dashboards),
  ...permissionsOf("Analysis", ({ analyses }) => analyses),
  ...permissionsOf("DataSet", ({ dataSets }) => dataSets),
  ...permissionsOf("DataSource", ({ dataSources }) => dataSources),
} satisfies Record<string, Handler>;

/** @throws ServiceError for a principal that is not there or an action of another kind of asset */
export function checkPermissions(
  call: Pick<Call, "store">,
  kind: AssetKind,
  permissions: readonly Permission[] = [],
): void {
  checkPrincipals(call, permissions);
  for (const action of permissions.flatMap(({ Actions }) => Actions)) {
    if (!ACTIONS[kind].has(action)) {
      throw invalid(`Action ${action} is not valid for the resource type ${kind}`);
    }
  }
}

type AssetKind = "Dashboard" | "Analysis" | "DataSet" | "DataSource";

const ACTIONS: Readonly<Record<AssetKind, ReadonlySet<string>>> = {
  Dashboard: actions(
    "DescribeDashboard ListDashboardVersions QueryDashboard UpdateDashboard DeleteDashboard DescribeDashboardPermissions UpdateDashboardPermissions UpdateDashboardPublishedVersion",
  ),
  Analysis: actions(
    "DescribeAnalysis QueryAnalysis UpdateAnalysis DeleteAnalysis RestoreAnalysis DescribeAnalysisPermissions UpdateAnalysisPermissions",
  ),
  DataSet: actions(
    "DescribeDataSet DescribeDataSetPermissions PassDataSet DescribeIngestion ListIngestions UpdateDataSet DeleteDataSet UpdateDataSetPermissions CreateIngestion CancelIngestion PutDataSetRefreshProperties DescribeDataSetRefreshProperties DeleteDataSetRefreshProperties CreateRefreshSchedule UpdateRefreshSchedule DescribeRefreshSchedule ListRefreshSchedules DeleteRefreshSchedule",
  ),
  DataSource: actions(
    "DescribeDataSource DescribeDataSourcePermissions PassDataSource UpdateDataSource DeleteDataSource UpdateDataSourcePermissions",
  ),
};

function actions(names: string): ReadonlySet<string> {
  return new Set(names.split(" ").map((name) => `quicksight:${name}`));
}

function permissionsOf<Kind extends AssetKind>(
  kind: Kind,
  assetsIn: (store: QuickSightStore) => ReadonlyMap<string, StoredAsset>,
): Record<`Describe${Kind}Permissions` | `Update${Kind}Permissions`, Handler> {
  const find = ({ store, input }: Call): StoredAsset =>
    existing(assetsIn(store), text(input, `${kind}Id`), kind);
  const names = ({ id, arn }: StoredAsset): object => ({
    [`${kind}Id`]: id,
    [`${kind}Arn`]: arn,
    ...REQUEST,
  });
  const describe: Handler = (call) => {
    const asset = find(call);
    return { ...names(asset), Permissions: asset.permissions };
  };
  const update: Handler = (call) => {
    const asset = find(call);
    const grants = granted(call.input, "GrantPermissions");
    checkPermissions(call, kind, grants);
    asset.permissions = changed(asset.permissions, {
      grants,
      revokes: granted(call.input, "RevokePermissions"),
    });
    // Data keeps to itself who may read it.
    const isTold = kind === "Dashboard" || kind === "Analysis";
    return { ...names(asset), ...(isTold && { Permissions: asset.permissions }) };
  };
  return {
    [`Describe${kind}Permissions`]: describe,
    [`Update${kind}Permissions`]: update,
  } as ReturnType<typeof permissionsOf<Kind>>;
}

function granted(input: Input, member: string): readonly Permission[] {
  return (input[member] ?? []) as Permission[];
}

// A grant adds actions to those that a principal has; who has none left is no longer listed.
function changed(
  before: readonly Permission[],
  { grants, revokes }: Record<"grants" | "revokes", readonly Permission[]>,
): Permission[] {
  const actions = new Map(before.map(({ Principal, Actions }) => [Principal, new Set(Actions)]));
  for (const { Principal, Actions } of revokes) {
    for (const action of Actions) actions.get(Principal)?.delete(action);
  }
  for (const { Principal, Actions } of grants) {
    const own = actions.get(Principal) ?? new Set();
    for (const action of Actions) own.add(action);
    actions.set(Principal, own);
  }
  return [...actions]
    .filter(([, own]) => own.size > 0)
    .map(([Principal, own]) => ({ Principal, Actions: [...own] }));
}
