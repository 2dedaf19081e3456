import type { DataSet } from "@aws-sdk/client-quicksight";

import { ask, askOnce } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { CONTENT_TAG, newTags, OWNER_TAG, writeTags } from "../journal/tags.ts";
import { describeDataSet } from "../live/read-data-set.ts";
import type { LiveDataSet } from "../live/live.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import { hashOf } from "../wanted/content-hash.ts";
import { contentOf, type WantedDataSet } from "../wanted/data-set.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import { conflict } from "./conflict.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { keepDataSet } from "./keep-data-set.ts";
import { failIfUnreadable, ifAny } from "./parts.ts";
import { repairPermissions } from "./repair-permissions.ts";
import { settingsOf } from "./settings-of.ts";

/** Makes a data set what it is to be; SPICE begins to import it by itself. */
export async function deployDataSet(
  session: QuickSightSession,
  { plan, wanted }: { readonly plan: DashboardsPlan; readonly wanted: WantedDataSet },
  options: DeployOptions,
): Promise<void> {
  const { id } = wanted;
  const { say } = options;
  const asset = planOf(plan, "data set", id);
  failIfUnreadable(asset);
  const live = plan.live.dataSets.get(id) as LiveDataSet | null;
  if (live === null) {
    await create(session, plan, wanted);
    say(`data set ${id}: created`);
    return;
  }
  if (asset.action === "edited") {
    await keep(session, { plan, live: live.asset }, options);
  }
  if (asset.action === "update" || asset.action === "edited") {
    await update(session, { plan, wanted, live }, options);
    say(`data set ${id}: updated`);
  }
  const isRepaired = await repairPermissions(session, { kind: "data set", id }, asset.permissions);
  if (isRepaired) say(`data set ${id}: permissions repaired`);
}

function create(
  session: QuickSightSession,
  { wanted: { audience, deployment } }: DashboardsPlan,
  { id, content, hash }: WantedDataSet,
): Promise<boolean> {
  const asked = { operation: "CreateDataSet", subject: id };
  return askOnce(session, asked, {
    send: async (api, to, options) => {
      await api.createDataSet(
        {
          ...to,
          ...content,
          DataSetId: id,
          ...ifAny("Permissions", wantedPermissions("data set", audience)),
          Tags: newTags(deployment, { [CONTENT_TAG]: hash }),
        },
        options,
      );
      return true;
    },
    done: async () => ((await describeDataSet(session, id)) === null ? null : true),
  });
}

async function update(
  session: QuickSightSession,
  {
    plan,
    wanted: { id, arn, content, hash },
    live,
  }: {
    readonly plan: DashboardsPlan;
    readonly wanted: WantedDataSet;
    readonly live: LiveDataSet;
  },
  options: DeployOptions,
): Promise<void> {
  // Before the content: a run that ends in between leaves hashes that are both known.
  await writeTags(session, arn, {
    [OWNER_TAG]: plan.wanted.deployment,
    [CONTENT_TAG]: `${hash} ${live.hash}`,
  });
  const now = await refuseOrKeepNewer(session, { plan, id, live }, options);
  await ask(session, { operation: "UpdateDataSet", subject: id }, (api, to, calling) =>
    api.updateDataSet({ ...to, ...settingsOf(now), ...content, DataSetId: id }, calling),
  );
}

// The last request before the content is written: what somebody saves earlier is seen.
async function refuseOrKeepNewer(
  session: QuickSightSession,
  {
    plan,
    id,
    live,
  }: { readonly plan: DashboardsPlan; readonly id: string; readonly live: LiveDataSet },
  options: DeployOptions,
): Promise<DataSet> {
  const now = await describeDataSet(session, id);
  if (now === null) throw conflict(id, "somebody deleted the data set since the plan");
  if (hashOf(contentOf(now)) === live.hash) return now;
  if (!options.force) throw conflict(id, "the data set changed since the plan");
  await keep(session, { plan, live: now }, options);
  const still = await describeDataSet(session, id);
  if (still !== null && hashOf(contentOf(still)) === hashOf(contentOf(now))) return still;
  throw conflict(id, "somebody is at work on the data set");
}

async function keep(
  session: QuickSightSession,
  { plan, live }: { readonly plan: DashboardsPlan; readonly live: DataSet },
  { say }: DeployOptions,
): Promise<void> {
  const copy = await keepDataSet(session, plan, live);
  say(`data set ${live.DataSetId}: as it was it is kept as ${copy}`);
}
