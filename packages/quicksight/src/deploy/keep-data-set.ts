import type { DataSet } from "@aws-sdk/client-quicksight";

import { askOnce } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags } from "../journal/tags.ts";
import { describeDataSet } from "../live/read-data-set.ts";
import type { DashboardsPlan } from "../plan/dashboards-plan.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { contentOf } from "../wanted/data-set.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import { ifAny } from "./parts.ts";
import { settingsOf } from "./settings-of.ts";

/**
 * Copies a data set that is about to be written over, with whatever somebody calculates and
 * renames in it, and with who may see which rows and columns. The copy asks Athena directly, so it takes no room in SPICE.
 *
 * @returns id of the copy, which follows from what it says: a repeated run makes no second one
 */
export async function keepDataSet(
  session: QuickSightSession,
  { wanted }: DashboardsPlan,
  live: DataSet,
): Promise<string> {
  const settings = settingsOf(live);
  // A copy with other rules is another one: the rules of an older one may be weaker.
  const said = Object.keys(settings).length === 0 ? contentOf(live) : [contentOf(live), settings];
  const copy = `${live.DataSetId}-kept-${hashOf(said).slice(0, 8)}`;
  const isThere = async () => ((await describeDataSet(session, copy)) === null ? null : true);
  if ((await isThere()) === true) return copy;
  const { PhysicalTableMap, LogicalTableMap, DataPrepConfiguration, SemanticModelConfiguration } =
    live;
  await askOnce(
    session,
    { operation: "CreateDataSet", subject: copy },
    {
      send: async (api, to, options) => {
        await api.createDataSet(
          {
            ...to,
            DataSetId: copy,
            Name: `${live.Name ?? copy} (kept)`,
            ImportMode: "DIRECT_QUERY",
            PhysicalTableMap,
            ...(LogicalTableMap !== undefined && { LogicalTableMap }),
            ...(DataPrepConfiguration !== undefined && { DataPrepConfiguration }),
            ...(SemanticModelConfiguration !== undefined && { SemanticModelConfiguration }),
            ...settings,
            ...ifAny("Permissions", wantedPermissions("data set", wanted.audience)),
            Tags: newTags(wanted.deployment),
          },
          options,
        );
        return true;
      },
      done: isThere,
    },
  );
  return copy;
}
