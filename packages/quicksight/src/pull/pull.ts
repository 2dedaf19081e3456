import { TurnawayError } from "@turnaway/core";
import {
  type DefinitionChange,
  type DefinitionFiles,
  diffDefinitions,
  expand,
} from "@turnaway/dashboards";

import type { QuickSightSession } from "../api/session.ts";
import { readAnalysis, readVersion } from "../live/content.ts";
import type { Content } from "../live/live.ts";
import { readVersions } from "../live/read-dashboard.ts";
import { listAnalyses, listDashboards } from "../live/read-live.ts";
import { unseenVersion } from "../live/unseen-version.ts";
import { dashboardId } from "../wanted/names.ts";
import { filesOf } from "./files-of.ts";
import { knownDataSets } from "./known-data-sets.ts";

export interface PullOptions {
  /** The files that there are, by the names of their folders. */
  readonly definitions: ReadonlyMap<string, DefinitionFiles>;
  /**
   * `newest` is the dashboard, unless its analysis was changed after it was deployed. Of the
   * dashboard it is the newest version, unless a deployment went past one of somebody else.
   */
  readonly from: "newest" | "dashboard" | "analysis";
  /** Name of the folder. Default: ours for it, or its id. */
  readonly as?: string | undefined;
}

/** What is live, as the files of one dashboard. */
export interface Pulled {
  /** Name of the folder. */
  readonly name: string;
  readonly id: string;
  readonly from: "analysis" | "dashboard";
  /** Of a dashboard. */
  readonly version: number | null;
  readonly files: DefinitionFiles;
  /** From the files that there are to what is live, by meaning. */
  readonly changes: readonly DefinitionChange[];
}

/**
 * A dashboard or analysis of the console as files, by our name for it or by its id.
 *
 * Files are written into those that there are: comments survive.
 *
 * @throws TurnawayError USAGE for what is not there; CONFIG for what can not be files
 */
export async function pull(
  session: QuickSightSession,
  asked: string,
  { definitions, from, as }: PullOptions,
): Promise<Pulled> {
  const { target } = session;
  const ours = nameOf(asked, { prefix: target.prefix, names: [...definitions.keys()] });
  const name = as ?? ours;
  const ids = [...new Set([dashboardId(target, ours), asked])];
  const { content, ...found } = await readEither(session, ids, from);
  const known = definitions.get(name) ?? null;
  const dashboard = known === null ? null : expand(known, target);
  const others = [...definitions.values()].map((one) => expand(one, target).dataSets);
  const own = dashboard?.dataSets ?? {};
  const dataSets = knownDataSets(content.definition, { own, others }, target);
  const before = { dashboard: { ...dashboard, dataSets }, files: known ?? {} };
  const files = filesOf(content, { target, before });
  return { name, ...found, files, changes: diffDefinitions(known, files) };
}

type Read = Pick<Pulled, "id" | "from" | "version"> & { readonly content: Content };

async function readEither(
  session: QuickSightSession,
  ids: readonly string[],
  from: PullOptions["from"],
): Promise<Read> {
  const dashboards = await listDashboards(session);
  const analyses = await listAnalyses(session);
  const id = ids.find(
    (one) =>
      (from !== "analysis" && dashboards.has(one)) || (from !== "dashboard" && analyses.has(one)),
  );
  if (id === undefined) throw notThere(ids);
  const edited = analyses.get(id)?.LastUpdatedTime?.getTime() ?? 0;
  const fromAnalysis = async (): Promise<Read> => {
    const content = await readAnalysis(session, id);
    return { id, from: "analysis", version: null, content };
  };
  const summary = dashboards.get(id);
  if (from === "analysis" || summary === undefined) return fromAnalysis();
  const versions = await readVersions(session, id);
  const published = summary.PublishedVersionNumber ?? null;
  // What a deployment went past is what is asked to be kept; its own version is in the files.
  const unseen = unseenVersion({ versions, published });
  const latest = versions.find(
    ({ number, outcome }) => outcome === "ok" && (unseen === null || number === unseen),
  );
  if (latest === undefined) throw notThere([id]);
  if (from === "newest" && latest.mark !== null && edited > latest.createdAt) {
    const read = await fromAnalysis();
    if (!read.content.hashes.includes(latest.mark.hash)) return read;
  }
  const content = await readVersion(session, id, latest.number);
  return { id, from: "dashboard", version: latest.number, content };
}

function nameOf(
  asked: string,
  { prefix, names }: { readonly prefix: string; readonly names: readonly string[] },
): string {
  if (names.includes(asked)) return asked;
  const own = asked.startsWith(prefix) ? asked.slice(prefix.length) : asked;
  return own
    .toLowerCase()
    .replaceAll(/[^\w-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

function notThere(ids: readonly string[]): TurnawayError {
  return new TurnawayError("USAGE", {
    what: "nothing to pull",
    where: ids.join(", "),
    why: "there is no dashboard or analysis of that id in this account and region",
    fix: "use the name of a dashboard, or the id at the end of its address in the console",
  });
}
