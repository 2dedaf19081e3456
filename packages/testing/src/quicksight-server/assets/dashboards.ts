import { beginWork, type Call, type Handler, optionalText, text } from "../call.ts";
import { definitionErrors } from "../definition/definition-errors.ts";
import { fillIn } from "../definition/fill-in.ts";
import { page } from "../pages.ts";
import type { Input } from "../request.ts";
import { alreadyExists, busy, invalid, notFound, ServiceError } from "../service-error.ts";
import type { StoredDashboard, StoredVersion, Wire } from "../store.ts";
import { lookAt, resultOf, statusOf, type WorkError } from "../work.ts";
import { checkIdle, existing, newAsset, REQUEST } from "./assets.ts";
import { checkPermissions } from "./permissions.ts";

/**
 * Dashboards and their versions. An update makes a version and publishes nothing; the first
 * version publishes itself when it succeeds.
 */
export const DASHBOARDS = {
  CreateDashboard(call) {
    const { store, input } = call;
    const id = text(input, "DashboardId");
    if (store.dashboards.has(id)) throw alreadyExists(`Dashboard ${id}`);
    checkPermissions(call, "Dashboard", input["Permissions"] as []);
    const version = newVersion(call, 1);
    const dashboard: StoredDashboard = {
      ...newAsset(call, id, "dashboard"),
      versions: [version],
    };
    store.dashboards.set(id, dashboard);
    publishFirst(dashboard);
    const { arn } = dashboard;
    const VersionArn = `${arn}/version/1`;
    const status = statusOf(version.work);
    return { Arn: arn, VersionArn, DashboardId: id, CreationStatus: status, ...REQUEST };
  },
  UpdateDashboard(call) {
    const dashboard = dashboardOf(call);
    checkLatestIdle(dashboard);
    const version = newVersion(call, dashboard.versions.at(-1)!.number + 1);
    dashboard.versions.push(version);
    dashboard.updatedAt = call.store.tick();
    return {
      Arn: dashboard.arn,
      VersionArn: `${dashboard.arn}/version/${version.number}`,
      DashboardId: dashboard.id,
      CreationStatus: statusOf(version.work),
      ...REQUEST,
    };
  },
  DescribeDashboard(call) {
    const dashboard = describable(call);
    const version = versionOf(dashboard, call.input);
    const status = look(dashboard, version);
    return { Dashboard: shapeOf(dashboard, version, status), ...REQUEST };
  },
  DescribeDashboardDefinition(call) {
    const dashboard = describable(call);
    const version = versionOf(dashboard, call.input);
    const ResourceStatus = look(dashboard, version);
    return {
      DashboardId: dashboard.id,
      Name: version.name,
      ResourceStatus,
      Errors: resultOf(version.work) === "FAILED" ? version.work.errors : [],
      ...(version.theme !== undefined && { ThemeArn: version.theme }),
      Definition: fillIn(version.definition),
      ...(version.publishOptions !== undefined && {
        DashboardPublishOptions: version.publishOptions,
      }),
      ...REQUEST,
    };
  },
  ListDashboards(call) {
    return page(call, "DashboardSummaryList", [...call.store.dashboards.values()].map(summaryOf));
  },
  ListDashboardVersions(call) {
    const dashboard = dashboardOf(call);
    const versions = dashboard.versions.toReversed().map((version) => ({
      Arn: `${dashboard.arn}/version/${version.number}`,
      VersionNumber: version.number,
      CreatedTime: version.createdAt,
      Status: look(dashboard, version),
      ...(version.description !== undefined && { Description: version.description }),
    }));
    return page(call, "DashboardVersionSummaryList", versions);
  },
  UpdateDashboardPublishedVersion(call) {
    const dashboard = dashboardOf(call);
    const version = versionOf(dashboard, call.input);
    checkIdle(version.work, `Version ${version.number} of dashboard ${dashboard.id}`);
    if (resultOf(version.work) === "FAILED") {
      throw invalid(`Version ${version.number} of dashboard ${dashboard.id} did not succeed`);
    }
    dashboard.published = version.number;
    dashboard.publishedAt = call.store.tick();
    dashboard.updatedAt = dashboard.publishedAt;
    return { DashboardId: dashboard.id, DashboardArn: dashboard.arn, ...REQUEST };
  },
  DeleteDashboard(call) {
    const dashboard = dashboardOf(call);
    checkLatestIdle(dashboard);
    const { id, arn } = dashboard;
    const { VersionNumber } = call.input;
    if (VersionNumber === undefined) call.store.dashboards.delete(id);
    else removeVersion(dashboard, versionOf(dashboard, call.input));
    return { DashboardId: id, Arn: arn, ...REQUEST };
  },
} satisfies Record<string, Handler>;

const MOST_VERSIONS = 1000;
const FAILURE: WorkError = { Type: "INTERNAL_FAILURE", Message: "An internal failure occurred" };

