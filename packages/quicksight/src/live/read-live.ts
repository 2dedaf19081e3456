import type { AnalysisSummary, DashboardSummary } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { askAll, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import type { Wanted } from "../wanted/want.ts";
import type {
  Found,
  Live,
  LiveAnalysis,
  LiveDashboard,
  LiveDataSet,
  LiveDataSource,
} from "./live.ts";
import { readDashboard } from "./read-dashboard.ts";
import { readDataSet } from "./read-data-set.ts";
import { readLiveAnalysis } from "./read-live-analysis.ts";
import { readPermissions } from "./read-permissions.ts";

/**
 * Reads what is live of everything that is wanted: two lists, and for each dashboard its versions
 * and the permissions of both its assets. What can not be read is kept as an error in its place.
 *
 * @param isThorough look, too, at what the journal says: how SPICE is refreshed
 * @throws TurnawayError where the lists can not be read, or nobody is signed in
 */
export async function readLive(
  session: QuickSightSession,
  wanted: Wanted,
  { isThorough = false }: { readonly isThorough?: boolean } = {},
): Promise<Live> {
  const summaries = await listDashboards(session);
  const analysisSummaries = await listAnalyses(session);
  const dataSets = new Map<string, Found<LiveDataSet>>();
  const dashboards = new Map<string, Found<LiveDashboard>>();
  const analyses = new Map<string, Found<LiveAnalysis>>();
  const source = await tolerant(() => readDataSource(session, wanted.source.id));
  for (const one of wanted.dataSets) {
    dataSets.set(one.id, await tolerant(() => readDataSet(session, one, isThorough)));
  }
  for (const one of wanted.dashboards) {
    const summary = summaries.get(one.id);
    const dashboard =
      summary === undefined ? null : await tolerant(() => readDashboard(session, one, summary));
    dashboards.set(one.id, dashboard);
    const analysis = analysisSummaries.get(one.id);
    analyses.set(
      one.id,
      analysis === undefined
        ? null
        : await tolerant(() => readLiveAnalysis(session, one, { summary: analysis, dashboard })),
    );
  }
  return { source, dataSets, dashboards, analyses };
}

/** All dashboards of the account, by id. */
export async function listDashboards(
  session: QuickSightSession,
): Promise<ReadonlyMap<string, DashboardSummary>> {
  const found = await askAll(
    session,
    { operation: "ListDashboards", subject: "the account's dashboards" },
    {
      page: (api, input, options) => api.listDashboards(input, options),
      items: ({ DashboardSummaryList }) => DashboardSummaryList,
    },
  );
  return new Map(found.map((summary) => [summary.DashboardId ?? "", summary]));
}

/** All analyses of the account, by id. */
export async function listAnalyses(
  session: QuickSightSession,
): Promise<ReadonlyMap<string, AnalysisSummary>> {
  const found = await askAll(
    session,
    { operation: "ListAnalyses", subject: "the account's analyses" },
    {
      page: (api, input, options) => api.listAnalyses(input, options),
      items: ({ AnalysisSummaryList }) => AnalysisSummaryList,
    },
  );
  return new Map(found.map((summary) => [summary.AnalysisId ?? "", summary]));
}

/** The data source as it is; null for none. */
export async function readDataSource(
  session: QuickSightSession,
  id: string,
): Promise<LiveDataSource | null> {
  const asked = { operation: "DescribeDataSource", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeDataSource({ ...to, DataSourceId: id }, options),
  );
  if (found?.DataSource === undefined) return null;
  const permissions = await readPermissions(session, "data source", id);
  return { asset: found.DataSource, permissions };
}

// One asset that can not be read breaks no other; what is about all of them does.
async function tolerant<Asset>(read: () => Promise<Asset | null>): Promise<Found<Asset>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TurnawayError) || error.code !== "AWS") throw error;
    return error;
  }
}
