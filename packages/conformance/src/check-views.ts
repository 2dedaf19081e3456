import assert from "node:assert/strict";

import type { QueryEngine } from "@turnaway/core";
import { deployViews, planViews, type Warehouse } from "@turnaway/engines/warehouse";
import { createTable, ROLLUP_TABLES } from "@turnaway/sql";

import type { Tally } from "./tally.ts";

/** The life of the views on a real engine, in a schema that has a raw table and nothing else. */
export async function checkViews(warehouse: Warehouse, tally: Tally): Promise<void> {
  const { engine, place } = warehouse;
  const run = (sql: string): ReturnType<QueryEngine["run"]> => engine.run({ name: "views", sql });
  const check = (name: string, body: () => Promise<string | void>): Promise<void> =>
    tally.check("views", name, body);
  // Athena answers with a row for each line.
  const show = async (name: string): Promise<string> =>
    (await run(`SHOW CREATE VIEW ${name}`)).rows.map((row) => Object.values(row)[0]).join("\n");
  const states = async (of = warehouse): Promise<Record<string, string>> =>
    Object.fromEntries((await planViews(of)).views.map(({ name, state }) => [name, state]));
  for (const table of ROLLUP_TABLES) await run(createTable(place, table));

  await check("an empty schema gets every view, in the order of what they read", async () => {
    const plan = await planViews(warehouse);
    assert.deepEqual(new Set(plan.views.map(({ state }) => state)), new Set(["new"]));
    const deployed = await deployViews(warehouse, plan);
    assert.deepEqual(deployed, plan.deploy);
    assert.ok(deployed.indexOf("flow_records") < deployed.indexOf("flow_logs_day"));
    assert.deepEqual(new Set(Object.values(await states())), new Set(["current"]));
    return `${deployed.length} views`;
  });

  await check("nothing is deployed where nothing differs", async () => {
    const plan = await planViews(warehouse);
    assert.deepEqual(plan.deploy, []);
    assert.deepEqual(await deployViews(warehouse, plan), []);
  });

  await check(
    "another setting changes the views that it stands in, and what reads them",
    async () => {
      const other = { ...warehouse, settings: { ...warehouse.settings, hourOffset: 1800 } };
      const plan = await planViews(other);
      assert.equal((await states(other))["flow_records"], "changed");
      assert.deepEqual(plan.deploy, [
        "flow_records",
        "flow_logs_day",
        "vpc_accept_traffic",
        "vpc_reject_traffic",
      ]);
    },
  );

  await check("a view that was changed by hand is found and put right", async () => {
    const text = await show("vpc_accept_traffic");
    await run(
      text.replace(/^CREATE VIEW/, "CREATE OR REPLACE VIEW").replace("'ACCEPT'", "'accept'"),
    );
    assert.equal((await states())["vpc_accept_traffic"], "edited");
    const { views } = await planViews(warehouse);
    assert.deepEqual(views.find(({ name }) => name === "vpc_accept_traffic")?.changes, [
      "flow_records where action = [-'accept'-] {+'ACCEPT'+} group by log_account ,",
    ]);
    await deployViews(warehouse, await planViews(warehouse));
    assert.equal((await states())["vpc_accept_traffic"], "current");
  });

  await check("a view whose ground has changed is stale, and put right", async () => {
    await run("CREATE OR REPLACE VIEW flow_records AS SELECT 'x' AS day");
    await assert.rejects(deployViews(warehouse, await planViews(warehouse)), /a name is taken/);
    await run("DROP VIEW flow_records");
    const found = await states();
    assert.deepEqual([found["flow_records"], found["flow_logs_day"]], ["new", "stale"]);
    await deployViews(warehouse, await planViews(warehouse));
    assert.deepEqual(new Set(Object.values(await states())), new Set(["current"]));
  });

  await check("ours that are gone are reported, others are never touched", async () => {
    await run(
      "CREATE VIEW weekly AS WITH turnaway_view AS (SELECT 'turnaway view weekly 0' AS mark) SELECT 1 AS x",
    );
    await run("CREATE VIEW somebody AS SELECT 2 AS x");
    const plan = await planViews(warehouse);
    assert.deepEqual([plan.gone, plan.deploy], [["weekly"], []]);
    await deployViews(warehouse, plan);
    assert.deepEqual((await run("SELECT x FROM somebody")).rows, [{ x: 2 }]);
  });
}