function newVersion(call: Call, number: number): StoredVersion {
  const { store, input } = call;
  if (number > MOST_VERSIONS) {
    const message = `A dashboard has ${MOST_VERSIONS} versions at most`;
    throw new ServiceError("LimitExceededException", message);
  }
  const definition = input["Definition"] as Wire | undefined;
  if (definition === undefined) throw invalid("This server makes dashboards from definitions only");
  const description = optionalText(input, "VersionDescription");
  const theme = optionalText(input, "ThemeArn");
  const { DashboardPublishOptions } = input;
  return {
    number,
    name: text(input, "Name"),
    ...(description !== undefined && { description }),
    ...(theme !== undefined && { theme }),
    ...(DashboardPublishOptions !== undefined && {
      publishOptions: DashboardPublishOptions as Wire,
    }),
    definition,
    createdAt: store.tick(),
    work: beginWork(call, {
      phase: "CREATION",
      errors: definitionErrors(definition, store),
      failure: FAILURE,
    }),
  };
}

function dashboardOf({ store, input }: Call): StoredDashboard {
  return existing(store.dashboards, text(input, "DashboardId"), "Dashboard");
}

function describable(call: Call): StoredDashboard {
  const dashboard = dashboardOf(call);
  if (call.store.broken.has(dashboard.id)) {
    throw new ServiceError("InternalFailureException", "An internal failure occurred");
  }
  return dashboard;
}

/** The version that is asked for, by number or alias; else the published one. */
function versionOf(dashboard: StoredDashboard, { VersionNumber, AliasName }: Input): StoredVersion {
  const { versions, published, id } = dashboard;
  const latest = versions.at(-1)!;
  const named = AliasName === "$LATEST" ? latest.number : (published ?? latest.number);
  const number = typeof VersionNumber === "number" ? VersionNumber : named;
  const version = versions.find((each) => each.number === number);
  if (version === undefined) throw notFound(`Version ${number} of dashboard ${id}`);
  return version;
}

function look(dashboard: StoredDashboard, { work }: StoredVersion): string {
  const status = lookAt(work);
  publishFirst(dashboard);
  return status;
}

function publishFirst(dashboard: StoredDashboard): void {
  const [first] = dashboard.versions;
  if (dashboard.published !== undefined || first?.number !== 1) return;
  if (resultOf(first.work) !== "SUCCESSFUL") return;
  dashboard.published = 1;
  dashboard.publishedAt = first.createdAt;
}

function checkLatestIdle(dashboard: StoredDashboard): void {
  const latest = dashboard.versions.at(-1)!;
  if (resultOf(latest.work) !== "IN_PROGRESS") return;
  look(dashboard, latest);
  throw busy(`Version ${latest.number} of dashboard ${dashboard.id}`);
}

function removeVersion(dashboard: StoredDashboard, version: StoredVersion): void {
  if (dashboard.published === version.number) {
    throw invalid(`Version ${version.number} of dashboard ${dashboard.id} is published`);
  }
  dashboard.versions.splice(dashboard.versions.indexOf(version), 1);
}

function summaryOf(dashboard: StoredDashboard): object {
  const { id, arn, versions, createdAt, updatedAt, published, publishedAt } = dashboard;
  return {
    DashboardId: id,
    Arn: arn,
    Name: versions.find(({ number }) => number === published)?.name ?? versions[0]!.name,
    CreatedTime: createdAt,
    LastUpdatedTime: updatedAt,
    ...(published !== undefined && {
      PublishedVersionNumber: published,
      LastPublishedTime: publishedAt,
    }),
  };
}

function shapeOf(
  { id, arn, createdAt, updatedAt, publishedAt }: StoredDashboard,
  { number, name, description, theme, definition, work, createdAt: made }: StoredVersion,
  status: string,
): object {
  const declared = (definition["DataSetIdentifierDeclarations"] ?? []) as readonly Wire[];
  const sheets = (definition["Sheets"] ?? []) as readonly Wire[];
  return {
    DashboardId: id,
    Arn: arn,
    Name: name,
    CreatedTime: createdAt,
    LastUpdatedTime: updatedAt,
    ...(publishedAt !== undefined && { LastPublishedTime: publishedAt }),
    Version: {
      VersionNumber: number,
      Arn: `${arn}/version/${number}`,
      CreatedTime: made,
      Status: status,
      Errors: status.endsWith("FAILED") ? work.errors : [],
      DataSetArns: declared.map(({ DataSetArn }) => DataSetArn),
      Sheets: sheets.map(({ SheetId, Name }) => ({
        SheetId,
        ...(Name !== undefined && { Name }),
      })),
      ...(description !== undefined && { Description: description }),
      ...(theme !== undefined && { ThemeArn: theme }),
    },
  };
}
