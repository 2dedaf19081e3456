import type { UpdateDashboardRequest } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { ask, askOnce } from "../api/ask.ts";
import { isMissing } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";
import { newTags, PUBLISHED_TAG } from "../journal/tags.ts";
import { describeVersion } from "../journal/version-mark.ts";
import type { LiveDashboard, LiveVersion } from "../live/live.ts";
import { readVersions } from "../live/read-dashboard.ts";
import { type DashboardsPlan, planOf } from "../plan/dashboards-plan.ts";
import { publishVersion } from "../versions/publish-version.ts";
import { dashboardContent } from "../wanted/dashboard-content.ts";
import { assetArn } from "../wanted/names.ts";
import { wantedPermissions } from "../wanted/permissions.ts";
import type { WantedDashboard } from "../wanted/want.ts";
import { awaitVersion } from "./await-version.ts";
import { conflict } from "./conflict.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { failIfUnreadable, ifAny } from "./parts.ts";
import { repairPermissions } from "./repair-permissions.ts";

/** What became of a dashboard. */
export interface DeployedDashboard {
  readonly name: string;
  readonly id: string;
  /** Number of the version that is wanted. */
  readonly version: number;
  /** Number of the version that people see. */
  readonly published: number | null;
}

/**
 * Makes the wanted version, waits for that very version, and publishes it when it was asked to.
 * The first version of a dashboard is published by the service itself.
 */
export async function deployDashboard(
  session: QuickSightSession,
  { plan, wanted }: { readonly plan: DashboardsPlan; readonly wanted: WantedDashboard },
  options: DeployOptions,
): Promise<DeployedDashboard> {
  const { id, name } = wanted;
  const { say, waitMs } = options;
  const asset = planOf(plan, "dashboard", id);
  failIfUnreadable(asset);
  const live = plan.live.dashboards.get(id) as LiveDashboard | null;
  const number = await versionOf(session, { plan, wanted, live }, options);
  if (number !== live?.published) await awaitVersion(session, wanted, { number, waitMs });
  if (live === null) say(`dashboard ${id}: created, version ${number}`);
  const isRepaired = await repairPermissions(session, { kind: "dashboard", id }, asset.permissions);
  if (isRepaired) say(`dashboard ${id}: permissions repaired`);
  const arn = assetArn(plan.wanted.target, "dashboard", id);
  const seen = live === null ? number : live.published;
  const isHeld = asset.action === "held";
  if (isHeld) say(`dashboard ${id}: version ${number} was rolled back from and is not published`);
  if (seen === number || !options.publish || isHeld) {
    return { name, id, version: number, published: seen };
  }
  await refuseNewer(session, { id, number, force: options.force });
  await publishVersion(session, { id, arn, number, before: seen });
  say(`dashboard ${id}: version ${number} published`);
  return { name, id, version: number, published: number };
}

interface Known {
  readonly plan: DashboardsPlan;
  readonly wanted: WantedDashboard;
  readonly live: LiveDashboard | null;
}

async function versionOf(
  session: QuickSightSession,
  known: Known,
  options: DeployOptions,
): Promise<number> {
  const { plan, wanted, live } = known;
  if (live === null) return create(session, known, options);
  const { action } = planOf(plan, "dashboard", wanted.id);
  const [latest] = live.versions;
  if (action !== "update" && action !== "edited") return latest.number;
  return update(session, { wanted, live, target: plan.wanted.target }, options);
}

async function create(
  session: QuickSightSession,
  { plan, wanted }: Known,
  { journal }: DeployOptions,
): Promise<number> {
  const { id, hash } = wanted;
  const { audience, deployment, target } = plan.wanted;
  return askOnce(
    session,
    { operation: "CreateDashboard", subject: id },
    {
      send: async (api, to, options) => {
        const { VersionArn } = await api.createDashboard(
          {
            ...to,
            ...dashboardContent(wanted, target),
            DashboardId: id,
            VersionDescription: describeVersion({ ...journal, hash, after: 0 }),
            ...ifAny("Permissions", wantedPermissions("dashboard", audience)),
            Tags: newTags(deployment, { [PUBLISHED_TAG]: "1" }),
          },
          options,
        );
        return numberIn(VersionArn) ?? 1;
      },
      done: async () => (await madeVersion(session, { id, hash, after: 0 }))?.number ?? null,
    },
  );
}

