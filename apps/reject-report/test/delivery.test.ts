import { readFileSync } from "node:fs";
import path from "node:path";

import {
  GITHUB_FAULTS,
  type GithubServer,
  GithubStore,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import type { LogsServer } from "@turnaway/testing/logs-server";
import { type SnsServer, startSnsServer } from "@turnaway/testing/sns-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import {
  commandsIn,
  makeWorkspace,
  runStep,
  startStep,
  type Step,
  type StepOutcome,
} from "./support/run-action.ts";

// Each starts the whole Action, some of them wait for GitHub.
vi.setConfig({ testTimeout: 180_000 });

const workspace = makeWorkspace({ "turnaway.yml": INSIGHTS_CONFIG });
let logs: LogsServer;
let github: GithubServer;

beforeAll(async () => {
  [logs, github] = await Promise.all([startInsights(), startGithubServer()]);
});

afterAll(() => Promise.all([logs.close(), github.close()]));

beforeEach(() => {
  logs.reset();
  github.restart(new GithubStore());
});

function stepOf(inputs: Step["inputs"], more: Partial<Step> = {}): Step {
  return {
    inputs: { engine: "cloudwatch", date: "2026-11-19", "github-token": WORKFLOW_TOKEN, ...inputs },
    workspace,
    apiUrl: github.url,
    ...more,
    env: { ...insightsVariables(logs), ...more.env },
  };
}

function step(inputs: Step["inputs"] = {}, more: Partial<Step> = {}): Promise<StepOutcome> {
  return runStep(stepOf(inputs, more));
}

function annotations({ log }: StepOutcome): string[] {
  return commandsIn(log).filter((line) => /^::(notice|warning|error)\b/.test(line));
}

describe("without an issue", () => {
  test("in mode none GitHub is not asked at all; summary, outputs and files are there", async () => {
    const { code, outputs, summary, log } = await step({
      "issue-mode": "none",
      "github-token": "",
    });
    expect(code, log).toBe(0);
    expect(github.requests).toEqual([]);
    expect(outputs).toMatchObject({ verdict: "findings", "issue-number": "", "issue-url": "" });
    expect(summary).toContain("10.0.9.20");
  });

  test("dry-run says what would be done, and does nothing", async () => {
    const { code, log } = await step({ "dry-run": "true" });
    expect(code, log).toBe(0);
    expect(log).toMatch(/nothing is changed on GitHub, since dry-run is on/);
    expect(log).toMatch(/create an issue: Reject report: default \(\d+ characters\)/);
    expect(github.store.issues).toEqual([]);
  });

  test("D38: a pull request from a fork changes nothing, too", async () => {
    const head = { repo: { full_name: "somebody/network" } };
    const { code, log } = await step(
      {},
      {
        event: { repository: { private: true }, pull_request: { head } },
        env: { GITHUB_EVENT_NAME: "pull_request" },
      },
    );
    expect(code, log).toBe(0);
    expect(log).toMatch(/since pull requests from forks may change nothing here/);
    expect(github.store.issues).toEqual([]);
  });

  test("D38: a pull request from a fork that has no keys of AWS fails nothing", async () => {
    const outcome = await step(
      {},
      {
        event: { repository: { private: true }, pull_request: { head: { repo: null } } },
        env: {
          GITHUB_EVENT_NAME: "pull_request",
          AWS_ACCESS_KEY_ID: "",
          AWS_SECRET_ACCESS_KEY: "",
        },
      },
    );
    expect(outcome.code, outcome.log).toBe(0);
    expect(annotations(outcome)).toEqual([
      expect.stringMatching(/^::notice title=No reject report for a fork::/),
    ]);
  });
});

describe("in a public repository", () => {
  const event = { repository: { private: false } };

  test("nothing is run unless somebody decided what may be shown", async () => {
    const { code, log } = await step({}, { event });
    expect(code).toBe(2);
    expect(log).toMatch(/error: wrong input \(public-ok\): octo\/network is public/);
    expect([logs.requests, github.requests]).toEqual([[], []]);
  });

  test("an event that does not say it counts as public", async () => {
    const { code, log } = await step({}, { event: {} });
    expect([code, log]).toEqual([2, expect.stringContaining("does not say whether")]);
  });

  test("nothing that leaves the run names what is masked", async () => {
    github.restart(new GithubStore({ private: false }));
    const mask = "accounts, private-ips, ids";
    const outcome = await step({ mask, "mask-key": "s3cr3t-key-of-the-mask" }, { event });
    expect(outcome.code, outcome.log).toBe(0);
    const [issue] = github.store.issues;
    const files = ["report.md", "report.html", "report.json", "findings.csv"].map((name) =>
      readFileSync(path.join(outcome.outputs["report-path"]!, name), "utf8"),
    );
    const log = outcome.log.replace("::add-mask::s3cr3t-key-of-the-mask", "");
    for (const text of [issue!.title, issue!.body!, outcome.summary, log, ...files]) {
      expect(text).not.toMatch(/10\.0\.[39]\.|123456789012|eni-0a1b|s3cr3t-key-of-the-mask/);
    }
    expect(issue!.body).toMatch(/`ip-[a-z]+`/);
  });

  test("public-ok posts it as it is", async () => {
    github.restart(new GithubStore({ private: false }));
    const { code, log } = await step({ "public-ok": "true" }, { event });
    expect(code, log).toBe(0);
    expect(github.store.issues[0]!.body).toContain("10.0.9.20");
  });
});

