import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import {
  type GithubAccount,
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import type { LogsServer } from "@turnaway/testing/logs-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import { makeWorkspace, runStep, type StepOutcome } from "./support/run-action.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const KIM: GithubAccount = { login: "kim", type: "User", access: "write" };
const KEY = "newly-rejected/10.0.9.20/tcp/5432";

const workspace = makeWorkspace({ "turnaway.yml": `${INSIGHTS_CONFIG}mutes: ops/mutes.yml\n` });
let logs: LogsServer;
let github: GithubServer;

beforeAll(async () => {
  const accounts = {
    [WORKFLOW_TOKEN]: { login: "github-actions[bot]", type: "Bot", access: "write" },
  } as const;
  [logs, github] = await Promise.all([startInsights(), startGithubServer({ accounts })]);
  const { code, log } = await runStep({
    inputs: { engine: "cloudwatch", date: "2026-11-19", "github-token": WORKFLOW_TOKEN },
    workspace,
    apiUrl: github.url,
    env: insightsVariables(logs),
  });
  expect(code, log).toBe(0);
}, 180_000);

afterAll(() => Promise.all([logs.close(), github.close()]));

test("a comment becomes a pull request that changes the file of mutes", async () => {
  const { code, log, outputs } = await comment(`/mute ${KEY} 30d the old database is gone`);
  expect(code, log).toBe(0);
  expect(outputs).toMatchObject({ outcome: "proposed" });
  expect(outputs["pull-request-url"]).toMatch(/\/octo\/network\/pull\/2$/);
  const { branches, pulls } = github.store.content;
  expect(branches.get(pulls[0]!.head)!.get("ops/mutes.yml")).toContain(KEY);
});

test("a mutes.yml that is damaged is answered with the line and what to do", async () => {
  const damaged = "- match: { prot: 22 }\n  reason: r\n  owner: o\n  until: 2026-12-31\n";
  const file = path.join(workspace.folder, "ops/mutes.yml");
  mkdirSync(path.dirname(file));
  writeFileSync(file, damaged);
  github.store.content.branches.get("main")!.set("ops/mutes.yml", damaged);
  const { code, log, outputs } = await comment(`/mute ${KEY} 30d the old database is gone`);
  expect(code, log).toBe(0);
  expect(outputs).toEqual({ outcome: "unwritable", "pull-request-url": "" });
  const answer = github.store.comments.at(-1)!;
  expect(answer.author.login).toBe("github-actions[bot]");
  expect(answer.body).toMatch(/ops\/mutes\.yml:1\b.*Did you mean .*port/);
});

test("a comment that is no command is ignored", async () => {
  const { code, log, outputs } = await comment("What is this?");
  expect(code, log).toBe(0);
  expect(outputs).toMatchObject({ outcome: "ignored", "pull-request-url": "" });
});

test("the event of something else is wrong usage", async () => {
  const { code, log } = await run({ repository: { private: true } });
  expect(code).toBe(2);
  expect(log).toMatch(/error: no comment to read .*issue_comment/);
});

function comment(body: string): Promise<StepOutcome> {
  const issue = github.store.issues[0]!;
  const { id } = github.store.addComment(KIM, issue, body);
  return run({
    action: "created",
    issue: { number: issue.number },
    comment: { id, body, user: { login: KIM.login, type: KIM.type } },
    repository: { private: true },
  });
}

function run(event: unknown): Promise<StepOutcome> {
  const inputs = { "github-token": WORKFLOW_TOKEN, now: "2026-11-20T06:00:00Z" };
  const env = { GITHUB_EVENT_NAME: "issue_comment" };
  return runStep({ inputs, workspace, apiUrl: github.url, env, event, main: "mute.js" });
}
