import type { DashboardSummary } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { askAll } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { OWNER_TAG, readTags } from "../journal/tags.ts";
import { outcomeOf } from "../live/outcome.ts";
import { listAnalyses, listDashboards, readDataSource } from "../live/read-live.ts";
import { assetArn, type AssetKind, dashboardId, dataSourceId } from "../wanted/names.ts";
import type { Wanted } from "../wanted/want.ts";
import { readDataSets } from "./data-set-readers.ts";

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
 * What `delete` would delete: dashboards, their analyses, the data sets that nothing else in the
 * account reads, and at last the data source. Only what bears the tag of the deployment goes; and
 * a copy that keeps what somebody made, which is nowhere else, only where it is named itself.
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
  const goes = (id: string): boolean => asked.has(id) || (names.length === 0 && !KEPT.test(id));
  const summaries = await listDashboards(session);
  const dashboards = await ownedOf(session, "dashboard", summaries.keys());
  const analyses = await ownedOf(session, "analysis", await listUsedAnalyses(session));
  const foreign = [...dashboards.foreign, ...analyses.foreign].filter((id) => asked.has(id));
  if (foreign.length > 0) throw notOurs(foreign, deployment);
  const dataSets = await ownedOf(session, "data set", await listDataSets(session));
  const going = { dashboards: dashboards.ours.filter(goes), analyses: analyses.ours.filter(goes) };
  const read = new Set([
    ...wanted.dashboards.filter(({ id }) => asked.has(id)).flatMap((one) => one.dataSets),
    ...(await readDataSets(session, going, summaries)).used.keys(),
  ]);
  const isAsked = (id: string): boolean =>
    names.length === 0 || read.has(id) || (asked.has(id) && KEPT.test(id));
  const candidates = dataSets.ours.filter(isAsked);
  const free = candidates.filter((id) => !KEPT.test(id) || asked.has(id));
  const used = await usedOf(session, free, { dashboards, analyses, goes, summaries });
  const gone = free.filter((id) => !used.has(id));
  const keptOf = (kind: AssetKind, ids: readonly string[]): Removal["stays"] =>
    ids
      .filter((id) => KEPT.test(id) && !asked.has(id))
      .map((id) => ({ kind, id, why: whyKept(id.slice(target.prefix.length)) }));
  return {
    deployment,
    goes: [
      ...placed("dashboard", going.dashboards),
      ...placed("analysis", going.analyses),
      ...placed("data set", gone),
      ...(await sourceOf(session, dataSets.ours.length === gone.length)),
    ],
    stays: [
      ...keptOf(
        "analysis",
        analyses.ours.filter((id) => names.length === 0 || asked.has(id.replace(KEPT, ""))),
      ),
      ...keptOf("data set", candidates),
      ...[...used].map(([id, why]) => ({ kind: "data set" as const, id, why })),
    ],
  };
}

/** An id of a copy that keeps what somebody made before a deployment went over it. */
const KEPT = /-kept-[0-9a-f]{8}$/;

function whyKept(name: string): string {
  return `it keeps what somebody made; \`turnaway dashboards delete ${name}\` deletes it`;
}

/** Data sets that something reads which does not go, with why. */
async function usedOf(
  session: QuickSightSession,
  dataSets: readonly string[],
  {
    dashboards,
    analyses,
    goes,
    summaries,
  }: {
    readonly dashboards: Owned;
    readonly analyses: Owned;
    readonly goes: (id: string) => boolean;
    readonly summaries: ReadonlyMap<string, DashboardSummary>;
  },
): Promise<ReadonlyMap<string, string>> {
  const used = new Map<string, string>();
  const left = (): readonly string[] => dataSets.filter((id) => !used.has(id));
  const stay = ({ ours, foreign }: Owned): readonly string[] => [
    ...foreign,
    ...ours.filter((id) => !goes(id)),
  ];
  for (const readers of [
    { dashboards: stay(dashboards), analyses: stay(analyses) },
    // What people made under any name: asked last, since an account may have hundreds.
    { dashboards: dashboards.others, analyses: analyses.others },
  ]) {
    if (left().length === 0) break;
    const read = await readDataSets(session, readers, summaries);
    for (const id of left()) {
      const by = read.used.get(id);
      if (by !== undefined) used.set(id, `${by} reads it`);
      else if (read.unknown !== null) used.set(id, `${read.unknown} may read it: ${REFUSED}`);
    }
  }
  return used;
}

const REFUSED = "access was denied to look";

// One that was deleted is listed for a month, and reads nothing.
async function listUsedAnalyses(session: QuickSightSession): Promise<readonly string[]> {
  const summaries = await listAnalyses(session);
  return [...summaries].filter(([, one]) => outcomeOf(one.Status) !== "deleted").map(([id]) => id);
}

function placed(kind: AssetKind, ids: readonly string[]): readonly RemovedAsset[] {
  return ids.toSorted().map((id) => ({ kind, id }));
}

interface Owned {
  readonly ours: readonly string[];
  /** With our prefix, and without our tag. */
  readonly foreign: readonly string[];
  /** Without our prefix. */
  readonly others: readonly string[];
}

// The prefix alone does not tell `production` from `production-eu`: the tag does.
async function ownedOf(
  session: QuickSightSession,
  kind: AssetKind,
  ids: Iterable<string>,
): Promise<Owned> {
  const { target, deployment } = session;
  const owned = { ours: [] as string[], foreign: [] as string[], others: [] as string[] };
  for (const id of ids) {
    if (!id.startsWith(target.prefix)) {
      owned.others.push(id);
      continue;
    }
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
