import { TurnawayError } from "@turnaway/core";

import { askOrNull } from "../api/ask.ts";
import type { CallOptions, QuickSightApi } from "../api/quicksight-api.ts";
import type { QuickSightSession } from "../api/session.ts";
import type { AssetKind } from "../wanted/names.ts";
import type { Removal } from "./plan-removal.ts";

/**
 * Deletes what the plan says. What is gone already is gone: a run that was broken off goes on.
 *
 * @param confirm name of the deployment, which somebody has typed
 * @throws TurnawayError USAGE where the name is not that of the deployment
 */
export async function remove(
  session: QuickSightSession,
  { deployment, goes }: Removal,
  { confirm, say }: { readonly confirm: string | null; readonly say: (line: string) => void },
): Promise<void> {
  if (confirm !== deployment) throw notConfirmed(deployment, confirm);
  for (const { kind, id } of goes) {
    const { operation, send } = DELETERS[kind];
    await askOrNull(session, { operation, subject: id }, (api, to, options) =>
      send(api, { ...to, id }, options),
    );
    say(`${kind} ${id}: deleted`);
  }
}

interface Deleter {
  readonly operation: string;
  readonly send: (
    api: QuickSightApi,
    asset: { readonly AwsAccountId: string; readonly id: string },
    options: CallOptions,
  ) => Promise<unknown>;
}

const DELETERS: Readonly<Record<AssetKind, Deleter>> = {
  dashboard: {
    operation: "DeleteDashboard",
    send: (api, { AwsAccountId, id }, options) =>
      api.deleteDashboard({ AwsAccountId, DashboardId: id }, options),
  },
  analysis: {
    operation: "DeleteAnalysis",
    // QuickSight can bring it back for 30 days, and so does the next deployment.
    send: (api, { AwsAccountId, id }, options) =>
      api.deleteAnalysis({ AwsAccountId, AnalysisId: id }, options),
  },
  "data set": {
    operation: "DeleteDataSet",
    send: (api, { AwsAccountId, id }, options) =>
      api.deleteDataSet({ AwsAccountId, DataSetId: id }, options),
  },
  "data source": {
    operation: "DeleteDataSource",
    send: (api, { AwsAccountId, id }, options) =>
      api.deleteDataSource({ AwsAccountId, DataSourceId: id }, options),
  },
};

function notConfirmed(deployment: string, confirm: string | null): TurnawayError {
  return new TurnawayError("USAGE", {
    what: "nothing is deleted",
    where: "--confirm",
    why:
      confirm === null
        ? "nobody has confirmed it"
        : `received "${confirm}", and the deployment is called ${deployment}`,
    fix: `read what would go, and run again with --confirm ${deployment}`,
  });
}
