import { QUICKSIGHT_FAULTS, startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import { planRemoval, type QuickSightSession, type Removal, remove, want } from "../src/index.ts";
import {
  actions,
  CONFIG,
  connect,
  deploy,
  newStore,
  plan,
  shippedDefinitions,
} from "./support/life-cycle.ts";

vi.setConfig({ testTimeout: 60_000 });

const server = await startQuickSightServer({ store: newStore() });
afterAll(() => server.close());
beforeEach(() => server.restart(newStore()));

const [[, rejects] = []] = shippedDefinitions(["rejects"]);
/** Two dashboards over one data set, and one over another. */
const THREE = new Map([
  ["rejects", rejects!],
  ["copy", rejects!],
  ...shippedDefinitions(["traffic"]),
]);

describe("deleting", () => {
  test("one dashboard leaves the data set that another reads, and says why", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const removal = await planned(session, ["rejects"]);
    expect(removal.goes).toEqual([
      { kind: "dashboard", id: "turnaway-test-rejects" },
      { kind: "analysis", id: "turnaway-test-rejects" },
    ]);
    expect(removal.stays).toMatchObject([{ kind: "data set", id: "turnaway-test-rejects" }]);
    expect(removal.stays[0]!.why).toContain("turnaway-test-copy reads it");
    await removed(session, removal);
    expect(actions(await plan(session, THREE))).toEqual([
      "analysis rejects: create",
      "dashboard rejects: create",
    ]);
  });

  test("the last that reads a data set takes it along", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const { goes } = await planned(session, ["rejects", "copy"]);
    expect(goes).toContainEqual({ kind: "data set", id: "turnaway-test-rejects" });
    expect(goes).not.toContainEqual(expect.objectContaining({ kind: "data source" }));
  });

  test("everything goes in the order in which nothing reads what is gone", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const removal = await planned(session, []);
    expect([...new Set(removal.goes.map(({ kind }) => kind))]).toEqual([
      "dashboard",
      "analysis",
      "data set",
      "data source",
    ]);
    await removed(session, removal);
    expect((await planned(session, [])).goes).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test("leaves what another deployment, or a person, made under the same prefix", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    server.store.dashboards.get("turnaway-test-copy")!.tags = { turnaway: "test-copy" };
    const { goes } = await planned(session, []);
    expect(goes).not.toContainEqual({ kind: "dashboard", id: "turnaway-test-copy" });
    // Nor what it reads.
    expect(goes).not.toContainEqual({ kind: "data set", id: "turnaway-test-rejects" });
    await expect(planned(session, ["copy"])).rejects.toMatchObject({ code: "USAGE" });
  });

  test("an analysis leaves it for a month to be brought back, by a deployment too", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    await removed(session, await planned(session, []));
    const analysis = server.store.analyses.get("turnaway-test-rejects");
    expect(analysis).toMatchObject({ isDeleted: true });
    await deploy(session, THREE);
    expect(analysis).toMatchObject({ isDeleted: false });
    expect(actions(await plan(session, THREE))).toEqual([]);
  });

  test("leaves what keeps the work of a person, until it is named", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const kept = await keepBoth(session);
    const removal = await planned(session, []);
    const stays = removal.stays.map(({ kind, id }) => `${kind} ${id}`);
    expect(stays).toEqual([
      `analysis ${kept.analysis}`,
      `data set ${kept.dataSet}`,
      "data set turnaway-test-rejects",
    ]);
    expect(removal.stays[0]!.why).toContain(kept.analysis.replace("turnaway-test-", "delete "));
    await removed(session, removal);
    expect(server.store.analyses.get(kept.analysis)).toMatchObject({ isDeleted: false });
    expect([...server.store.dataSets.keys()].toSorted()).toEqual([
      "turnaway-test-rejects",
      kept.dataSet,
    ]);
    expect(server.store.dataSources.size).toBe(1);

    const names = Object.values(kept).map((id) => id.replace("turnaway-test-", ""));
    const { goes } = await planned(session, names);
    expect(goes).toContainEqual({ kind: "analysis", id: kept.analysis });
    expect(goes).toContainEqual({ kind: "data set", id: kept.dataSet });
  });

  test("says of a named dashboard what of it is kept", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const kept = await keepBoth(session);
    const { goes, stays } = await planned(session, ["rejects"]);
    expect(stays).toContainEqual(expect.objectContaining({ id: kept.analysis }));
    expect(goes.map(({ id }) => id)).not.toContain(kept.analysis);
  });

  test.each(["dashboard", "analysis"] as const)(
    "leaves a data set that a person's own %s reads, by whatever name",
    async (kind) => {
      const session = await connect(server);
      await deploy(session, THREE);
      const { ours, id } = makeOwn(kind);
      const { goes, stays } = await planned(session, []);
      expect(stays).toEqual([
        { kind: "data set", id: "turnaway-test-rejects", why: `the ${kind} ${id} reads it` },
      ]);
      expect(goes.map((each) => each.id)).toContain("turnaway-test-traffic");
      expect(goes).not.toContainEqual(expect.objectContaining({ kind: "data source" }));
      expect(ours.tags).toMatchObject({ turnaway: "test" });
    },
  );

  test("leaves data sets that somebody's dashboard may read whom it may not look at", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const { id } = makeOwn("dashboard");
    server.inject({
      fault: QUICKSIGHT_FAULTS.denied,
      when: ({ operation, input }) =>
        operation === "DescribeDashboard" && input["DashboardId"] === id,
    });
    const { goes, stays } = await planned(session, []);
    expect(stays.map((each) => each.id)).toEqual([
      "turnaway-test-rejects",
      "turnaway-test-traffic",
    ]);
    for (const { why } of stays) expect(why).toContain(`the dashboard ${id} may read it`);
    expect(goes).toContainEqual({ kind: "dashboard", id: "turnaway-test-rejects" });
  });

  test("leaves a data set that only a version reads which is not published yet", async () => {
    const session = await connect(server);
    await deploy(session, THREE);
    const { versions } = server.store.dashboards.get("turnaway-test-traffic")!;
    const { definition } = server.store.dashboards.get("turnaway-test-rejects")!.versions[0]!;
    versions.push({ ...versions[0]!, number: 2, definition });
    const { goes, stays } = await planned(session, ["rejects", "copy"]);
    expect(stays).toMatchObject([
      { id: "turnaway-test-rejects", why: "the dashboard turnaway-test-traffic reads it" },
    ]);
    expect(goes).not.toContainEqual(expect.objectContaining({ kind: "data set" }));
  });

  test.each([null, "production"])("is refused where %s was typed", async (confirm) => {
    const session = await connect(server);
    await deploy(session, THREE);
    const removal = await planned(session, []);
    const refused = remove(session, removal, { confirm, say: () => undefined });
    await expect(refused).rejects.toMatchObject({ code: "USAGE" });
    expect(server.store.dashboards.size).toBe(3);
  });
});

