import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import {
  type QuickSightServer,
  QuickSightStore,
  startQuickSightServer,
  type StoreOptions,
} from "@turnaway/testing/quicksight-server";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

import { testFolder } from "./support/flow-logs.ts";
import { awsVariables, writeConfig } from "./support/remote.ts";
import { type Outcome, turnaway } from "./support/turnaway.ts";

// Each starts the whole command, some of them several times.
vi.setConfig({ testTimeout: 120_000 });

const folder = testFolder();
const SHIPPED = path.join(import.meta.dirname, "../../../packages/dashboards/definitions");
const DEFINITIONS = path.join(folder, "definitions");
const IDENTITIES = "arn:aws:quicksight:us-east-1:123456789012";

writeConfig(folder, [
  "name: test",
  "dashboards:",
  `  principals: ['${IDENTITIES}:group/default/analysts']`,
  `  authors: ['${IDENTITIES}:user/default/ada']`,
  "  definitions: definitions",
]);

const server: QuickSightServer = await startQuickSightServer({ store: newStore() });
afterAll(() => server.close());

beforeEach(() => {
  server.restart(newStore());
  cpSync(path.join(SHIPPED, "rejects"), path.join(DEFINITIONS, "rejects"), { recursive: true });
});

const ID = "turnaway-test-rejects";

describe("the way of a dashboard", () => {
  test("leads from nothing to a published version, a second one, and back", async () => {
    expect(await run("status")).toMatchObject({ code: 3 });
    const first = await run("deploy", "--publish", "--format", "json");
    expect(first).toMatchObject({ code: 0 });
    expect(JSON.parse(first.stdout)).toEqual([{ dashboard: "rejects", version: 1, published: 1 }]);
    expect(await run("status")).toMatchObject({ code: 0 });
    expect(await run("drift")).toMatchObject({
      code: 0,
      stdout: "Live is as the repository says.\n",
    });

    edit("dashboard.yml", (text) => text.replace("name: Rejects", "name: What was refused"));
    const planned = await run("plan");
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain("What was refused");
    const second = await run("deploy", "--format", "json");
    expect(JSON.parse(second.stdout)).toEqual([{ dashboard: "rejects", version: 2, published: 1 }]);
    expect(second.stderr).toContain("to publish: turnaway dashboards publish rejects");
    expect(JSON.parse((await run("publish", "--format", "json")).stdout)).toEqual([
      { dashboard: "rejects", before: 1, after: 2 },
    ]);
    expect(JSON.parse((await run("rollback", "rejects", "--format", "json")).stdout)).toEqual([
      { dashboard: "rejects", before: 2, after: 1 },
    ]);
    // What was rolled back from is published by nobody but a person.
    expect(await run("deploy", "--publish")).toMatchObject({ code: 0 });
    expect(server.store.dashboards.get(ID)?.published).toBe(1);
    const history = JSON.parse((await run("history", "--format", "json")).stdout) as object[];
    expect(history).toMatchObject([
      { version: 2, status: "ok", published: false, who: "octocat", commit: SHA },
      { version: 1, status: "ok", published: true, who: "octocat", commit: SHA },
    ]);
    expect(server.violations).toEqual([]);
  });

  test("writes nothing on a dry run", async () => {
    for (const args of [["deploy", "--publish"], ["delete"], ["refresh"]]) {
      const { code, stdout } = await run(...args, "--dry-run");
      expect({ args, code }).toEqual({ args, code: 0 });
      expect(stdout).not.toBe("");
    }
    expect(writes()).toEqual([]);
    await run("deploy", "--quiet");
    edit("dashboard.yml", (text) => text.replace("name: Rejects", "name: Other"));
    await run("deploy", "--quiet");
    const before = writes().length;
    for (const args of [["publish"], ["rollback", "rejects", "1"], ["pull", "rejects"]]) {
      expect(await run(...args, "--dry-run")).toMatchObject({ code: 0 });
    }
    expect(writes()).toHaveLength(before);
  });
});

