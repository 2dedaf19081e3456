import {
  ConflictException,
  InvalidParameterValueException,
  QuickSight,
  ResourceExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-quicksight";
import { describe, expect, onTestFinished, test } from "vitest";

import {
  type QuickSightServer,
  type QuickSightServerOptions,
  startQuickSightServer,
} from "./quicksight-server.ts";
import { ACCOUNT, ANALYSIS, DASHBOARD, DATA_SET, definition, SOURCE } from "./sample-requests.ts";
import { QuickSightStore } from "./store.ts";

const ID = { ...ACCOUNT, DashboardId: "rejects" };

describe("a dashboard", () => {
  test("publishes its first version when it succeeds, and no later one", async () => {
    const { client, server } = await deployed();
    await client.createDashboard(DASHBOARD);
    expect(await published(client)).toEqual([1, "CREATION_IN_PROGRESS"]);
    expect(await published(client)).toEqual([1, "CREATION_SUCCESSFUL"]);
    await client.updateDashboard({ ...DASHBOARD, VersionDescription: "the second" });
    expect(await published(client)).toEqual([1, "CREATION_SUCCESSFUL"]);
    expect(await version(client, 2)).toMatchObject({ Status: "CREATION_IN_PROGRESS" });
    expect(await version(client, 2)).toMatchObject({ Status: "CREATION_SUCCESSFUL" });
    await client.updateDashboardPublishedVersion({ ...ID, VersionNumber: 2 });
    expect(await published(client)).toEqual([2, "CREATION_SUCCESSFUL"]);
    const { DashboardVersionSummaryList } = await client.listDashboardVersions(ID);
    expect(DashboardVersionSummaryList?.map(({ Description }) => Description)).toEqual([
      "the second",
      "the first",
    ]);
    expect(server.violations).toEqual([]);
  });

  test("fails where a column is missing, and names the visual", async () => {
    const { client } = await deployed({ looks: 0 });
    await client.createDashboard(DASHBOARD);
    await client.updateDashboard({ ...DASHBOARD, Definition: definition("bytes") });
    expect(await version(client, 2)).toMatchObject({
      Status: "CREATION_FAILED",
      Errors: [
        {
          Type: "COLUMN_REPLACEMENT_MISSING",
          Message: `Required column 'bytes' is missing in data set 'arn:aws:quicksight:us-east-1:123456789012:dataset/rejects'`,
          ViolatedEntities: [{ Path: "sheet/overview/visual/top-clients" }],
        },
      ],
    });
    expect(await published(client)).toEqual([1, "CREATION_SUCCESSFUL"]);
    await expect(
      client.updateDashboardPublishedVersion({ ...ID, VersionNumber: 2 }),
    ).rejects.toBeInstanceOf(InvalidParameterValueException);
  });

  test("fails where a column is of another type, or a data set is gone", async () => {
    const { client } = await deployed({ looks: 0 });
    await client.createDashboard({ ...DASHBOARD, Definition: definition("client") });
    expect(await version(client, 1)).toMatchObject({ Errors: [{ Type: "COLUMN_TYPE_MISMATCH" }] });
    await client.deleteDataSet({ ...ACCOUNT, DataSetId: "rejects" });
    await client.updateDashboard(DASHBOARD);
    expect(await version(client, 2)).toMatchObject({ Errors: [{ Type: "DATA_SET_NOT_FOUND" }] });
    const { DashboardSummaryList } = await client.listDashboards(ACCOUNT);
    expect(DashboardSummaryList?.[0]).not.toHaveProperty("PublishedVersionNumber");
  });

  test("is in conflict while a version is in progress, and exists once", async () => {
    const { client } = await deployed({ looks: 2 });
    await client.createDashboard(DASHBOARD);
    await expect(client.createDashboard(DASHBOARD)).rejects.toBeInstanceOf(ResourceExistsException);
    await expect(client.updateDashboard(DASHBOARD)).rejects.toBeInstanceOf(ConflictException);
    await expect(client.deleteDashboard(ID)).rejects.toBeInstanceOf(ConflictException);
    await client.deleteDashboard(ID);
    await expect(client.describeDashboard(ID)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test("is described with what the service fills in", async () => {
    const { client } = await deployed();
    await client.createDashboard(DASHBOARD);
    const { Definition } = await client.describeDashboardDefinition(ID);
    expect(Definition).toMatchObject({
      CalculatedFields: [],
      FilterGroups: [],
      Sheets: [{ ContentType: "INTERACTIVE", SheetId: "overview" }],
    });
  });

  test("that is edited in the console has a version more, which is published", async () => {
    const { client, server } = await deployed({ looks: 0 });
    await client.createDashboard(DASHBOARD);
    server.editInConsole("rejects", ({ Sheets }) => {
      Sheets[0].Name = "Edited";
    });
    expect(await published(client)).toEqual([2, "CREATION_SUCCESSFUL"]);
    expect(await version(client, 2)).toMatchObject({ Sheets: [{ Name: "Edited" }] });
    expect(await version(client, 1)).toMatchObject({ Sheets: [{ Name: "Overview" }] });
  });
});

describe("an analysis", () => {
  test("is changed in place, and keeps its id for a month", async () => {
    const { client, server } = await deployed({ looks: 0 });
    const id = { ...ACCOUNT, AnalysisId: "rejects" };
    await client.createAnalysis(ANALYSIS);
    await client.updateAnalysis({ ...ANALYSIS, Name: "Renamed" });
    const edit = ({ Sheets }: { Sheets: { Name: string }[] }): void => {
      Sheets[0]!.Name = "Edited";
    };
    server.editInConsole("rejects", edit, "analysis");
    expect(await client.describeAnalysis(id)).toMatchObject({
      Analysis: { Name: "Renamed", Sheets: [{ Name: "Edited" }], Status: "UPDATE_SUCCESSFUL" },
    });
    await client.deleteAnalysis(id);
    expect(await client.describeAnalysis(id)).toMatchObject({ Analysis: { Status: "DELETED" } });
    await expect(client.createAnalysis(ANALYSIS)).rejects.toBeInstanceOf(ResourceExistsException);
    await client.restoreAnalysis(id);
    await client.deleteAnalysis({ ...id, ForceDeleteWithoutRecovery: true });
    await client.createAnalysis(ANALYSIS);
  });
});

describe("a data set", () => {
  const id = { ...ACCOUNT, DataSetId: "rejects" };
  const window = { ColumnName: "day", Size: 3, SizeUnit: "DAY" } as const;
  const properties = (ColumnName: string) => ({
    ...id,
    DataSetRefreshProperties: {
      RefreshConfiguration: {
        IncrementalRefresh: { LookbackWindow: { ...window, ColumnName } },
      },
    },
  });
  const schedule = {
    ...id,
    Schedule: {
      ScheduleId: "daily",
      RefreshType: "INCREMENTAL_REFRESH",
      ScheduleFrequency: { Interval: "DAILY", TimeOfTheDay: "06:00" },
    },
  } as const;

  test("waits for its source", async () => {
    const { client } = await connected();
    await client.createDataSource(SOURCE);
    await expect(client.createDataSet(DATA_SET)).rejects.toBeInstanceOf(ConflictException);
    await client.createDataSet(DATA_SET);
    expect(await client.describeDataSet(id)).toMatchObject({
      DataSet: { OutputColumns: [{ Name: "day" }, { Name: "client" }, { Name: "records" }] },
    });
  });

  test("refreshes incrementally by a DATETIME column", async () => {
    const { client } = await deployed();
    await expect(client.createRefreshSchedule(schedule)).rejects.toThrow(/no refresh properties/);
    await expect(client.putDataSetRefreshProperties(properties("client"))).rejects.toBeInstanceOf(
      InvalidParameterValueException,
    );
    await client.putDataSetRefreshProperties(properties("day"));
    await client.createRefreshSchedule(schedule);
    expect(await client.listRefreshSchedules(id)).toMatchObject({
      RefreshSchedules: [{ ScheduleId: "daily", StartAfterDateTime: expect.any(Date) as Date }],
    });
  });

  test("leaves SPICE only without a schedule", async () => {
    const { client } = await deployed();
    await client.putDataSetRefreshProperties(properties("day"));
    await client.createRefreshSchedule(schedule);
    const direct = { ...DATA_SET, ImportMode: "DIRECT_QUERY" } as const;
    await expect(client.updateDataSet(direct)).rejects.toThrow(/refresh schedule/);
    await client.deleteRefreshSchedule({ ...id, ScheduleId: "daily" });
    await client.updateDataSet(direct);
  });

  test("is imported when it is made, and again on request", async () => {
    const { client, server } = await deployed();
    await client.createIngestion({ ...id, IngestionId: "again" });
    server.inject({
      when: "CreateIngestion",
      fault: {
        kind: "outcome",
        outcome: {
          errors: [{ Type: "ACCOUNT_CAPACITY_LIMIT_EXCEEDED", Message: "SPICE is full" }],
        },
      },
    });
    await client.createIngestion({ ...id, IngestionId: "full" });
    const statuses = async (): Promise<unknown> =>
      (await client.listIngestions(id)).Ingestions?.map((each) => [
        each.IngestionId,
        each.IngestionStatus,
        each.ErrorInfo?.Type,
      ]);
    await statuses();
    expect(await statuses()).toEqual([
      ["full", "FAILED", "ACCOUNT_CAPACITY_LIMIT_EXCEEDED"],
      ["again", "COMPLETED", undefined],
      ["import-1", "COMPLETED", undefined],
    ]);
  });
});

describe("whoever may", () => {
  const grant = (Principal: string, ...names: string[]) => ({
    Principal: `arn:aws:quicksight:us-east-1:123456789012:${Principal}`,
    Actions: names.map((name) => `quicksight:${name}`),
  });

  test("is granted and revoked actions one by one", async () => {
    const { client } = await deployed({ looks: 0 });
    await client.createDashboard({
      ...DASHBOARD,
      Permissions: [grant("user/default/ada", "DescribeDashboard", "QueryDashboard")],
    });
    const { Permissions } = await client.updateDashboardPermissions({
      ...ID,
      GrantPermissions: [grant("group/default/analysts", "DescribeDashboard")],
      RevokePermissions: [grant("user/default/ada", "QueryDashboard")],
    });
    expect(Permissions).toEqual([
      grant("user/default/ada", "DescribeDashboard"),
      grant("group/default/analysts", "DescribeDashboard"),
    ]);
  });

  test("has to be there, and the action has to be one of the asset", async () => {
    const { client } = await deployed({ looks: 0 });
    await client.createDashboard(DASHBOARD);
    const update = (GrantPermissions: ReturnType<typeof grant>[]) =>
      client.updateDashboardPermissions({ ...ID, GrantPermissions });
    await expect(update([grant("user/default/eve", "DescribeDashboard")])).rejects.toThrow(/eve/);
    await expect(update([grant("user/default/ada", "PassDataSet")])).rejects.toThrow(/PassDataSet/);
  });
});

describe("tags, lists and the account", () => {
  test("tags are set and taken away", async () => {
    const { client } = await deployed();
    const ResourceArn = "arn:aws:quicksight:us-east-1:123456789012:dataset/rejects";
    await client.tagResource({
      ResourceArn,
      Tags: [
        { Key: "turnaway", Value: "production" },
        { Key: "hash", Value: "1" },
      ],
    });
    await client.untagResource({ ResourceArn, TagKeys: ["hash"] });
    expect((await client.listTagsForResource({ ResourceArn })).Tags).toEqual([
      { Key: "turnaway", Value: "production" },
    ]);
  });

  test.each([
    ["a character that tags can not have", { Key: "turnaway", Value: "3>2" }, /3>2/],
    ["a key with such a one", { Key: "turn,away", Value: "1" }, /turn,away/],
    ["a key of the service's own", { Key: "aws:turnaway", Value: "1" }, /aws:turnaway/],
    ["too long a value", { Key: "turnaway", Value: "a".repeat(257) }, /256/],
  ])("a tag is refused for %s", async (_, tag, message) => {
    const { client } = await deployed();
    const ResourceArn = "arn:aws:quicksight:us-east-1:123456789012:dataset/rejects";
    await expect(client.tagResource({ ResourceArn, Tags: [tag] })).rejects.toThrow(message);
    await expect(
      client.createDashboard({ ...DASHBOARD, DashboardId: "tagged", Tags: [tag] }),
    ).rejects.toThrow(message);
  });

  test("lists are paged", async () => {
    const { client } = await deployed({ looks: 0, pageSize: 2 });
    for (const id of ["a", "b", "c"])
      await client.createDashboard({ ...DASHBOARD, DashboardId: id });
    const first = await client.listDashboards(ACCOUNT);
    const { NextToken } = first;
    const second = await client.listDashboards({ ...ACCOUNT, NextToken });
    const ids = [first, second].map(({ DashboardSummaryList }) =>
      DashboardSummaryList?.map(({ DashboardId }) => DashboardId),
    );
    expect(ids).toEqual([["a", "b"], ["c"]]);
  });

  test("the standard edition has no dashboards, and an account without subscription nothing", async () => {
    const { client, server } = await connected();
    server.restart(new QuickSightStore({ edition: "STANDARD" }));
    await expect(client.createDashboard(DASHBOARD)).rejects.toThrow(/Standard/);
    server.restart(new QuickSightStore({ edition: null }));
    await expect(client.describeAccountSubscription(ACCOUNT)).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    await expect(client.listDashboards(ACCOUNT)).rejects.toThrow(/Directory information/);
  });

  test("users are asked for in the region that they are kept in", async () => {
    const { client, server } = await connected();
    server.restart(new QuickSightStore({ region: "us-east-1", identityRegion: "eu-west-1" }));
    await expect(
      client.describeUser({ ...ACCOUNT, Namespace: "default", UserName: "ada" }),
    ).rejects.toThrow(/your identity region is eu-west-1/);
  });

  test("IAM has every role, or those that it was given", async () => {
    const { server } = await connected();
    const status = async (name: string): Promise<number> => {
      const body = new URLSearchParams({ Action: "GetRole", RoleName: name });
      return (await fetch(server.url, { method: "POST", body })).status;
    };
    expect(await status("anyone")).toBe(200);
    server.restart(new QuickSightStore({ roles: ["reader"] }));
    expect([await status("reader"), await status("anyone")]).toEqual([200, 404]);
  });

  test("users, groups and namespaces are found by name", async () => {
    const { client } = await connected();
    const place = { ...ACCOUNT, Namespace: "default" };
    await client.describeUser({ ...place, UserName: "ada" });
    await client.describeGroup({ ...place, GroupName: "analysts" });
    await client.describeNamespace(place);
    await expect(client.describeUser({ ...place, UserName: "eve" })).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });
});

describe("what is wrong", () => {
  test("a request that the model refuses is refused, and remembered", async () => {
    const { client, server } = await deployed();
    await expect(
      client.createDashboard({ ...DASHBOARD, DashboardId: "not an id" }),
    ).rejects.toBeInstanceOf(InvalidParameterValueException);
    expect(server.violations).toMatchObject([
      { operation: "CreateDashboard", problems: [expect.stringMatching(/'DashboardId'.*pattern/)] },
    ]);
  });

  test("a fault strikes before or after the effect, as often as it says", async () => {
    const { client, server } = await deployed({ looks: 0 });
    server.inject({ when: "CreateDashboard", fault: { kind: "reset" } });
    await expect(client.createDashboard(DASHBOARD)).rejects.toThrow();
    expect(server.store.dashboards.size).toBe(0);
    server.inject({ when: "CreateDashboard", fault: { kind: "reset" }, stage: "after" });
    await expect(client.createDashboard(DASHBOARD)).rejects.toThrow();
    expect(server.store.dashboards.size).toBe(1);
    expect(server.count("CreateDashboard")).toBe(2);
    await client.describeDashboard(ID);
  });

  test("what is stuck goes on when the server is healed", async () => {
    const { client, server } = await deployed({ looks: 0 });
    server.inject({
      when: "CreateDashboard",
      fault: { kind: "outcome", outcome: { isStuck: true } },
    });
    await client.createDashboard(DASHBOARD);
    expect(await version(client, 1)).toMatchObject({ Status: "CREATION_IN_PROGRESS" });
    expect(await version(client, 1)).toMatchObject({ Status: "CREATION_IN_PROGRESS" });
    server.heal();
    expect(await version(client, 1)).toMatchObject({ Status: "CREATION_SUCCESSFUL" });
  });

  test("a broken dashboard is listed, and can't be described", async () => {
    const { client, server } = await deployed({ looks: 0 });
    await client.createDashboard(DASHBOARD);
    server.store.broken.add("rejects");
    expect((await client.listDashboards(ACCOUNT)).DashboardSummaryList).toHaveLength(1);
    await expect(client.describeDashboard(ID)).rejects.toMatchObject({
      name: "InternalFailureException",
    });
  });

  test("a session that has ended", async () => {
    const { client, server } = await connected();
    server.expiredKeys.add("key");
    await expect(client.listDashboards(ACCOUNT)).rejects.toMatchObject({
      name: "ExpiredTokenException",
    });
  });

  test("a copy of the store changes on its own", async () => {
    const { client, server } = await deployed({ looks: 0 });
    const before = server.store.clone();
    await client.createDashboard(DASHBOARD);
    expect([before.dashboards.size, server.store.dashboards.size]).toEqual([0, 1]);
    server.restart(before);
    await expect(client.describeDashboard(ID)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

interface Connected {
  readonly client: QuickSight;
  readonly server: QuickSightServer;
}

async function connected(options: QuickSightServerOptions = {}): Promise<Connected> {
  const server = await startQuickSightServer(options);
  const client = new QuickSight({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "key", secretAccessKey: "secret" },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, server };
}

/** With a data source and a data set that are ready. */
async function deployed(options: QuickSightServerOptions = {}): Promise<Connected> {
  const { client, server } = await connected(options);
  await client.createDataSource(SOURCE);
  for (const work of server.store.works()) work.looksLeft = 0;
  await client.createDataSet(DATA_SET);
  return { client, server };
}

async function published(client: QuickSight): Promise<unknown> {
  const { Dashboard } = await client.describeDashboard(ID);
  return [Dashboard?.Version?.VersionNumber, Dashboard?.Version?.Status];
}

async function version(client: QuickSight, VersionNumber: number): Promise<unknown> {
  return (await client.describeDashboard({ ...ID, VersionNumber })).Dashboard?.Version;
}
