import { type DefinitionFiles } from "@turnaway/dashboards";
import { type OperationName, startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import { applyPlan, findDrift, makePlan, pull, readLive, want } from "../src/index.ts";
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

const SHIPPED = shippedDefinitions(["rejects"]);
const ID = "turnaway-test-rejects";

describe.each(["dashboard", "analysis"] as const)("an edit of the %s in the console", (kind) => {
  test("is refused, and is no conflict any more once it was pulled and deployed", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    editInConsole(kind, "At a glance");
    expect(actions(await plan(session, SHIPPED))).toEqual([`${kind} rejects: edited`]);
    await expect(deploy(session, SHIPPED)).rejects.toMatchObject({ code: "USAGE" });

    const { files, from } = await pull(session, "rejects", {
      definitions: SHIPPED,
      from: "newest",
    });
    expect(from).toBe(kind);
    expect(changedFiles(SHIPPED.get("rejects")!, files)).toEqual(["sheets/overview.yml"]);
    const pulled = new Map([["rejects", files]]);
    await deploy(session, pulled, { publish: true });
    expect(actions(await plan(session, pulled))).toEqual([]);

    await deploy(session, named(pulled, "Another name"), { publish: true });
    expect(actions(await plan(session, named(pulled, "Another name")))).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test("is drift, with the files that a pull would write", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    editInConsole(kind, "At a glance");
    const { assets, files } = await findDrift(session, await plan(session, SHIPPED));
    expect(assets).toMatchObject([
      { kind, name: "rejects", action: "edited", changes: [{ subject: "sheet", kind: "changed" }] },
    ]);
    expect(Object.keys(files)).toEqual(["rejects/sheets/overview.yml"]);
    expect(files["rejects/sheets/overview.yml"]).toContain("At a glance");
  });
});

describe("an edit that a deployment went past", () => {
  test.each<[string, string[], number, string]>([
    ["is what is pulled, and no conflict once it was deployed", [], 2, "At a glance"],
    ["is past where the console published a later one", ["Later"], 4, "Later"],
  ])("%s", async (_, later, version, name) => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    const another = named(SHIPPED, "Another name");
    editBefore("UpdateDashboard", "At a glance");
    await expect(deploy(session, another, { publish: true })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    for (const sheet of later) editInConsole("dashboard", sheet);
    const planned = await plan(session, another);
    expect(actions(planned)).toEqual(["dashboard rejects: edited"]);
    expect(planned.assets.flatMap(({ why }) => why ?? []).join()).toContain(
      `made version ${version}`,
    );
    const drift = await findDrift(session, planned);
    expect(drift.files["rejects/sheets/overview.yml"]).toContain(name);

    const asked = { definitions: another, from: "newest" } as const;
    const { files, ...pulled } = await pull(session, "rejects", asked);
    expect(pulled).toMatchObject({ from: "dashboard", version });
    expect(files["sheets/overview.yml"]).toContain(name);
    const kept = new Map([["rejects", files]]);
    await deploy(session, kept, { publish: true });
    expect(actions(await plan(session, kept))).toEqual([]);
    const { versions, published } = server.store.dashboards.get(ID)!;
    expect(published).toBe(versions.length);
    expect(JSON.stringify(versions.at(-1)!.definition)).toContain(name);
    expect(server.violations).toEqual([]);
  });
});

test("an edit of a data set in the console is refused, and kept beside it with force", async () => {
  const session = await connect(server);
  await deploy(session, SHIPPED);
  const stored = server.store.dataSets.get(ID)!;
  const edited = { ...stored.input, Name: "Mine" };
  stored.input = edited;
  expect(actions(await plan(session, SHIPPED))).toEqual(["data set rejects: edited"]);
  await expect(deploy(session, SHIPPED)).rejects.toMatchObject({ code: "USAGE" });
  const [said = ""] = await deploy(session, SHIPPED, { force: true });
  const copy = /kept as (.+)$/.exec(said)?.[1];
  expect(server.store.dataSets.get(copy!)!.input).toMatchObject({
    Name: "Mine (kept)",
    ImportMode: "DIRECT_QUERY",
    PhysicalTableMap: edited["PhysicalTableMap" as keyof typeof edited],
  });
  expect(actions(await plan(session, SHIPPED))).toEqual([]);
  expect(server.violations).toEqual([]);
});

test("a refresh that somebody changed is found by whoever looks closely, and repaired", async () => {
  const session = await connect(server);
  await deploy(session, SHIPPED);
  server.store.dataSets.get(ID)!.schedules.clear();
  const wanted = want(SHIPPED, { config: CONFIG, target: session.target });
  const close = makePlan(wanted, await readLive(session, wanted, { isThorough: true }));
  expect(actions(close)).toEqual(["refresh rejects: update"]);
  await applyPlan(session, close, HOW);
  expect(server.store.dataSets.get(ID)!.schedules.size).toBe(1);
});

describe("what is no edit", () => {
  test("is a save in the console that changes nothing", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    server.editInConsole(ID, () => undefined);
    expect(actions(await plan(session, SHIPPED))).toEqual([]);
    await deploy(session, named(SHIPPED, "Another name"), { publish: true });
  });

  test("is what a machine calls something that the files call by a readable name", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    const machine = "0f0c4a51-2b3c-4d5e-8f90-123456789abc";
    server.editInConsole(ID, (definition) => {
      const text = JSON.stringify(definition).replaceAll('"top-services"', `"${machine}"`);
      Object.assign(definition, JSON.parse(text));
    });
    const { files } = await pull(session, "rejects", { definitions: SHIPPED, from: "newest" });
    expect(Object.keys(files).join(" ")).not.toContain(machine);
    const pulled = new Map([["rejects", files]]);
    expect(actions(await plan(session, pulled))).not.toContain("dashboard rejects: edited");
  });
});

