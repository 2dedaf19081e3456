import type { RefreshSchedule } from "@aws-sdk/client-quicksight";

import { ask, askOnce } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { REFRESH_TAG, writeTags } from "../journal/tags.ts";
import type { LiveDataSet } from "../live/live.ts";
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
  const there =
    live?.refresh?.schedules.find(({ ScheduleId }) => ScheduleId === SCHEDULE_ID) ?? null;
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
  if (schedule !== null) await writeSchedule(session, id, { schedule, isThere: there !== null });
  if (schedule === null && there !== null) await deleteSchedule(session, id);
  // An incremental schedule needs the properties, so they go last.
  if (properties === null && (live?.refresh?.properties ?? null) !== null) {
    await ask(
      session,
      { operation: "DeleteDataSetRefreshProperties", subject: id },
      (api, to, options) => api.deleteDataSetRefreshProperties({ ...to, DataSetId: id }, options),
    );
  }
  await writeTags(session, wanted.arn, { [REFRESH_TAG]: refresh.hash });
  say(`data set ${id}: refresh ${action === "create" ? "set up" : "changed"}`);
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

async function deleteSchedule(session: QuickSightSession, id: string): Promise<void> {
  await ask(session, { operation: "DeleteRefreshSchedule", subject: id }, (api, to, options) =>
    api.deleteRefreshSchedule({ ...to, DataSetId: id, ScheduleId: SCHEDULE_ID }, options),
  );
}
