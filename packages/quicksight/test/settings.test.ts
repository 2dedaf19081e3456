import type { DefinitionFiles } from "@turnaway/dashboards";
import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import { applyPlan } from "../src/index.ts";
import {
  actions,
  AUTHOR,
  connect,
  deploy,
  HOW,
  newStore,
  plan,
  shippedDefinitions,
} from "./support/life-cycle.ts";

vi.setConfig({ testTimeout: 60_000 });

const server = await startQuickSightServer({ store: newStore() });
afterAll(() => server.close());
beforeEach(() => server.restart(newStore()));

const SHIPPED = shippedDefinitions(["rejects"]);
const RENAMED = edited("data-sets/rejects.yml", /^name: .*$/m, "name: Another name");
const DIRECT = edited("data-sets/rejects.yml", /^mode: spice$/m, "mode: direct");
const ID = "turnaway-test-rejects";

/** What somebody set up in the console, and no file says. */
const SETTINGS = {
  RowLevelPermissionDataSet: {
    Arn: "arn:aws:quicksight:eu-central-1:123456789012:dataset/rules",
    PermissionPolicy: "GRANT_ACCESS",
    FormatVersion: "VERSION_2",
    Status: "ENABLED",
  },
  RowLevelPermissionTagConfiguration: {
    Status: "ENABLED",
    TagRules: [{ TagKey: "team", ColumnName: "owner" }],
  },
  ColumnLevelPermissionRules: [{ Principals: [AUTHOR], ColumnNames: ["client"] }],
  ColumnGroups: [{ GeoSpatialColumnGroup: { Name: "places", Columns: ["region"] } }],
  FieldFolders: { addresses: { columns: ["client", "server"] } },
  DatasetParameters: [
    { StringDatasetParameter: { Id: "p", Name: "team", ValueType: "SINGLE_VALUED" } },
  ],
  DataSetUsageConfiguration: { DisableUseAsDirectQuerySource: true },
};

describe("what somebody set up on a data set, and no file says", () => {
  test("is no edit, and is there after the next change", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    change(SETTINGS);
    expect(actions(await plan(session, SHIPPED))).toEqual([]);
    await deploy(session, RENAMED);
    expect(input(ID)).toMatchObject({ ...SETTINGS, Name: "Another name" });
    expect(server.violations).toEqual([]);
  });

  test("is on the copy as well that a forced deployment keeps", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    change({ ...SETTINGS, Name: "Mine" });
    const copy = keptAs(await deploy(session, SHIPPED, { force: true }));
    expect(input(copy)).toMatchObject({ ...SETTINGS, Name: "Mine (kept)" });
    expect(input(ID)).toMatchObject(SETTINGS);
    expect(server.violations).toEqual([]);
  });

  test("is not left to an older copy that has no such rules", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    change({ Name: "Mine" });
    const first = keptAs(await deploy(session, SHIPPED, { force: true }));
    await deploy(session, RENAMED);
    change({ ...SETTINGS, Name: "Mine" });
    const second = keptAs(await deploy(session, SHIPPED, { force: true }));
    expect(second).not.toBe(first);
    expect(input(second)).toMatchObject(SETTINGS);
  });
});

describe("an edit of a data set between the plan and its end", () => {
  test("is kept beside it by a forced deployment", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    const planned = await plan(session, RENAMED);
    change({ Name: "Mine" });
    const said: string[] = [];
    const how = { ...HOW, force: true, say: (line: string) => void said.push(line) };
    expect((await applyPlan(session, planned, how)).failures).toEqual([]);
    expect(input(keptAs(said))).toMatchObject({ Name: "Mine (kept)" });
    expect(input(ID)).toMatchObject({ Name: "Another name" });
  });

  test("is not gone over while somebody goes on editing, even with force", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    const planned = await plan(session, RENAMED);
    change({ Name: "Mine" });
    server.inject({
      fault: { kind: "outcome", outcome: {} },
      when: ({ operation }) => {
        // The copy is made: somebody saves once more.
        if (operation === "CreateDataSet") change({ Name: "Mine, later" });
        return false;
      },
    });
    const { failures } = await applyPlan(session, planned, { ...HOW, force: true });
    expect(failures).toMatchObject([{ code: "CONFLICT" }, { code: "AWS" }]);
    expect(input(ID)).toMatchObject({ Name: "Mine, later" });
  });
});

