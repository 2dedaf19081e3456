import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { expect, onTestFinished, test } from "vitest";

import { planRemoval, remove } from "../../src/index.ts";
import { actions, connect, deploy, newStore, plan } from "../support/life-cycle.ts";
import { CHANGED_VISUAL, SAMPLE } from "./sample-definitions.ts";

test("a service of short pages that takes its time ends with the same", async () => {
  const server = await startQuickSightServer({ store: newStore(), pageSize: 1, looks: 4 });
  onTestFinished(() => server.close());
  const session = await connect(server, undefined, 20_000);
  const before = new Map([...SAMPLE, ["other", SAMPLE.get("sample")!]]);
  const after = new Map([...SAMPLE, ["other", CHANGED_VISUAL.get("sample")!]]);

  await deploy(session, before, { publish: true });
  expect(actions(await plan(session, before))).toEqual([]);
  await deploy(session, after, { publish: true });
  expect(actions(await plan(session, after))).toEqual([]);
  const published = [...server.store.dashboards.values()].map((one) => [one.id, one.published]);
  expect(published).toEqual([
    ["turnaway-test-sample", 1],
    ["turnaway-test-other", 2],
  ]);

  const removal = await planRemoval(session, [], { dashboards: [] });
  await remove(session, removal, { confirm: "test", say: () => undefined });
  // Analyses can be brought back for a month.
  expect(server.store.assets()).toMatchObject([{ isDeleted: true }, { isDeleted: true }]);
  expect(server.violations).toEqual([]);
});
