import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import {
  type GithubServer,
  GithubStore,
  startGithubServer,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";

// Some make every template of the sample configuration.
vi.setConfig({ testTimeout: 300_000 });

const CHECKOUT = path.join(import.meta.dirname, "../../..");
const READER = "fork-token";

const folder = mkdtempSync(path.join(tmpdir(), "turnaway-deploy-steps-"));
const file = (name: string): string => path.join(folder, name);
let github: GithubServer;

beforeEach(async () => {
  const store = new GithubStore();
  store.addIssue(
    { login: "kim", type: "User", access: "write" },
    { title: "Keep logs for two years", isPullRequest: true },
  );
  const reader = { ...WORKFLOW_BOT, access: "read" } as const;
  const accounts = { [WORKFLOW_TOKEN]: WORKFLOW_BOT, [READER]: reader };
  github = await startGithubServer({ store, accounts });
  for (const name of ["summary.md", "output"]) writeFileSync(file(name), "");
  writeFileSync(file("event.json"), JSON.stringify({ pull_request: { number: 1 } }));
});

afterEach(() => github.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("settings", () => {
  const of = (role: string, environment: string): Promise<Ended> =>
    run("read-settings.ts", ["--role", role, "--environment", environment]);

  test("are what turnaway.yml says, and what no workflow says again", async () => {
    expect(await of("deploy", "production")).toMatchObject({ code: 0 });
    expect(readFileSync(file("output"), "utf8")).toBe(
      "name=production\naccount=123456789012\nregion=eu-central-1\nengine=athena\n",
    );
  });

  test("of a job whose environment the role does not trust stop it, with the line to change", async () => {
    const { code, log } = await of("report", "reports");
    expect(code).toBe(2);
    expect(log).toContain("::error title=turnaway.yml::the role would not let this job in");
    expect(log).toContain("Write `reportEnvironment: reports`");
    expect(readFileSync(file("output"), "utf8")).toBe("");
  });
});

describe("the plan of a pull request", () => {
  test("of a fork is made without an account, shown, and posted where the token may", async () => {
    const made = await run("show-plan.ts", ["make", "--offline", "--out", file("plan.json")]);
    expect(made.code, made.log).toBe(0);
    expect(readFileSync(file("summary.md"), "utf8")).toMatch(/^# Deployment plan: production/);
    expect(await run("show-plan.ts", ["post", file("plan.json")], READER)).toMatchObject({
      code: 0,
      log: expect.stringMatching(/^::notice title=No comment::/) as string,
    });
    expect(bodies()).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect(await run("show-plan.ts", ["post", file("plan.json")])).toMatchObject({ code: 0 });
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toMatch(/^<!-- turnaway:deploy-plan -->\n\n# Deployment plan: production/);
  });

  test("that can't be applied fails the job, after the comment", async () => {
    writeFileSync(file("plan.json"), JSON.stringify({ isBroken: true, text: "no plan" }));
    expect(await run("show-plan.ts", ["post", file("plan.json")])).toMatchObject({ code: 1 });
    expect(bodies()).toEqual(["<!-- turnaway:deploy-plan -->\n\nno plan"]);
  });
});

describe("drift", () => {
  const post = (isDrifted: boolean, said: string): Promise<Ended> => {
    writeFileSync(file("drift.json"), JSON.stringify({ isDrifted, isFailed: false, text: said }));
    return run("tell-drift.ts", ["post", file("drift.json"), "--name", "production"]);
  };

  test("is one issue, closed when all is well again", async () => {
    expect(await post(false, "none")).toMatchObject({ code: 0, log: "issue: not-wanted\n" });
    expect(await post(true, "one")).toMatchObject({ code: 0, log: "issue: created #2\n" });
    expect(await post(true, "two")).toMatchObject({ code: 0, log: "issue: updated #2\n" });
    expect(await post(false, "none")).toMatchObject({ code: 0, log: "issue: closed #2\n" });
    expect(github.store.issues).toHaveLength(2);
  });

  test("that could not be looked at fails the job, and touches no issue", async () => {
    const look = ["look", "--engine", "cloudwatch", "--out", file("drift.json")];
    const ended = await run("tell-drift.ts", look);
    expect(ended.code, ended.log).toBe(1);
    expect(readFileSync(file("summary.md"), "utf8")).toMatch(/^Nothing is known of drift\./);
  });
});

test("the smoke check of a view that does not answer fails loudly", async () => {
  const { code, log } = await run("smoke-check.ts", ["--engine", "athena"]);
  expect(code).toBe(1);
  expect(log).toContain("::error title=The deployment does not work::the view flow_records does");
});

interface Ended {
  readonly code: number | null;
  readonly log: string;
}

/** A step as a workflow runs it, without any credentials of AWS. */
async function run(
  script: string,
  args: readonly string[],
  token = WORKFLOW_TOKEN,
): Promise<Ended> {
  const at = path.join(CHECKOUT, "packages/workflows/src", script);
  const child = spawn(process.execPath, [at, ...args], {
    cwd: CHECKOUT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: "true",
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_PATH: file("event.json"),
      GITHUB_OUTPUT: file("output"),
      GITHUB_REPOSITORY: "octo/network",
      GITHUB_STEP_SUMMARY: file("summary.md"),
      GITHUB_TOKEN: token,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, log, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, log: out + log };
}

function bodies(): (string | null)[] {
  return github.store.comments.map(({ body }) => body);
}
