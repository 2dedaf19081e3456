import type { DataSet } from "@aws-sdk/client-quicksight";

import { ask, askOrNull } from "../api/ask.ts";
import { exceptionName } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";
import { CONTENT_TAG, readTags, REFRESH_TAG } from "../journal/tags.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { contentOf, type WantedDataSet } from "../wanted/data-set.ts";
import type { LiveDataSet, LiveRefresh } from "./live.ts";
import { readPermissions } from "./read-permissions.ts";

/**
 * A data set as it is; null for none.
 *
 * @param isThorough look at the refresh, too, where the journal says how it was set up
 */
export async function readDataSet(
  session: QuickSightSession,
  { id, refresh: wanted }: Pick<WantedDataSet, "id" | "refresh">,
  isThorough: boolean,
): Promise<LiveDataSet | null> {
  const asset = await describeDataSet(session, id);
  if (asset === null) return null;
  const tags = await readTags(session, asset.Arn ?? "");
  // Outside SPICE nothing is refreshed, whatever a journal says that is older.
  const isKnown = wanted !== null && isInSpice(asset) && tags.get(REFRESH_TAG) === wanted.hash;
  return {
    asset,
    hash: hashOf(contentOf(asset)),
    ours: hashesIn(tags),
    permissions: await readPermissions(session, "data set", id),
    refresh: isKnown && !isThorough ? null : await readRefresh(session, asset, isKnown),
  };
}

async function readRefresh(
  session: QuickSightSession,
  asset: DataSet,
  isRecorded: boolean,
): Promise<LiveRefresh> {
  const { DataSetId = "" } = asset;
  if (!isInSpice(asset)) return { isRecorded, properties: null, schedules: [] };
  return {
    isRecorded,
    properties: await readRefreshProperties(session, DataSetId),
    schedules: await readSchedules(session, DataSetId),
  };
}

export async function describeDataSet(
  session: QuickSightSession,
  id: string,
): Promise<DataSet | null> {
  const asked = { operation: "DescribeDataSet", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeDataSet({ ...to, DataSetId: id }, options),
  );
  return found?.DataSet ?? null;
}

/** Whether a data set is imported, and so has a refresh. */
export function isInSpice({ ImportMode }: Pick<DataSet, "ImportMode">): boolean {
  return ImportMode === "SPICE";
}

/** Hashes that the tag of the content names. */
export function hashesIn(tags: ReadonlyMap<string, string>): readonly string[] {
  return (tags.get(CONTENT_TAG) ?? "").split(" ").filter((hash) => hash !== "");
}

async function readRefreshProperties(session: QuickSightSession, id: string) {
  const asked = { operation: "DescribeDataSetRefreshProperties", subject: id };
  try {
    const found = await ask(session, asked, (api, to, options) =>
      api.describeDataSetRefreshProperties({ ...to, DataSetId: id }, options),
    );
    return found.DataSetRefreshProperties ?? null;
  } catch (error) {
    // Which of the two a data set without them answers with is not said anywhere.
    if (NONE.has(exceptionName(error))) return null;
    throw error;
  }
}

const NONE = new Set(["ResourceNotFoundException", "InvalidParameterValueException"]);

async function readSchedules(session: QuickSightSession, id: string) {
  const asked = { operation: "ListRefreshSchedules", subject: id };
  const { RefreshSchedules = [] } = await ask(session, asked, (api, to, options) =>
    api.listRefreshSchedules({ ...to, DataSetId: id }, options),
  );
  return RefreshSchedules;
}