test.each(["published", "rolled back from"])(
  "what viewers may do is as it was in the version after one that is %s",
  async (state) => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    const options = { ExportToCSVOption: { AvailabilityStatus: "DISABLED" } };
    server.editInConsole(ID, () => undefined);
    const dashboard = server.store.dashboards.get(ID)!;
    dashboard.versions.push({ ...dashboard.versions.pop()!, publishOptions: options });
    if (state === "rolled back from") dashboard.published = 1;
    const renamed = edited("dashboard.yml", /^name: .*$/m, "name: Another name");
    const before = server.count("DescribeDashboardDefinition");
    const planned = await plan(session, renamed);
    const looks = server.count("DescribeDashboardDefinition") - before;
    expect((await applyPlan(session, planned, { ...HOW, publish: true })).failures).toEqual([]);
    expect(dashboard.versions.at(-1)).toMatchObject({
      name: "Another name",
      publishOptions: options,
    });
    expect(server.count("DescribeDashboardDefinition") - before - looks).toBe(1);
    expect(server.violations).toEqual([]);
  },
);

describe("a data set that leaves SPICE", () => {
  test("has no refresh any more, nor says that it had one", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    const stored = server.store.dataSets.get(ID)!;
    expect(stored.schedules.size).toBe(1);
    const [ours] = stored.schedules.values();
    stored.schedules.set("mine", { ...ours, ScheduleId: "mine" });
    expect(actions(await plan(session, DIRECT))).toContain("refresh rejects: update");
    const said = await deploy(session, DIRECT);
    expect(said.join("\n")).toContain("mine");
    expect(stored.input).toMatchObject({ ImportMode: "DIRECT_QUERY" });
    expect(stored.schedules.size).toBe(0);
    expect(stored.refreshProperties).toBeUndefined();
    expect(stored.tags).not.toHaveProperty(["turnaway:refresh"]);
    expect(actions(await plan(session, DIRECT))).toEqual([]);
  });

  test("is refreshed again when it comes back, whatever an older journal says", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    const stored = server.store.dataSets.get(ID)!;
    const journal = { ...stored.tags };
    await deploy(session, DIRECT);
    stored.tags = { ...stored.tags, "turnaway:refresh": journal["turnaway:refresh"]! };
    await deploy(session, SHIPPED);
    expect(stored.schedules.size).toBe(1);
    expect(stored.refreshProperties).toBeDefined();
    expect(actions(await plan(session, SHIPPED))).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test("goes on where it was broken off on the way", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED);
    server.inject({
      fault: { kind: "refuse", type: "AccessDeniedException", message: "no" },
      when: "UpdateDataSet",
    });
    await expect(deploy(session, DIRECT)).rejects.toMatchObject({ code: "AWS" });
    await deploy(session, SHIPPED);
    expect(server.store.dataSets.get(ID)!.schedules.size).toBe(1);
    await deploy(session, DIRECT);
    expect(actions(await plan(session, DIRECT))).toEqual([]);
  });
});

function change(members: object): void {
  const stored = server.store.dataSets.get(ID)!;
  stored.input = { ...stored.input, ...members };
}

function input(id: string): object | undefined {
  return server.store.dataSets.get(id)?.input;
}

function keptAs(said: readonly string[]): string {
  const [, copy = ""] = /data set .* kept as (.+)$/m.exec(said.join("\n")) ?? [];
  return copy;
}

function edited(file: string, before: RegExp, after: string): Map<string, DefinitionFiles> {
  const files = SHIPPED.get("rejects")!;
  const text = files[file]!;
  if (!before.test(text)) throw new Error(`${file} has no ${before}`);
  return new Map([["rejects", { ...files, [file]: text.replace(before, after) }]]);
}
