import { TurnawayError } from "@turnaway/core";

import { ask, askAll, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { OWNER_TAG, readTags } from "../journal/tags.ts";
import { listAnalyses, listDashboards, readDataSource } from "../live/read-live.ts";
import { assetArn, type AssetKind, dashboardId, dataSourceId } from "../wanted/names.ts";
import type { Wanted } from "../wanted/want.ts";

/** What would go, in the order in which it goes. */
export interface Removal {
  readonly deployment: string;
  readonly goes: readonly RemovedAsset[];
  /** What is left, and why. */
  readonly stays: readonly (RemovedAsset & { readonly why: string })[];
}

export interface RemovedAsset {
  readonly kind: AssetKind;
  readonly id: string;
}

/**
 * What `delete` would delete: dashboards, their analyses, the data sets that nothing else of this
 * deployment reads, and at last the data source. Only what bears the tag of the deployment goes.
 *
 * @param names of dashboards; none for all of the deployment
 * @throws TurnawayError USAGE for a dashboard that this deployment did not make
 */
export async function planRemoval(
  session: QuickSightSession,
  names: readonly string[],
  wanted: Pick<Wanted, "dashboards">,
): Promise<Removal> {
  const { deployment, target } = session;
  const asked = new Set(names.map((name) => dashboardId(target, name)));
  const isAsked = (id: string): boolean =>
    names.length === 0 || asked.has(id.replace(/-kept-[0-9a-f]{8}$/, ""));
  const dashboards = await ownedOf(session, "dashboard", (await listDashboards(session)).keys());
  const analyses = await ownedOf(session, "analysis", (await listAnalyses(session)).keys());
  const foreign = [...dashboards.foreign, ...analyses.foreign].filter((id) => asked.has(id));
  if (foreign.length > 0) throw notOurs(foreign, deployment);
  const dataSets = await ownedOf(session, "data set", await listDataSets(session));
  const used = await usedBy(session, {
    dashboards: [...dashboards.foreign, ...dashboards.ours.filter((id) => !isAsked(id))],
    analyses: [...analyses.foreign, ...analyses.ours.filter((id) => !isAsked(id))],
  });
  const filed = new Set(
    wanted.dashboards.filter(({ id }) => asked.has(id)).flatMap((one) => one.dataSets),
  );
  const read = await usedBy(session, {
    dashboards: dashboards.ours.filter(isAsked),
    analyses: analyses.ours.filter(isAsked),
  });
  const candidates = dataSets.ours.filter(
    (id) => names.length === 0 || filed.has(id) || read.has(id),
  );
  const going = candidates.filter((id) => !used.has(id));
  const source = await sourceOf(session, dataSets.ours.length === going.length);
  const stays = candidates
    .filter((id) => used.has(id))
    .map((id) => ({
      kind: "data set" as const,
      id,
      why: `${used.get(id)} reads it`,
    }));
  return {
    deployment,
    goes: [
      ...placed("dashboard", dashboards.ours.filter(isAsked)),
      ...placed("analysis", analyses.ours.filter(isAsked)),
      ...placed("data set", going),
      ...source,
    ],
    stays,
  };
}

function placed(kind: AssetKind, ids: readonly string[]): readonly RemovedAsset[] {
  return ids.toSorted().map((id) => ({ kind, id }));
}

interface Owned {
  readonly ours: readonly string[];
  readonly foreign: readonly string[];
}

// The prefix alone does not tell `production` from `production-eu`: the tag does.
async function ownedOf(
  session: QuickSightSession,
  kind: AssetKind,
  ids: Iterable<string>,
): Promise<Owned> {
  const { target, deployment } = session;
  const owned = { ours: [] as string[], foreign: [] as string[] };
  for (const id of ids) {
    if (!id.startsWith(target.prefix)) continue;
    const tags = await readTags(session, assetArn(target, kind, id));
    (tags.get(OWNER_TAG) === deployment ? owned.ours : owned.foreign).push(id);
  }
  return owned;
}

async function listDataSets(session: QuickSightSession): Promise<readonly string[]> {
  const found = await askAll(
    session,
    { operation: "ListDataSets", subject: "the account's data sets" },
    {
      page: (api, input, options) => api.listDataSets(input, options),
      items: ({ DataSetSummaries }) => DataSetSummaries,
    },
  );
  return found.map(({ DataSetId }) => DataSetId ?? "");
}

/** Data sets by id, with one that reads them. */
async function usedBy(
  session: QuickSightSession,
  { dashboards, analyses }: Record<"dashboards" | "analyses", readonly string[]>,
): Promise<ReadonlyMap<string, string>> {
  const used = new Map<string, string>();
  const add = (by: string, arns: readonly string[] = []): void => {
    for (const arn of arns) used.set(arn.split("/").at(-1) ?? arn, by);
  };
  for (const id of dashboards) {
    const { Dashboard } = await ask(
      session,
      { operation: "DescribeDashboard", subject: id },
      (api, to, options) => api.describeDashboard({ ...to, DashboardId: id }, options),
    );
    add(`the dashboard ${id}`, Dashboard?.Version?.DataSetArns);
  }
  for (const id of analyses) {
    const found = await askOrNull(
      session,
      { operation: "DescribeAnalysis", subject: id },
      (api, to, options) => api.describeAnalysis({ ...to, AnalysisId: id }, options),
    );
    add(`the analysis ${id}`, found?.Analysis?.DataSetArns);
  }
  return used;
}

async function sourceOf(
  session: QuickSightSession,
  isUnused: boolean,
): Promise<readonly RemovedAsset[]> {
  if (!isUnused) return [];
  const { target, deployment } = session;
  const id = dataSourceId(target);
  if ((await readDataSource(session, id)) === null) return [];
  const tags = await readTags(session, assetArn(target, "data source", id));
  return tags.get(OWNER_TAG) === deployment ? [{ kind: "data source", id }] : [];
}

function notOurs(ids: readonly string[], deployment: string): TurnawayError {
  return new TurnawayError("USAGE", {
    what: "nothing is deleted",
    where: ids.join(", "),
    why: `it does not bear the tag ${OWNER_TAG}=${deployment}: this deployment did not make it`,
    fix: "delete it in the console, if it is to go",
  });
}
