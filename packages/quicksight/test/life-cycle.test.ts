import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { afterAll, describe, expect, test } from "vitest";

import {
  actions,
  connect,
  deploy,
  newStore,
  plan,
  shippedDefinitions,
} from "./support/life-cycle.ts";

const server = await startQuickSightServer({ store: newStore() });
afterAll(() => server.close());

describe("a first deployment", () => {
  test("makes the source, the data sets, the analyses and the dashboards", async () => {
    const session = await connect(server);
    const said = await deploy(session, shippedDefinitions(["rejects", "traffic"]));
    expect(said).toMatchInlineSnapshot(`
      [
        "data source turnaway-test: created",
        "data set turnaway-test-rejects: created",
        "data set turnaway-test-rejects: refresh set up",
        "data set turnaway-test-traffic: created",
        "data set turnaway-test-traffic: refresh set up",
        "analysis turnaway-test-rejects: created",
        "dashboard turnaway-test-rejects: created, version 1",
        "analysis turnaway-test-traffic: created",
        "dashboard turnaway-test-traffic: created, version 1",
      ]
    `);
    expect(server.violations).toEqual([]);
    expect(actions(await plan(session, shippedDefinitions(["rejects", "traffic"])))).toEqual([]);
  });

  test("changes nothing when it is repeated", async () => {
    const session = await connect(server);
    expect(
      await deploy(session, shippedDefinitions(["rejects", "traffic"]), { publish: true }),
    ).toEqual([]);
  });
});

test("an analysis that somebody deleted comes back", async () => {
  const session = await connect(server);
  const definitions = shippedDefinitions(["rejects", "traffic"]);
  server.store.analyses.get("turnaway-test-rejects")!.isDeleted = true;
  expect(actions(await plan(session, definitions))).toEqual(["analysis rejects: create"]);
  await deploy(session, definitions);
  expect(actions(await plan(session, definitions))).toEqual([]);
  expect(server.store.analyses.get("turnaway-test-rejects")!.isDeleted).toBe(false);
  expect(server.violations).toEqual([]);
});
