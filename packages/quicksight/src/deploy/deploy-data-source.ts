import { TurnawayError } from "@turnaway/core";

import { ask, askOnce } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags } from "../journal/tags.ts";
import { outcomeOf } from "../live/outcome.ts";
import { readDataSource } from "../live/read-live.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { failIfUnreadable, ifAny } from "./parts.ts";
import { repairPermissions } from "./repair-permissions.ts";
import { until } from "./until.ts";

/** Makes the data source what it is to be, and waits until it works. */
export async function deployDataSource(
  session: QuickSightSession,
  plan: DashboardsPlan,
  { say, waitMs }: DeployOptions,
): Promise<void> {
  const { source, audience, deployment } = plan.wanted;
  const asset = planOf(plan, "data source", source.id);
  failIfUnreadable(asset);
  const content = { Name: source.name, DataSourceParameters: source.parameters };
  if (asset.action === "create") {
    const Permissions = wantedPermissions("data source", audience);
    await askOnce(
      session,
      { operation: "CreateDataSource", subject: source.id },
      {
        send: async (api, to, options) => {
          await api.createDataSource(
            {
              ...to,
              ...content,
              DataSourceId: source.id,
              Type: "ATHENA",
              ...ifAny("Permissions", Permissions),
              Tags: newTags(deployment),
            },
            options,
          );
          return true;
        },
        done: async () => ((await readDataSource(session, source.id)) === null ? null : true),
      },
    );
  }
  if (asset.action === "update") {
    await ask(session, { operation: "UpdateDataSource", subject: source.id }, (api, to, options) =>
      api.updateDataSource({ ...to, ...content, DataSourceId: source.id }, options),
    );
  }
  if (asset.action === "create" || asset.action === "update") {
    await untilItWorks(session, source.id, waitMs);
    say(`data source ${source.id}: ${asset.action}d`);
  }
  const isRepaired = await repairPermissions(
    session,
    { kind: "data source", id: source.id },
    asset.permissions,
  );
  if (isRepaired) say(`data source ${source.id}: permissions repaired`);
}

async function untilItWorks(session: QuickSightSession, id: string, waitMs: number): Promise<void> {
  const asked = { operation: "DescribeDataSource", subject: id };
  const awaited = { what: "the data source", subject: id, waitMs };
  const source = await until(session, awaited, async () => {
    const { DataSource } = await ask(session, asked, (api, to, options) =>
      api.describeDataSource({ ...to, DataSourceId: id }, options),
    );
    return outcomeOf(DataSource?.Status) === "in progress" ? null : (DataSource ?? {});
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