/** Somebody edits an analysis and a data set, and a deployment goes over both. */
async function keepBoth(
  session: QuickSightSession,
): Promise<Readonly<Record<"analysis" | "dataSet", string>>> {
  const id = "turnaway-test-rejects";
  server.editInConsole(
    id,
    (definition) => {
      definition.Sheets[0].Name = "Mine";
    },
    "analysis",
  );
  const dataSet = server.store.dataSets.get(id)!;
  dataSet.input = { ...dataSet.input, Name: "Mine" };
  await deploy(session, THREE, { force: true });
  const kept = (ids: Iterable<string>) => [...ids].find((one) => one.startsWith(`${id}-kept-`))!;
  const { analyses, dataSets } = server.store;
  return { analysis: kept(analyses.keys()), dataSet: kept(dataSets.keys()) };
}

/** A person makes an asset of their own over our data set. */
function makeOwn(kind: "dashboard" | "analysis") {
  const id = "7a1b2c3d-0000-4000-8000-1234567890ab";
  const { dashboards, analyses } = server.store;
  const ours = (kind === "dashboard" ? dashboards : analyses).get("turnaway-test-rejects")!;
  const own = { ...structuredClone(ours), id, tags: {}, arn: ours.arn.replace(ours.id, id) };
  if (kind === "dashboard") dashboards.set(id, own as StoredDashboard);
  else analyses.set(id, own as StoredAnalysis);
  return { ours, id };
}

type StoredDashboard = NonNullable<ReturnType<typeof server.store.dashboards.get>>;
type StoredAnalysis = NonNullable<ReturnType<typeof server.store.analyses.get>>;

function planned(session: QuickSightSession, names: readonly string[]): Promise<Removal> {
  const wanted = want(THREE, { config: CONFIG, target: session.target });
  return planRemoval(session, names, wanted);
}

function removed(session: QuickSightSession, removal: Removal): Promise<void> {
  return remove(session, removal, { confirm: "test", say: () => undefined });
}
