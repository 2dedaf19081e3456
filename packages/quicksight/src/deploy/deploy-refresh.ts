import type { RefreshSchedule } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { REFRESH_TAG, removeTags, writeTags } from "../journal/tags.ts";
import type { LiveDataSet } from "../live/live.ts";
import { isInSpice } from "../live/read-data-set.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import type { WantedDataSet } from "../wanted/data-set.ts";
import { SCHEDULE_ID } from "../wanted/refresh.ts";
import type { DeployOptions } from "./deploy-options.ts";

/** Says how SPICE is refreshed, and when; a schedule that somebody added in the console stays. */
export async function deployRefresh(
  session: QuickSightSession,
  { plan, wanted }: { readonly plan: DashboardsPlan; readonly wanted: WantedDataSet },
  { say }: DeployOptions,
): Promise<void> {
  const { id, refresh } = wanted;
  if (refresh === null) return;
  const { action } = planOf(plan, "refresh", id);
  if (action !== "create" && action !== "update") return;
  const live = plan.live.dataSets.get(id) as LiveDataSet | null;
  const there = live !== null && (await isScheduled(session, live));
  const { properties, schedule } = refresh;
  if (properties !== null) {
    await ask(
      session,
      { operation: "PutDataSetRefreshProperties", subject: id },
      (api, to, options) =>
        api.putDataSetRefreshProperties(
          { ...to, DataSetId: id, DataSetRefreshProperties: properties },
          options,
        ),
    );
  }
  if (schedule !== null) await writeSchedule(session, id, { schedule, isThere: there });
  if (schedule === null && there) await deleteSchedule(session, id, SCHEDULE_ID);
  // An incremental schedule needs the properties, so they go last.
  if (properties === null && (live?.refresh?.properties ?? null) !== null) {
    await deleteProperties(session, id);
  }
  await writeTags(session, wanted.arn, { [REFRESH_TAG]: refresh.hash });
  say(`data set ${id}: refresh ${action === "create" ? "set up" : "changed"}`);
}

/**
 * Takes away how SPICE was refreshed, before a data set leaves it: outside of it there is no
 * schedule, nobody's. The journal goes first, so that what comes back into SPICE is set up again.
 */
export async function removeRefresh(
  session: QuickSightSession,
  { plan, wanted }: { readonly plan: DashboardsPlan; readonly wanted: WantedDataSet },
  { say }: DeployOptions,
): Promise<void> {
  const { id, arn, refresh } = wanted;
  const live = plan.live.dataSets.get(id) ?? null;
  if (refresh !== null || live === null || live instanceof TurnawayError) return;
  if (!isInSpice(live.asset)) return;
  await removeTags(session, arn, [REFRESH_TAG]);
  const { schedules = [], properties = null } = live.refresh ?? {};
  for (const { ScheduleId = "" } of schedules) await deleteSchedule(session, id, ScheduleId);
  // An incremental schedule needs the properties, so they go last.
  if (properties !== null) await deleteProperties(session, id);
  const gone = schedules.map(({ ScheduleId }) => ScheduleId).join(", ");
  say(
    `data set ${id}: not refreshed any more${gone === "" ? "" : `, without the schedule ${gone}`}`,
  );
}

// Of a data set outside SPICE nobody looked, and one may be left from before.
async function isScheduled(
  session: QuickSightSession,
  { asset, refresh }: LiveDataSet,
): Promise<boolean> {
  if (!isInSpice(asset)) return hasSchedule(session, asset.DataSetId ?? "");
  return refresh?.schedules.some(({ ScheduleId }) => ScheduleId === SCHEDULE_ID) ?? false;
}

async function writeSchedule(
  session: QuickSightSession,
  id: string,
  { schedule, isThere }: { readonly schedule: RefreshSchedule; readonly isThere: boolean },
): Promise<void> {
  if (isThere) {
    await ask(session, { operation: "UpdateRefreshSchedule", subject: id }, (api, to, options) =>
      api.updateRefreshSchedule({ ...to, DataSetId: id, Schedule: schedule }, options),
    );
    return;
  }
  await askOnce(
    session,
    { operation: "CreateRefreshSchedule", subject: id },
    {
      send: async (api, to, options) => {
        await api.createRefreshSchedule({ ...to, DataSetId: id, Schedule: schedule }, options);
        return true;
      },
      done: async () => ((await hasSchedule(session, id)) ? true : null),
    },
  );
}

async function hasSchedule(session: QuickSightSession, id: string): Promise<boolean> {
  const asked = { operation: "ListRefreshSchedules", subject: id };
  const { RefreshSchedules = [] } = await ask(session, asked, (api, to, options) =>
    api.listRefreshSchedules({ ...to, DataSetId: id }, options),
  );
  return RefreshSchedules.some(({ ScheduleId }) => ScheduleId === SCHEDULE_ID);
}

// What is gone already is gone.
async function deleteSchedule(
  session: QuickSightSession,
  id: string,
  schedule: string,
): Promise<void> {
  const asked = { operation: "DeleteRefreshSchedule", subject: id };
  await askOrNull(session, asked, (api, to, options) =>
    api.deleteRefreshSchedule({ ...to, DataSetId: id, ScheduleId: schedule }, options),
  );
}

async function deleteProperties(session: QuickSightSession, id: string): Promise<void> {
  const asked = { operation: "DeleteDataSetRefreshProperties", subject: id };
  await askOrNull(session, asked, (api, to, options) =>
    api.deleteDataSetRefreshProperties({ ...to, DataSetId: id }, options),
  );
}
