import type { DataSource } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags } from "../journal/tags.ts";
import type { LiveDataSource } from "../live/live.ts";
import { outcomeOf } from "../live/outcome.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import { conflict } from "./conflict.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { failIfUnreadable, ifAny } from "./parts.ts";
import { repairPermissions } from "./repair-permissions.ts";
import { until } from "./until.ts";

/** Makes the data source what it is to be, and waits until it works. */
export async function deployDataSource(
  session: QuickSightSession,
  plan: DashboardsPlan,
  { say, force, waitMs }: DeployOptions,
): Promise<void> {
  const { id } = plan.wanted.source;
  const { action, permissions, ...asset } = planOf(plan, "data source", id);
  failIfUnreadable({ action, error: asset.error });
  if (action === "create") await create(session, plan);
  if (action === "update") await update(session, plan, force);
  if (action === "create" || action === "update" || action === "wait") {
    await untilItWorks(session, id, waitMs);
    say(`data source ${id}: ${action === "update" ? "updated" : "created"}`);
  }
  const isRepaired = await repairPermissions(session, { kind: "data source", id }, permissions);
  if (isRepaired) say(`data source ${id}: permissions repaired`);
}

function create(
  session: QuickSightSession,
  { wanted: { source, audience, deployment } }: DashboardsPlan,
): Promise<boolean> {
  const { id, name, parameters } = source;
  return askOnce(
    session,
    { operation: "CreateDataSource", subject: id },
    {
      send: async (api, to, options) => {
        await api.createDataSource(
          {
            ...to,
            DataSourceId: id,
            Name: name,
            Type: "ATHENA",
            DataSourceParameters: parameters,
            ...ifAny("Permissions", wantedPermissions("data source", audience)),
            Tags: newTags(deployment),
          },
          options,
        );
        return true;
      },
      done: async () => ((await describe(session, id)) === null ? null : true),
    },
  );
}

async function update(
  session: QuickSightSession,
  { wanted: { source }, live }: DashboardsPlan,
  force: boolean,
): Promise<void> {
  const { id, name, parameters } = source;
  const planned = (live.source as LiveDataSource).asset.LastUpdatedTime?.getTime();
  const now = (await describe(session, id))?.LastUpdatedTime?.getTime();
  if (now !== planned && !force) throw conflict(id, "the data source changed since the plan");
  await ask(session, { operation: "UpdateDataSource", subject: id }, (api, to, options) =>
    api.updateDataSource(
      { ...to, DataSourceId: id, Name: name, DataSourceParameters: parameters },
      options,
    ),
  );
}

async function describe(session: QuickSightSession, id: string): Promise<DataSource | null> {
  const asked = { operation: "DescribeDataSource", subject: id };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeDataSource({ ...to, DataSourceId: id }, options),
  );
  return found?.DataSource ?? null;
}

async function untilItWorks(session: QuickSightSession, id: string, waitMs: number): Promise<void> {
  const awaited = { what: "the data source", subject: id, waitMs };
  const source = await until(session, awaited, async () => {
    const found = (await describe(session, id)) ?? {};
    return outcomeOf(found.Status) === "in progress" ? null : found;
  });
  if (outcomeOf(source.Status) === "ok") return;
  const { Type = "an error", Message = "no more is said" } = source.ErrorInfo ?? {};
  throw new TurnawayError("AWS", {
    what: "the data source does not work",
    where: id,
    why: `${Type}: ${Message}`,
    fix: "check the workgroup and the role of QuickSight with `turnaway dashboards init`",
  });
}