describe("what goes wrong at GitHub", () => {
  test.each([
    ["D6: 401", "401", /token/i],
    ["D5: 403 permission", "403 permission", /issues: write/],
    ["D8: 410", "410", /issue/i],
    ["D7: 404", "404", /permission|exist/i],
  ] as const)("%s is exit 5 with one annotation, and the report is kept", async (_, name, says) => {
    const fault = GITHUB_FAULTS[name];
    github.inject({ fault, stage: "before", when: () => true, times: 100 });
    const outcome = await step();
    expect(outcome.code, outcome.log).toBe(5);
    expect(outcome.outputs).toMatchObject({ verdict: "findings", "issue-number": "" });
    expect(outcome.summary).toContain("10.0.9.20");
    const report = path.join(outcome.outputs["report-path"]!, "report.json");
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ verdict: "findings" });
    const [annotation, ...more] = annotations(outcome);
    expect(more).toEqual([]);
    expect(annotation).toMatch(/^::error title=The report was not posted::.* The report is in /);
    expect(annotation).toMatch(says);
    expect(outcome.log.replace(/::add-mask::.*/, "")).not.toContain(WORKFLOW_TOKEN);
  });

  test("D13: a lost answer to the creation leaves one issue, made in the same run", async () => {
    const isCreation = ({ method, path }: { method: string; path: string }): boolean =>
      method === "POST" && path.endsWith("/issues");
    github.inject({ fault: GITHUB_FAULTS.reset, stage: "after", when: isCreation });
    const { code, log, outputs } = await step();
    expect(code, log).toBe(0);
    expect(outputs["issue-number"]).toBe("1");
    expect(github.store.issues).toHaveLength(1);
  });
});

describe("how a job ends", () => {
  test.each([
    ["high", 1, /^::error title=A finding is high or worse::/],
    ["critical", 0, /^::notice /],
  ] as const)("with fail-on %s: %s", async (severity, code, says) => {
    const outcome = await step({ "fail-on": severity });
    expect(outcome.code, outcome.log).toBe(code);
    expect(annotations(outcome)).toEqual([expect.stringMatching(says)]);
    expect(github.store.issues).toHaveLength(1);
  });

  test("without records it is exit 3, and never clear", async () => {
    const outcome = await step({ date: "2026-11-01" });
    expect(outcome.code, outcome.log).toBe(3);
    expect(outcome.outputs["verdict"]).toBe("no-data");
    expect(annotations(outcome)).toEqual([expect.stringMatching(/^::error title=No data::/)]);
  });

  test("where AWS refuses it is exit 4, and nothing is posted", async () => {
    const outcome = await step({}, { env: { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: github.url } });
    expect(outcome.code, outcome.log).toBe(4);
    expect(annotations(outcome)).toEqual([
      expect.stringMatching(/^::error title=Turnaway reject report failed::/),
    ]);
    expect(github.store.issues).toEqual([]);
  });

  test("where a Trino is not reached it is exit 4, and says so", async () => {
    const trino = "trino: { url: 'http://127.0.0.1:9', catalog: hive, schema: turnaway }";
    const lake = 'accounts: ["123456789012"]\nregions: [eu-central-1]\nlogs: { bucket: flow-logs }';
    const workspace = makeWorkspace({ "turnaway.yml": `${lake}\n${trino}\n` });
    const outcome = await step({ engine: "trino" }, { workspace });
    expect(outcome.code, outcome.log).toBe(4);
    expect(outcome.log).toMatch(/error: .*trino/i);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s stops the queries, and exits %s", async (signal, code) => {
    logs.inject({
      operation: "GetQueryResults",
      fault: { kind: "state", state: "Unknown" },
      times: 1000,
    });
    const { child, outcome } = startStep(stepOf({}));
    while (!logs.requests.some(({ operation }) => operation === "GetQueryResults"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    const ended = await outcome;
    expect(ended.code, ended.log).toBe(code);
    expect(logs.openQueries()).toEqual([]);
    expect(github.requests).toEqual([]);
  });
});

describe("a topic", () => {
  const topic = "arn:aws:sns:eu-central-1:123456789012:network";
  let sns: SnsServer;

  beforeAll(async () => {
    sns = await startSnsServer();
  });

  afterAll(() => sns.close());

  test("is told once what is new", async () => {
    const workspace = makeWorkspace({
      "turnaway.yml": `${INSIGHTS_CONFIG}alerts: { topic: "${topic}" }\n`,
    });
    const more = { workspace, env: { AWS_ENDPOINT_URL_SNS: sns.url } };
    for (let run = 1; run <= 2; run += 1) {
      const { code, log } = await step({}, more);
      expect(code, log).toBe(0);
    }
    expect(sns.published).toEqual([
      expect.objectContaining({ TopicArn: topic, Message: expect.stringContaining("/issues/1") }),
    ]);
  });
});
