import type { ResourcePermission } from "@aws-sdk/client-quicksight";

import { ask } from "../api/ask.ts";
import type { CallOptions, QuickSightApi } from "../api/quicksight-api.ts";
import type { QuickSightSession } from "../api/session.ts";
import type { AssetKind } from "../wanted/names.ts";
import { changesPermissions, type PermissionChange } from "../wanted/permissions.ts";

/** Grants and revokes, if there is anything to grant or revoke. */
export async function repairPermissions(
  session: QuickSightSession,
  { kind, id }: { readonly kind: AssetKind; readonly id: string },
  change: PermissionChange,
): Promise<boolean> {
  if (!changesPermissions(change)) return false;
  const { operation, write } = WRITERS[kind];
  const { grant, revoke } = change;
  await ask(session, { operation, subject: id }, (api, to, options) =>
    write(
      api,
      {
        ...to,
        id,
        ...(grant.length > 0 && { GrantPermissions: [...grant] }),
        ...(revoke.length > 0 && { RevokePermissions: [...revoke] }),
      },
      options,
    ),
  );
  return true;
}

interface Change {
  readonly AwsAccountId: string;
  readonly id: string;
  readonly GrantPermissions?: ResourcePermission[];
  readonly RevokePermissions?: ResourcePermission[];
}

interface Writer {
  readonly operation: string;
  readonly write: (api: QuickSightApi, change: Change, options: CallOptions) => Promise<unknown>;
}

const WRITERS: Readonly<Record<AssetKind, Writer>> = {
  "data source": {
    operation: "UpdateDataSourcePermissions",
    write: (api, { id, ...change }, options) =>
      api.updateDataSourcePermissions({ ...change, DataSourceId: id }, options),
  },
  "data set": {
    operation: "UpdateDataSetPermissions",
    write: (api, { id, ...change }, options) =>
      api.updateDataSetPermissions({ ...change, DataSetId: id }, options),
  },
  analysis: {
    operation: "UpdateAnalysisPermissions",
    write: (api, { id, ...change }, options) =>
      api.updateAnalysisPermissions({ ...change, AnalysisId: id }, options),
  },
  dashboard: {
    operation: "UpdateDashboardPermissions",
    write: (api, { id, ...change }, options) =>
      api.updateDashboardPermissions({ ...change, DashboardId: id }, options),
  },
};
