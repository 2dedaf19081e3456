import { TurnawayError } from "@turnaway/core";
import { checkColumns, checkDefinition, sqlColumns } from "@turnaway/dashboards";
import {
  QUICKSIGHT_FAULTS,
  type QuickSightFault,
  type QuickSightServer,
  type QuickSightStore,
  refusal,
  startQuickSightServer,
} from "@turnaway/testing/quicksight-server";
import { describe, expect, onTestFinished, test } from "vitest";

import {
  findDashboards,
  init,
  type QuickSightSession,
  refresh,
  rollBack,
  want,
  type WantedDataSet,
} from "../../src/index.ts";
import {
  actions,
  AUTHOR,
  CONFIG,
  connect,
  deploy,
  newStore,
  plan,
  VIEWER,
} from "../support/life-cycle.ts";
import { CHANGED_VISUAL, MISSING_COLUMN, SAMPLE } from "./sample-definitions.ts";

const ID = "turnaway-test-sample";
const FOREVER = Number.POSITIVE_INFINITY;

describe("a version that fails", () => {
  const places = ["sheet/overview/visual/records", "/Sheets/0/Visuals/0/KPIVisual"];
  test.each(places)("E1: is named by its visual's file, and not published: %s", async (Path) => {
    const { server, session } = await deployed();
    const error = { Type: "INTERNAL_FAILURE", Message: "No", ViolatedEntities: [{ Path }] };
    server.inject({
      when: "UpdateDashboard",
      fault: { kind: "outcome", outcome: { errors: [error] } },
    });
    const failure = await failureOf(deploy(session, CHANGED_VISUAL, { publish: true }));
    expect(failure).toMatchObject({ exitCode: 4 });
    expect(failure.message).toMatch(/version 2 failed.*sample\/visuals\/records\.yml.*No/);
    expect(server.store.dashboards.get(ID)!.published).toBe(1);
  });

  test("E10: for want of a column names the file, and so does the check before a merge", async () => {
    const { server, session } = await deployed();
    const failure = await failureOf(deploy(session, MISSING_COLUMN, { publish: true }));
    expect(failure.message).toMatch(/sample\/visuals\/records\.yml.*Required column 'rows'/);
    expect(server.store.dashboards.get(ID)!.published).toBe(1);
    const details = checkColumns(MISSING_COLUMN.get("sample")!, sqlColumns());
    expect(details).toMatchObject([{ where: expect.stringMatching(/visuals\/records\.yml/) }]);
  });

  test("E4: is the one that was just made, whatever became of another", async () => {
    const { server, session } = await deployed();
    server.inject({ when: "UpdateDashboard", fault: QUICKSIGHT_FAULTS.fails });
    const before = server.requests.length;
    await failureOf(deploy(session, CHANGED_VISUAL, { publish: true }));
    const asked = server.requests
      .slice(before)
      .filter(({ operation }) => operation === "DescribeDashboard");
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ input }) => input["VersionNumber"] === 2)).toBe(true);
  });

  test("E5: because it never ends is left at the deadline, and the next run goes on", async () => {
    const { server, session } = await deployed();
    server.inject({ when: "UpdateDashboard", fault: QUICKSIGHT_FAULTS.stuck });
    const failure = await failureOf(deploy(session, CHANGED_VISUAL, { publish: true }));
    expect(failure).toMatchObject({ exitCode: 4 });
    expect(failure.message).toMatch(/version 2 is not ready.*still in progress after 600 s/);
    server.heal();
    await deploy(session, CHANGED_VISUAL, { publish: true });
    expect(versionsOf(server)).toEqual([1, 2]);
    expect(server.store.dashboards.get(ID)!.published).toBe(2);
  });
});

describe("what passes is waited for, and what does not ends it", () => {
  const cases: [
    name: string,
    fault: QuickSightFault,
    operation: "UpdateDashboard" | "UpdateDashboardPublishedVersion",
  ][] = [
    ["E2: a conflict while a version is made", QUICKSIGHT_FAULTS.conflict, "UpdateDashboard"],
    [
      "E2: a conflict while one is published",
      QUICKSIGHT_FAULTS.conflict,
      "UpdateDashboardPublishedVersion",
    ],
    ["E3: a throttle", QUICKSIGHT_FAULTS.throttled, "UpdateDashboard"],
  ];
  test.each(cases)("%s", async (_, fault, operation) => {
    const { server, session } = await deployed();
    server.inject({ when: operation, fault, times: 6 });
    await deploy(session, CHANGED_VISUAL, { publish: true });
    expect(versionsOf(server)).toEqual([1, 2]);
    server.inject({ when: operation, fault, times: FOREVER });
    const start = session.clock.now();
    const failure = await failureOf(deploy(session, SAMPLE, { publish: true }));
    expect(failure).toMatchObject({ exitCode: 4 });
    const waitedSeconds = (session.clock.now() - start) / 1000;
    expect(waitedSeconds).toBeGreaterThan(60);
    expect(waitedSeconds).toBeLessThan(300);
  });
});