async function update(
  session: QuickSightSession,
  {
    wanted,
    live,
    target,
  }: {
    readonly wanted: WantedDashboard;
    readonly live: LiveDashboard;
    readonly target: DashboardsPlan["wanted"]["target"];
  },
  { journal, force, say }: DeployOptions,
): Promise<number> {
  const { id, hash } = wanted;
  const [latest] = live.versions;
  const published = await readPublishOptions(session, { id, live });
  await refuseNewer(session, { id, number: latest.number, force });
  const number = await askOnce(
    session,
    { operation: "UpdateDashboard", subject: id },
    {
      send: async (api, to, options) => {
        const { VersionArn } = await api.updateDashboard(
          {
            ...to,
            ...dashboardContent(wanted, target),
            ...published,
            DashboardId: id,
            VersionDescription: describeVersion({ ...journal, hash, after: latest.number }),
          },
          options,
        );
        return numberIn(VersionArn) ?? latest.number + 1;
      },
      done: async () =>
        (await madeVersion(session, { id, hash, after: latest.number }))?.number ?? null,
    },
  );
  say(`dashboard ${id}: version ${number} made`);
  if (latest.mark === null)
    say(`dashboard ${id}: version ${latest.number} of somebody else stays in the history`);
  if (number !== latest.number + 1) {
    const why = `version ${latest.number + 1} was expected, version ${number} was made: not published`;
    if (!force) throw conflict(id, why);
    say(`dashboard ${id}: ${why.replace(": not published", "")}`);
  }
  return number;
}

// What viewers may do belongs to the version and stands in no file: a new one begins without.
async function readPublishOptions(
  session: QuickSightSession,
  { id, live }: { readonly id: string; readonly live: LiveDashboard },
): Promise<Pick<UpdateDashboardRequest, "DashboardPublishOptions">> {
  const version = live.versions.find(({ outcome }) => outcome === "ok");
  if (version === undefined) return {};
  const asked = {
    operation: "DescribeDashboardDefinition",
    subject: `${id}, version ${version.number}`,
  };
  const { DashboardPublishOptions } = await ask(session, asked, (api, to, options) =>
    api.describeDashboardDefinition(
      { ...to, DashboardId: id, VersionNumber: version.number },
      options,
    ),
  );
  return DashboardPublishOptions === undefined ? {} : { DashboardPublishOptions };
}

/** @throws TurnawayError CONFLICT where the newest version is not the one that is known. */
async function refuseNewer(
  session: QuickSightSession,
  { id, number, force }: { readonly id: string; readonly number: number; readonly force: boolean },
): Promise<void> {
  if (force) return;
  const [latest] = await readVersions(session, id);
  if (latest === undefined || latest.number === number) return;
  throw conflict(id, `version ${latest.number} was made meanwhile, after version ${number}`);
}

// Whether a request whose answer was lost has made its version.
async function madeVersion(
  session: QuickSightSession,
  { id, hash, after }: { readonly id: string; readonly hash: string; readonly after: number },
): Promise<LiveVersion | null> {
  try {
    const versions = await readVersions(session, id);
    return versions.find(({ number, mark }) => number > after && mark?.hash === hash) ?? null;
  } catch (error) {
    if (error instanceof TurnawayError && isMissing(error)) return null;
    throw error;
  }
}

function numberIn(arn: string | undefined): number | null {
  const match = /\/version\/(\d+)$/.exec(arn ?? "");
  return match === null ? null : Number(match[1]);
}
