import type { DefinitionFiles } from "@turnaway/dashboards";
import {
  type OperationName,
  QUICKSIGHT_FAULTS,
  startQuickSightServer,
} from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import {
  applyPlan,
  findDashboards,
  historyOf,
  publish,
  type Published,
  type QuickSightSession,
  rollBack,
  want,
} from "../src/index.ts";
import {
  actions,
  CONFIG,
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

const ID = "turnaway-test-rejects";

describe("rolling back", () => {
  test.each<[string, number, (number | null)[], number[]]>([
    ["goes to the version that was published before", 3, [null], [2]],
    ["goes further back each time", 3, [null, null], [2, 1]],
    ["goes to the version that is named", 3, [1], [1]],
    ["goes forward again where a newer version is named", 3, [1, 3], [1, 3]],
  ])("%s", async (_, deployments, asked, seen) => {
    const session = await connect(server);
    for (let n = 1; n <= deployments; n += 1) await deployNamed(session, `Number ${n}`);
    const after: number[] = [];
    for (const version of asked) after.push((await back(session, version)).after);
    expect(after).toEqual(seen);
    expect(published()).toBe(seen.at(-1));
  });

  test("goes to what the console had published, which no deployment knew of", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    server.editInConsole(ID, (definition) => {
      definition.Sheets[0].Name = "At a glance";
    });
    await deployNamed(session, "Number 3", { force: true });
    expect(await back(session, null)).toMatchObject({ before: 3, after: 2 });
  });

  test("is repeated where it was broken off, and goes no further", async () => {
    const session = await threeAndAHalfRollback();
    expect(await back(session, null)).toEqual({ name: "rejects", id: ID, before: 3, after: 2 });
    expect(published()).toBe(2);
    expect(tags()).not.toHaveProperty(["turnaway:rollback"]);
  });

  test("goes back from what was deployed since one was broken off", async () => {
    const session = await threeAndAHalfRollback();
    await deployNamed(session, "Number 4");
    expect(tags()).not.toHaveProperty(["turnaway:rollback"]);
    await deployNamed(session, "Number 5");
    expect(await back(session, null)).toMatchObject({ before: 5, after: 4 });
    expect(published()).toBe(4);
    expect(tags()).toMatchObject({ "turnaway:held": "5" });
  });

  test("goes back from what the console published since one was broken off", async () => {
    const session = await threeAndAHalfRollback();
    server.editInConsole(ID, () => undefined);
    expect(await back(session, null)).toMatchObject({ before: 4, after: 2 });
    expect(published()).toBe(2);
    expect(tags()).toMatchObject({ "turnaway:held": "4" });
    expect(tags()).not.toHaveProperty(["turnaway:rollback"]);
  });

  test("is not undone by the next deployment, and is by the next change", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    await deployNamed(session, "Number 2");
    await back(session, null);
    await deployNamed(session, "Number 2");
    expect(published()).toBe(1);
    expect(actions(await plan(session, named("Number 2")))).toEqual(["dashboard rejects: held"]);
    await deployNamed(session, "Number 3");
    expect(published()).toBe(3);
  });

  test("is undone by a person who publishes", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    await deployNamed(session, "Number 2");
    await back(session, null);
    expect(await publishAll(session, "Number 2")).toMatchObject([{ before: 1, after: 2 }]);
    expect(actions(await plan(session, named("Number 2")))).toEqual([]);
    await back(session, null);
    expect(published()).toBe(1);
  });

  test("is undone by a person who publishes, also where that was broken off", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    await deployNamed(session, "Number 2");
    await back(session, null);
    server.inject({ when: "UntagResource", fault: QUICKSIGHT_FAULTS.denied });
    await expect(publishAll(session, "Number 2")).rejects.toMatchObject({ code: "AWS" });
    await publishAll(session, "Number 2");
    await deployNamed(session, "Number 3");
    expect(await back(session, null)).toMatchObject({ before: 3, after: 2 });
  });

  test.each([
    ["the only version", null, "no other version was published before version 1"],
    ["a version that there is not", 7, "there is no such version"],
  ])("is refused for %s", async (_, version, why) => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    await expect(back(session, version)).rejects.toMatchObject({ code: "USAGE", detail: { why } });
  });
});

