import type { DataSet } from "@aws-sdk/client-quicksight";

import { ask, askOrNull } from "../api/ask.ts";
import { exceptionName } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";
import { CONTENT_TAG, readTags } from "../journal/tags.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { contentOf, type WantedDataSet } from "../wanted/data-set.ts";
import type { LiveDataSet } from "./live.ts";
import { readPermissions } from "./read-permissions.ts";

/** A data set as it is; null for none. */
export async function readDataSet(
  session: QuickSightSession,
  { id, hash: wanted }: Pick<WantedDataSet, "id" | "hash">,
): Promise<LiveDataSet | null> {
  const asset = await describeDataSet(session, id);
  if (asset === null) return null;
  const hash = hashOf(contentOf(asset));
  const isSpice = asset.ImportMode === "SPICE";
  return {
    asset,
    hash,
    permissions: await readPermissions(session, "data set", id),
    refreshProperties: isSpice ? await readRefreshProperties(session, id) : null,
    schedules: isSpice ? await readSchedules(session, id) : [],
    ours: hash === wanted ? [] : hashesIn(await readTags(session, asset.Arn ?? "")),
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
