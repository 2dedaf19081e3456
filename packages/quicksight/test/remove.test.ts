import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
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

  test.each([null, "production"])("is refused where %s was typed", async (confirm) => {
    const session = await connect(server);
    await deploy(session, THREE);
    const removal = await planned(session, []);
    const refused = remove(session, removal, { confirm, say: () => undefined });
    await expect(refused).rejects.toMatchObject({ code: "USAGE" });
    expect(server.store.dashboards.size).toBe(3);
  });
});

function planned(session: QuickSightSession, names: readonly string[]): Promise<Removal> {
  const wanted = want(THREE, { config: CONFIG, target: session.target });
  return planRemoval(session, names, wanted);
}

function removed(session: QuickSightSession, removal: Removal): Promise<void> {
  return remove(session, removal, { confirm: "test", say: () => undefined });
}