describe("somebody's edit in the console", () => {
  test("is refused, pulled, and then deployed as it is", async () => {
    await run("deploy", "--publish");
    server.editInConsole(ID, (definition) => {
      definition.Sheets[0].Name = "At a glance";
    });
    const refused = await run("deploy");
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("turnaway dashboards pull rejects");
    const drift = await run("drift", "--format", "json");
    expect(drift.code).toBe(3);
    expect(Object.keys((JSON.parse(drift.stdout) as { files: object }).files)).toEqual([
      "rejects/sheets/overview.yml",
    ]);

    const pulled = await run("pull", "rejects");
    expect(pulled).toMatchObject({ code: 0 });
    expect(pulled.stdout).toContain("At a glance");
    expect(readFileSync(path.join(DEFINITIONS, "rejects/sheets/overview.yml"), "utf8")).toContain(
      "At a glance",
    );
    expect(await run("plan")).toMatchObject({ code: 0 });
    expect(await run("deploy", "--publish")).toMatchObject({ code: 0 });
    expect(await run("status")).toMatchObject({ code: 0 });
  });

  test("is gone over with --force, and stays in the history", async () => {
    await run("deploy", "--publish");
    server.editInConsole(ID, (definition) => {
      definition.Sheets[0].Name = "At a glance";
    });
    const { code, stderr } = await run("deploy", "--publish", "--force");
    expect(code).toBe(0);
    expect(stderr).toContain("version 2 of somebody else stays in the history");
    expect(server.store.dashboards.get(ID)).toMatchObject({ published: 3 });
  });
});

describe("delete", () => {
  test("asks for the name, and then leaves nothing", async () => {
    await run("deploy", "--publish");
    expect(await run("delete")).toMatchObject({ code: 2 });
    expect(await run("delete", "--confirm", "production")).toMatchObject({ code: 2 });
    expect(server.store.dashboards.size).toBe(1);
    expect(await run("delete", "--confirm", "test")).toMatchObject({ code: 0 });
    const { dashboards, dataSets, dataSources } = server.store;
    expect([dashboards.size, dataSets.size, dataSources.size]).toEqual([0, 0, 0]);
    expect(await run("deploy")).toMatchObject({ code: 0 });
  });
});

describe("init", () => {
  test("finds nothing wrong with an account that has everything", async () => {
    const { code, stdout } = await run("init", "--format", "json");
    expect(JSON.parse(stdout)).not.toContainEqual(expect.objectContaining({ status: "fail" }));
    expect(code).toBe(0);
  });

  test("says all that is missing at once", async () => {
    server.restart(newStore({ users: [], groups: [], roles: [] }));
    const { code, stdout } = await run("init", "--format", "json");
    expect(code).toBe(2);
    const errors = (JSON.parse(stdout) as { status: string; what: string }[])
      .filter(({ status }) => status === "fail")
      .map(({ what }) => what);
    expect(errors).toEqual([
      "there is no user ada in us-east-1, namespace default",
      "there is no group analysts in us-east-1, namespace default",
      "there is no role turnaway-test-quicksight, with which QuickSight reads",
    ]);
  });

  test.each([
    ["STANDARD" as const, "QuickSight of 123456789012 is of the Standard edition"],
    [null, "the account 123456789012 has no QuickSight"],
  ])("says what an account of the edition %s lacks", async (edition, what) => {
    server.restart(newStore({ edition }));
    const { code, stdout } = await run("init", "--format", "json");
    expect(code).toBe(2);
    expect(stdout).toContain(what);
  });
});

describe("refresh", () => {
  test("imports and tells how much", async () => {
    await run("deploy", "--publish");
    const { code, stdout } = await run("refresh", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { "data set": "rejects", type: "INCREMENTAL_REFRESH" },
    ]);
  });
});

const SHA = "0123456789abcdef0123456789abcdef01234567";

function run(...args: readonly string[]): Promise<Outcome> {
  return turnaway({
    args: ["dashboards", ...args],
    cwd: folder,
    env: {
      ...awsVariables({ AWS_ENDPOINT_URL: server.url }),
      GITHUB_ACTOR: "octocat",
      GITHUB_SHA: SHA,
    },
  });
}

function newStore(options: StoreOptions = {}): QuickSightStore {
  return new QuickSightStore({
    region: "eu-central-1",
    identityRegion: "us-east-1",
    ...options,
  });
}

function edit(file: string, change: (text: string) => string): void {
  const target = path.join(DEFINITIONS, "rejects", file);
  writeFileSync(target, change(readFileSync(target, "utf8")));
}

function writes(): readonly string[] {
  return server.requests
    .map(({ operation }) => operation ?? "?")
    .filter((operation) => !/^(Describe|List|Get)/.test(operation));
}
