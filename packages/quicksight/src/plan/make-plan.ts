import { TurnawayError } from "@turnaway/core";

import type { Found, Live, LiveDataSet } from "../live/live.ts";
import { isInSpice } from "../live/read-data-set.ts";
import { outcomeOf } from "../live/outcome.ts";
import type { WantedDataSet } from "../wanted/data-set.ts";
import { isSameSource } from "../wanted/data-source.ts";
import { comparePermissions, wantedPermissions } from "../wanted/permissions.ts";
import { isSameProperties, isSameSchedule, SCHEDULE_ID } from "../wanted/refresh.ts";
import type { Wanted } from "../wanted/want.ts";
import type { AssetPlan, DashboardsPlan } from "./dashboards-plan.ts";
import { planAnalysis } from "./plan-analysis.ts";
import { planDashboard } from "./plan-dashboard.ts";
import { NOTHING, repairOr, unreadable } from "./verdicts.ts";

/** Holds what is wanted against what is live. Pure: whatever it knows, it was given. */
export function makePlan(wanted: Wanted, live: Live): DashboardsPlan {
  const assets = [
    planSource(wanted, live),
    ...wanted.dataSets.flatMap((one) => {
      const found = live.dataSets.get(one.id) ?? null;
      return [planDataSet(wanted, one, found), ...planRefresh(one, found)];
    }),
    ...wanted.dashboards.flatMap((one) => [
      planAnalysis(wanted, one, live),
      planDashboard(wanted, one, live),
    ]),
  ];
  return { wanted, live, assets };
}

function planSource({ source, audience }: Wanted, { source: live }: Live): AssetPlan {
  const { id } = source;
  const asset = { kind: "data source", name: source.name, id, ...NOTHING } as const;
  if (live instanceof TurnawayError) return unreadable(asset, live);
  if (live === null) return { ...asset, action: "create" };
  const permissions = comparePermissions(
    wantedPermissions("data source", audience),
    live.permissions,
  );
  if (outcomeOf(live.asset.Status) === "failed") {
    const why = live.asset.ErrorInfo?.Message ?? "it does not work";
    return { ...asset, permissions, action: "update", why };
  }
  if (!isSameSource(live.asset, source)) {
    return { ...asset, permissions, action: "update", why: "another name, workgroup or role" };
  }
  if (outcomeOf(live.asset.Status) === "in progress") {
    return { ...asset, permissions, action: "wait", why: "it is being made" };
  }
  return { ...asset, permissions, action: repairOr("unchanged", permissions) };
}

function planDataSet(
  { audience }: Wanted,
  { name, id, hash }: WantedDataSet,
  live: Found<LiveDataSet>,
): AssetPlan {
  const asset = { kind: "data set", name, id, ...NOTHING } as const;
  if (live instanceof TurnawayError) return unreadable(asset, live);
  if (live === null) return { ...asset, action: "create" };
  const permissions = comparePermissions(wantedPermissions("data set", audience), live.permissions);
  if (live.hash === hash) {
    return { ...asset, permissions, action: repairOr("unchanged", permissions) };
  }
  const isOurs = live.ours.includes(live.hash);
  return {
    ...asset,
    permissions,
    action: isOurs ? "update" : "edited",
    why: isOurs ? "another view, columns or mode" : "it is not as the last deployment left it",
  };
}

function planRefresh(
  { name, id, refresh }: WantedDataSet,
  live: Found<LiveDataSet>,
): readonly AssetPlan[] {
  const asset = { kind: "refresh", name, id, ...NOTHING } as const;
  if (refresh === null) {
    const isLeft = live !== null && !(live instanceof TurnawayError) && isInSpice(live.asset);
    return isLeft ? [{ ...asset, action: "update", why: "the data set leaves SPICE" }] : [];
  }
  if (live instanceof TurnawayError) return [unreadable(asset, live)];
  if (live === null) return [{ ...asset, action: "create" }];
  if (live.refresh === null) return [{ ...asset, action: "unchanged" }];
  const { isRecorded, properties, schedules } = live.refresh;
  const schedule = schedules.find(({ ScheduleId }) => ScheduleId === SCHEDULE_ID) ?? null;
  // One that was broken off before it was recorded is set up once more.
  const isSame =
    isRecorded &&
    isSameProperties(properties, refresh.properties) &&
    (schedule === null || refresh.schedule === null
      ? schedule === refresh.schedule
      : isSameSchedule(schedule, refresh.schedule));
  return [{ ...asset, action: isSame ? "unchanged" : "update" }];
}