describe("somebody who is at work at the same time", () => {
  test("is noticed before a version is made over theirs", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    const planned = await plan(session, named("Number 2"));
    server.editInConsole(ID, () => undefined);
    const { failures } = await applyPlan(session, planned, HOW);
    expect(failures).toMatchObject([{ code: "CONFLICT", exitCode: 4 }]);
    expect(server.store.dashboards.get(ID)!.versions).toHaveLength(2);
    expect(published()).toBe(2);
  });

  test("is noticed by the number of the version that was made, which is not published", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    const planned = await plan(session, named("Number 2"));
    // After the last look, and before the version is made.
    editDuring("UpdateDashboard");
    const { failures } = await applyPlan(session, planned, { ...HOW, publish: true });
    expect(failures).toMatchObject([{ code: "CONFLICT" }]);
    expect(failures[0]!.detail.why).toContain("version 2 was expected, version 3 was made");
    expect(published()).toBe(2);
  });

  test.each([
    ["is not gone over by a version that was waited for", { force: false }, 3, "1"],
    ["is gone over with force, from what people see then", { force: true }, 2, "1 3 2"],
  ])("%s", async (_, how, seen, list) => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    await deploy(session, named("Number 2"));
    const meanwhile = editDuring("DescribeDashboard");
    const outcome = await publishAll(session, "Number 2", how).catch((error: unknown) => error);
    expect(outcome).toMatchObject(
      how.force ? [{ before: 3, after: 2 }] : { code: "CONFLICT", exitCode: 4 },
    );
    expect(meanwhile.isOver).toBe(true);
    expect(published()).toBe(seen);
    expect(tags()).toMatchObject({ "turnaway:published": list });
  });

  test("does not have what they named published by us", async () => {
    const session = await connect(server);
    await deployNamed(session, "Number 1");
    const store = server.store.dashboards.get(ID)!;
    server.editInConsole(ID, () => undefined);
    store.published = 1;
    await expect(publishAll(session, "Number 1")).rejects.toMatchObject({ code: "USAGE" });
  });
});

test("the history tells who deployed what, and which version people see", async () => {
  const session = await connect(server);
  await deployNamed(session, "Number 1");
  server.editInConsole(ID, () => undefined);
  const [found] = await findDashboards(session, ["rejects"]);
  expect(historyOf(found!)).toMatchObject([
    { version: 2, status: "ok", published: true, who: null, commit: null, package: null },
    { version: 1, published: false, who: "octocat", commit: HOW.journal.sha, package: "1.2.3" },
  ]);
});

test("a dashboard that was never deployed has no history", async () => {
  const session = await connect(server);
  await expect(findDashboards(session, ["rejects"])).rejects.toMatchObject({ code: "USAGE" });
});

function deployNamed(
  session: QuickSightSession,
  name: string,
  how: { readonly force?: boolean } = {},
): Promise<string[]> {
  return deploy(session, named(name), { publish: true, ...how });
}

async function back(session: QuickSightSession, version: number | null): Promise<Published> {
  const [found] = await findDashboards(session, ["rejects"]);
  return rollBack(session, found!, { version, dryRun: false });
}

/** Three versions, and a rollback to the second one that was broken off before its end. */
async function threeAndAHalfRollback(): Promise<QuickSightSession> {
  const session = await connect(server);
  for (let n = 1; n <= 3; n += 1) await deployNamed(session, `Number ${n}`);
  server.inject({ when: "UntagResource", fault: QUICKSIGHT_FAULTS.denied });
  await expect(back(session, null)).rejects.toMatchObject({ code: "AWS" });
  expect(published()).toBe(2);
  return session;
}

/** Somebody publishes from the console right before a request is done. */
function editDuring(asked: OperationName): { readonly isOver: boolean } {
  const edit = { isOver: false };
  server.inject({
    fault: { kind: "outcome", outcome: {} },
    when({ operation }) {
      if (operation !== asked || edit.isOver) return false;
      edit.isOver = true;
      server.editInConsole(ID, () => undefined);
      return true;
    },
  });
  return edit;
}

async function publishAll(
  session: QuickSightSession,
  name: string,
  { force = false }: { readonly force?: boolean } = {},
): Promise<Published[]> {
  const { dashboards } = want(named(name), { config: CONFIG, target: session.target });
  const found = await findDashboards(session, ["rejects"]);
  const how = { force, dryRun: false, waitMs: 60_000 };
  return Promise.all(
    found.map((one, i) => publish(session, { found: one, files: dashboards[i]! }, how)),
  );
}

function published(): number | undefined {
  return server.store.dashboards.get(ID)?.published;
}

function tags(): Readonly<Record<string, string>> {
  return server.store.dashboards.get(ID)!.tags;
}

function named(name: string): Map<string, DefinitionFiles> {
  const [[key, files] = []] = shippedDefinitions(["rejects"]);
  const text = files!["dashboard.yml"]!.replace(/^name: .*$/m, `name: ${name}`);
  return new Map([[key!, { ...files, "dashboard.yml": text }]]);
}
