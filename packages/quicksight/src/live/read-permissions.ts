import type { ResourcePermission } from "@aws-sdk/client-quicksight";

import { ask } from "../api/ask.ts";
import type { CallOptions, QuickSightApi } from "../api/quicksight-api.ts";
import type { QuickSightSession } from "../api/session.ts";
import type { AssetKind } from "../wanted/names.ts";

/** Who may do what with an asset. */
export async function readPermissions(
  session: QuickSightSession,
  kind: AssetKind,
  id: string,
): Promise<readonly ResourcePermission[]> {
  const { operation, read } = READERS[kind];
  const { Permissions = [] } = await ask(session, { operation, subject: id }, (api, to, options) =>
    read(api, { ...to, id }, options),
  );
  return Permissions;
}

interface Reader {
  readonly operation: string;
  readonly read: (
    api: QuickSightApi,
    asset: { readonly AwsAccountId: string; readonly id: string },
    options: CallOptions,
  ) => Promise<{ Permissions?: ResourcePermission[] | undefined }>;
}

const READERS: Readonly<Record<AssetKind, Reader>> = {
  "data source": {
    operation: "DescribeDataSourcePermissions",
    read: (api, { AwsAccountId, id }, options) =>
      api.describeDataSourcePermissions({ AwsAccountId, DataSourceId: id }, options),
  },
  "data set": {
    operation: "DescribeDataSetPermissions",
    read: (api, { AwsAccountId, id }, options) =>
      api.describeDataSetPermissions({ AwsAccountId, DataSetId: id }, options),
  },
  analysis: {
    operation: "DescribeAnalysisPermissions",
    read: (api, { AwsAccountId, id }, options) =>
      api.describeAnalysisPermissions({ AwsAccountId, AnalysisId: id }, options),
  },
  dashboard: {
    operation: "DescribeDashboardPermissions",
    read: (api, { AwsAccountId, id }, options) =>
      api.describeDashboardPermissions({ AwsAccountId, DashboardId: id }, options),
  },
};