describe("a run that is broken off", () => {
  test("E6: after the data set goes on with the dashboard, and makes nothing again", async () => {
    const { server, session } = await connected();
    server.inject({ when: "CreateDashboard", fault: QUICKSIGHT_FAULTS.denied });
    const failure = await failureOf(deploy(session, SAMPLE));
    expect(failure.message).toMatch(/quicksight:CreateDashboard/);
    expect(created(server)).toEqual([
      "CreateDataSource",
      "CreateDataSet",
      "CreateRefreshSchedule",
      "CreateAnalysis",
      "CreateDashboard",
    ]);
    const before = server.requests.length;
    await deploy(session, SAMPLE);
    expect(created(server, before)).toEqual(["CreateDashboard"]);
  });

  test("E7: between update and publish leaves the old version, and the next run publishes", async () => {
    const { server, session } = await deployed();
    server.inject({ when: "UpdateDashboardPublishedVersion", fault: QUICKSIGHT_FAULTS.denied });
    await failureOf(deploy(session, CHANGED_VISUAL, { publish: true }));
    expect(server.store.dashboards.get(ID)!.published).toBe(1);
    expect(actions(await plan(session, CHANGED_VISUAL))).toEqual(["dashboard sample: publish"]);
    await deploy(session, CHANGED_VISUAL, { publish: true });
    expect(server.store.dashboards.get(ID)!.published).toBe(2);
    expect(versionsOf(server)).toEqual([1, 2]);
  });

  test("E7: after a first version that failed, nobody goes back to what was never seen", async () => {
    const { server, session } = await connected();
    server.inject({ when: "CreateDashboard", fault: QUICKSIGHT_FAULTS.fails });
    await failureOf(deploy(session, SAMPLE));
    await deploy(session, SAMPLE, { publish: true });
    const [found] = await findDashboards(session, ["sample"]);
    const failure = await failureOf(rollBack(session, found!, { version: null, dryRun: false }));
    expect(failure.message).toMatch(/nothing to go back to/);
    expect(server.store.dashboards.get(ID)!.published).toBe(2);
  });
});

describe("what people did in the console", () => {
  const edit = (definition: { Sheets: { Name: string }[] }): void => {
    definition.Sheets[0]!.Name = "Edited";
  };

  test.each(["dashboard", "analysis"] as const)(
    "E8: to the %s is refused without force, and kept with it",
    async (kind) => {
      const { server, session } = await deployed();
      server.editInConsole(ID, edit, kind);
      const before = server.requests.length;
      const failure = await failureOf(deploy(session, CHANGED_VISUAL, { publish: true }));
      expect(failure.message).toMatch(/turnaway dashboards pull sample/);
      expect(writes(server, before)).toEqual([]);
      await deploy(session, CHANGED_VISUAL, { publish: true, force: true });
      expect(everythingSaid(server.store)).toContain('"Edited"');
      expect(actions(await plan(session, CHANGED_VISUAL))).toEqual([]);
    },
  );

  test("E9: to permissions is repaired, and nothing else is written", async () => {
    const { server, session } = await deployed();
    const viewers = { Principal: VIEWER, Actions: ["quicksight:DescribeDashboard"] };
    server.store.dashboards.get(ID)!.permissions = [viewers];
    server.store.dataSets.get("turnaway-test-coverage")!.permissions = [];
    const before = server.requests.length;
    await deploy(session, SAMPLE);
    expect(writes(server, before)).toEqual([
      "UpdateDataSetPermissions",
      "UpdateDashboardPermissions",
    ]);
    const principals = server.store.dashboards.get(ID)!.permissions.map((one) => one.Principal);
    expect(principals.toSorted()).toEqual([AUTHOR, VIEWER].toSorted());
    expect(actions(await plan(session, SAMPLE))).toEqual([]);
  });
});