describe("pull", () => {
  test("keeps comments and whatever only files say", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    const { files, changes } = await pull(session, ID, { definitions: SHIPPED, from: "newest" });
    expect(changes).toEqual([]);
    expect(files).toEqual(SHIPPED.get("rejects"));
  });

  test("makes files of a dashboard of the console over our data sets, which can be deployed", async () => {
    const session = await connect(server);
    await deploy(session, SHIPPED, { publish: true });
    const made = "7a1b2c3d-0000-4000-8000-1234567890ab";
    const ours = server.store.dashboards.get(ID)!;
    const version = ours.versions[0]!;
    const text = JSON.stringify(version.definition).replaceAll('"rejects"', '"Turnaway rejects"');
    const definition = JSON.parse(text) as typeof version.definition;
    const { description: _, ...rest } = version;
    const versions = [{ ...rest, name: "Mine", definition }];
    const arn = ours.arn.replace(ID, made);
    server.store.dashboards.set(made, { ...ours, id: made, arn, versions, tags: {} });

    const asked = { definitions: SHIPPED, from: "newest", as: "mine" } as const;
    const { name, files } = await pull(session, made, asked);
    expect(name).toBe("mine");
    expect(files["data-sets/rejects.yml"]).toContain("source: datasets/rejects");
    const mine = new Map([...SHIPPED, [name, files]]);
    await deploy(session, mine);
    expect(actions(await plan(session, mine))).toEqual([]);
  });

  test("refuses what is not there", async () => {
    const session = await connect(server);
    const asked = pull(session, "nothing", { definitions: SHIPPED, from: "newest" });
    await expect(asked).rejects.toMatchObject({ code: "USAGE" });
  });
});

function editInConsole(kind: "dashboard" | "analysis", name: string): void {
  server.editInConsole(
    ID,
    (definition) => {
      definition.Sheets[0].Name = name;
    },
    kind,
  );
}

/** Somebody publishes from the console right before a request is done. */
function editBefore(asked: OperationName, name: string): void {
  let isOver = false;
  server.inject({
    fault: { kind: "outcome", outcome: {} },
    when({ operation }) {
      if (operation !== asked || isOver) return false;
      isOver = true;
      editInConsole("dashboard", name);
      return true;
    },
  });
}

function changedFiles(before: DefinitionFiles, after: DefinitionFiles): string[] {
  return Object.keys({ ...before, ...after }).filter((file) => before[file] !== after[file]);
}

function named(
  definitions: ReadonlyMap<string, DefinitionFiles>,
  name: string,
): Map<string, DefinitionFiles> {
  return new Map(
    [...definitions].map(([key, files]) => [
      key,
      {
        ...files,
        "dashboard.yml": files["dashboard.yml"]!.replace(/^name: .*$/m, `name: ${name}`),
      },
    ]),
  );
}
