import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import {
  QUICKSIGHT_FAULTS,
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
    const commit = commitFiles();
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
    // The second was deployed from files that no commit has.
    expect(history).toMatchObject([
      { version: 2, status: "ok", published: false, who: "octocat", commit: null },
      { version: 1, status: "ok", published: true, who: "octocat", commit },
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

  test("takes a name that is nowhere for the mistake that it is", async () => {
    await run("deploy", "--publish");
    const typo = await run("delete", "rejcts", "--confirm", "test");
    expect(typo.stderr).toContain('there is no dashboard "rejcts"');
    expect(typo.stderr).toContain('Did you mean "rejects"?');
    expect([typo.code, typo.stdout]).toEqual([2, ""]);
    // One of two is enough, and none of them goes.
    expect(await run("delete", "rejects", "other", "--confirm", "test")).toMatchObject({ code: 2 });
    expect(server.store.dashboards.size).toBe(1);
  });

  test("of what is written and not live has nothing to do, nor of what is gone", async () => {
    const gone = { code: 0, stdout: "nothing of test is there\n" };
    expect(await run("delete", "rejects", "--confirm", "test")).toMatchObject(gone);
  });

  test("takes what a deployment kept of a data set by the name that it says", async () => {
    await run("deploy", "--publish");
    const dataSet = server.store.dataSets.get(ID)!;
    dataSet.input = { ...dataSet.input, Name: "Mine" };
    expect(await run("deploy", "--force")).toMatchObject({ code: 0 });
    const { stdout } = await run("delete", "--dry-run");
    const [, name = ""] = /turnaway dashboards delete (rejects-kept-\w+)`/.exec(stdout) ?? [];
    expect(server.store.dataSets.has(`turnaway-test-${name}`)).toBe(true);
    expect(await run("delete", name, "--confirm", "test")).toMatchObject({ code: 0 });
    expect([...server.store.dataSets.keys()]).toEqual([ID]);
  });

  test("takes one whose files are gone by its live name", async () => {
    cpSync(path.join(SHIPPED, "traffic"), path.join(DEFINITIONS, "traffic"), { recursive: true });
    await run("deploy", "--publish");
    rmSync(path.join(DEFINITIONS, "traffic"), { recursive: true });
    const typo = await run("delete", "trafic", "--confirm", "test");
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('mean "traffic"?')]);
    expect(await run("delete", "traffic", "--confirm", "test")).toMatchObject({ code: 0 });
    expect([...server.store.dashboards.keys()]).toEqual([ID]);
  });
});

describe("a name that is nowhere", () => {
  const names = ["plan", "deploy", "publish", "rollback", "status", "history", "drift", "refresh"];
  test.each(names)("is refused with the one that was meant: %s", async (command) => {
    await run("deploy", "--publish");
    const { code, stderr } = await run(command, "rejcts");
    expect(stderr).toContain('Did you mean "rejects"?');
    expect(code).toBe(2);
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
    // The import that a new data set begins with is waited for, and is enough.
    for (const type of ["INITIAL_INGESTION", "INCREMENTAL_REFRESH"]) {
      const { code, stdout } = await run("refresh", "--format", "json");
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject([{ "data set": "rejects", type }]);
    }
    const status = await run("status", "--format", "json");
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toContainEqual(
      expect.objectContaining({ asset: "import", name: "rejects", state: "imported" }),
    );
  });

  test("names why an import failed, also to whoever looks later", async () => {
    await run("deploy", "--publish");
    await run("refresh");
    const error = { Type: "ACCOUNT_CAPACITY_LIMIT_EXCEEDED", Message: "SPICE is full." };
    server.inject({
      when: "CreateIngestion",
      fault: { kind: "outcome", outcome: { errors: [error] } },
    });
    const { code, stderr } = await run("refresh", "rejects", "--full");
    expect(code).toBe(4);
    expect(stderr).toContain("ACCOUNT_CAPACITY_LIMIT_EXCEEDED: SPICE is full. Buy SPICE capacity");
    const status = await run("status");
    expect(status.code).toBe(3);
    expect(status.stdout).toContain("import failed");
  });

  test.each([
    [["refresh", "reject"], 'there is no data set "reject"'],
    [["refresh", "--wait", "soon"], 'received "soon"'],
    [["rollback", "rejects", "two"], 'received "two"'],
    [["publish"], "the dashboard rejects is not there"],
    [["pull", "nothing"], "there is no dashboard or analysis of that id"],
  ])("of nonsense is refused: %s", async (args, why) => {
    const { code, stderr } = await run(...args);
    expect(stderr).toContain(why);
    expect(code).toBe(2);
  });
});

describe("what goes wrong", () => {
  test("with a version is named by visual and file, and what people see stays", async () => {
    await run("deploy", "--publish");
    edit("dashboard.yml", (text) => text.replace("name: Rejects", "name: Other"));
    const errors = [
      {
        Type: "COLUMN_TYPE_MISMATCH",
        Message: "Wrong type.",
        ViolatedEntities: [{ Path: "sheet/overview/visual/top-services" }],
      },
    ];
    server.inject({ when: "UpdateDashboard", fault: { kind: "outcome", outcome: { errors } } });
    const { code, stderr } = await run("deploy", "--publish", "--quiet");
    expect(stderr).toBe(
      "error: version 2 failed and is not published (rejects/visuals/top-services.yml): " +
        "COLUMN_TYPE_MISMATCH: Wrong type. Deploy the views that the data sets read: " +
        "`turnaway views deploy`.\n",
    );
    expect(code).toBe(4);
    expect(server.store.dashboards.get(ID)).toMatchObject({ published: 1 });
    expect(await run("deploy", "--publish")).toMatchObject({ code: 0 });
    expect(server.store.dashboards.get(ID)).toMatchObject({ published: 3 });
  });

  test("with a permission names it", async () => {
    server.inject({ when: "CreateDataSource", fault: QUICKSIGHT_FAULTS.denied });
    const { code, stderr } = await run("deploy");
    expect(stderr).toContain("the permission quicksight:CreateDataSource is missing");
    expect(code).toBe(4);
  });

  test("without anybody signed in says so", async () => {
    const { code, stderr } = await turnaway({
      args: ["dashboards", "plan"],
      cwd: folder,
      env: { AWS_ENDPOINT_URL: server.url, ...SIGNED_OUT },
    });
    expect(stderr).toContain("no AWS credentials were found");
    expect(code).toBe(2);
  });

  test("with one dashboard of several breaks no other", async () => {
    cpSync(path.join(SHIPPED, "traffic"), path.join(DEFINITIONS, "traffic"), { recursive: true });
    await run("deploy", "--publish");
    edit("dashboard.yml", (text) => text.replace("name: Rejects", "name: Other"));
    server.store.broken.add(ID);
    const planned = await run("plan", "--format", "json");
    expect(planned.code).toBe(3);
    const { assets } = JSON.parse(planned.stdout) as { assets: object[] };
    expect(assets).toContainEqual(expect.objectContaining({ id: ID, action: "unreadable" }));
    expect(assets).toContainEqual(
      expect.objectContaining({ id: "turnaway-test-traffic", action: "unchanged" }),
    );
    rmSync(path.join(DEFINITIONS, "traffic"), { recursive: true });
  });
});

/** Nobody's credentials, wherever the tests run: neither files nor the service of a machine. */
const SIGNED_OUT = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_CONFIG_FILE: "/dev/null",
};

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

/** Commits the definitions as they are, and says as what. */
function commitFiles(): string {
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder });
    if (status !== 0) throw new Error(stderr.toString());
    return stdout.toString().trim();
  };
  git("init", "--quiet");
  git("add", "definitions");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=a");
  return git("rev-parse", "HEAD");
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