describe("what is looked at before anything is done", () => {
  test("E11: the limits of the service, by file", () => {
    const visuals = Array.from({ length: 76 }, (_, index) => `v${index}`);
    const sheets = Array.from({ length: 21 }, (_, index) => `s${index}`);
    const problems = checkDefinition({
      ...SAMPLE.get("sample"),
      "dashboard.yml": `name: Sample\nsheets: [ overview, ${sheets.join(", ")} ]\n`,
      ...Object.fromEntries(sheets.map((id) => [`sheets/${id}.yml`, `name: ${id}\n`])),
      "sheets/overview.yml": `name: Overview\ngrid:\n  width: 1600px\n  rows:\n${visuals
        .map((id) => `    - { row: low, items: { ${id}: full } }\n`)
        .join("")}`,
      ...Object.fromEntries(
        visuals.map((id) => [
          `visuals/${id}.yml`,
          "type: kpi\ndata-set: coverage\nvalues: sum(records)\n",
        ]),
      ),
    });
    const texts = problems.map(({ what, where, why }) => `${what} (${where}): ${why}`);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/dashboard\.yml.*22 items, expected at most 20/),
        expect.stringMatching(/sheets\/overview\.yml.*76 items, expected at most 75/),
      ]),
    );
  });

  const accounts: [what: string, store: QuickSightStore, said: RegExp[]][] = [
    ["no subscription", newStore({ edition: null }), [/has no QuickSight/]],
    ["the Standard edition", newStore({ edition: "STANDARD" }), [/Standard edition/]],
    [
      "neither user nor group",
      newStore({ users: [], groups: [] }),
      [/no user ada/, /no group analysts/],
    ],
    ["no role", newStore({ roles: [] }), [/role/]],
  ];
  test.each(accounts)("E12: an account with %s", async (_, store, said) => {
    const { server, session } = await connected(store);
    const env = {
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    const problems = (await init(session, CONFIG, env))
      .filter(({ status }) => status === "fail")
      .map(({ what }) => what);
    expect(problems).toEqual(said.map((pattern) => expect.stringMatching(pattern) as string));
    expect(writes(server)).toEqual([]);
  });
});

describe("SPICE", () => {
  const full = "the SPICE capacity of this account is used up";
  const cases: [name: string, fault: QuickSightFault][] = [
    ["no import can begin", refusal("LimitExceededException", full)],
    [
      "an import fails",
      {
        kind: "outcome",
        outcome: { errors: [{ Type: "ACCOUNT_CAPACITY_LIMIT_EXCEEDED", Message: full }] },
      },
    ],
  ];
  test.each(cases)("E13: is full, so %s, and what to do is said", async (_, fault) => {
    const { server, session } = await deployed();
    for (const work of server.store.works()) work.looksLeft = 0;
    server.inject({ when: "CreateIngestion", fault });
    const [dataSet] = want(SAMPLE, { config: CONFIG, target: session.target }).dataSets;
    const failure = await failureOf(
      refresh(session, dataSet as Parameters<typeof refresh>[1] & WantedDataSet, {
        full: false,
        waitMs: 600_000,
        now: 1,
      }),
    );
    expect(failure).toMatchObject({ exitCode: 4 });
    expect(failure.message).toMatch(/turnaway-test-coverage.*capacity.*buy SPICE capacity/i);
  });
});

describe("a dashboard that can't be described", () => {
  test("E14: does not keep others from being planned and deployed", async () => {
    const { server, session } = await connected();
    const two = new Map([...SAMPLE, ["other", SAMPLE.get("sample")!]]);
    await deploy(session, two);
    server.store.broken.add(ID);
    const changed = new Map([...CHANGED_VISUAL, ["other", CHANGED_VISUAL.get("sample")!]]);
    const planned = actions(await plan(session, changed));
    expect(planned).toEqual(
      expect.arrayContaining(["dashboard sample: unreadable", "dashboard other: update"]),
    );
    const failure = await failureOf(deploy(session, changed, { publish: true }));
    expect(failure).toMatchObject({ exitCode: 4 });
    expect(failure.message).toContain(ID);
    expect(server.store.dashboards.get("turnaway-test-other")!.published).toBe(2);
  });

  test("E14: of somebody else is left alone", async () => {
    const { server, session } = await deployed();
    const { dashboards, broken } = server.store;
    dashboards.set("theirs", { ...structuredClone(dashboards.get(ID)!), id: "theirs" });
    broken.add("theirs");
    await deploy(session, CHANGED_VISUAL, { publish: true });
    expect(dashboards.get(ID)!.published).toBe(2);
  });
});

interface Setting {
  readonly server: QuickSightServer;
  readonly session: QuickSightSession;
}

async function connected(store = newStore()): Promise<Setting> {
  const server = await startQuickSightServer({ store });
  onTestFinished(() => server.close());
  return { server, session: await connect(server, undefined, 20_000) };
}

async function deployed(): Promise<Setting> {
  const setting = await connected();
  await deploy(setting.session, SAMPLE);
  return setting;
}

async function failureOf(work: Promise<unknown>): Promise<TurnawayError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TurnawayError);
  return error as TurnawayError;
}

function versionsOf({ store }: QuickSightServer): number[] {
  return store.dashboards.get(ID)!.versions.map(({ number }) => number);
}

function created({ requests }: QuickSightServer, from = 0): string[] {
  return requests
    .slice(from)
    .map(({ operation }) => String(operation))
    .filter((operation) => operation.startsWith("Create"));
}

function writes({ requests }: QuickSightServer, from = 0): string[] {
  return requests
    .slice(from)
    .map(({ operation }) => String(operation))
    .filter((operation) => !/^(?:Describe|List|Get)/.test(operation));
}

function everythingSaid({ dashboards, analyses }: QuickSightStore): string {
  return JSON.stringify([...dashboards.values(), ...analyses.values()]);
}
