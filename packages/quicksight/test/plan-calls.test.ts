import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import {
  actions,
  connect,
  deploy,
  newStore,
  plan,
  shippedDefinitions,
} from "./support/life-cycle.ts";

// Twenty dashboards are deployed first.
vi.setConfig({ testTimeout: 60_000 });

const server = await startQuickSightServer({ store: newStore() });
afterAll(() => server.close());

/** Twenty dashboards, of three kinds that read four data sets. */
const SHIPPED = [...shippedDefinitions(["coverage", "rejects", "traffic"])];
const TWENTY = new Map(
  Array.from({ length: 20 }, (_, n) => {
    const [name, files] = SHIPPED[n % SHIPPED.length]!;
    return [`${name}-${n}`, files] as const;
  }),
);
const CHANGED = new Map(
  [...TWENTY].map(([name, files]) => [
    name,
    { ...files, "dashboard.yml": files["dashboard.yml"]!.replace(/^name: /m, "name: New ") },
  ]),
);

beforeEach(() => server.restart(newStore()));

describe("a plan of 20 dashboards that share four data sets", () => {
  test.each([
    ["none was deployed", false, TWENTY],
    ["nothing changed", true, TWENTY],
    ["every one changed", true, CHANGED],
  ])("makes at most four calls for each where %s", async (_, isDeployed, definitions) => {
    const session = await connect(server);
    if (isDeployed) await deploy(session, TWENTY);
    const before = server.count();
    const planned = await plan(session, definitions);
    const calls = server.count() - before;
    expect(planned.wanted.dataSets).toHaveLength(4);
    expect(calls).toBeLessThanOrEqual(4 * 20);
    expect(server.violations).toEqual([]);
  });

  test("reads every page of the lists", async () => {
    const small = await startQuickSightServer({ store: newStore(), pageSize: 3 });
    const session = await connect(small);
    await deploy(session, TWENTY);
    expect(actions(await plan(session, TWENTY))).toEqual([]);
    expect(small.count("ListDashboards")).toBeGreaterThan(7);
    await small.close();
  });
});
