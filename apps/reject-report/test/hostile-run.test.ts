import path from "node:path";

import {
  GITHUB_FAULTS,
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import type { LogsServer } from "@turnaway/testing/logs-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import {
  commandsIn,
  makeWorkspace,
  runStep,
  type Step,
  type StepOutcome,
} from "./support/run-action.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const workspace = makeWorkspace({ "turnaway.yml": INSIGHTS_CONFIG });
let logs: LogsServer;
let github: GithubServer;

beforeAll(async () => {
  [logs, github] = await Promise.all([startInsights(), startGithubServer()]);
});

afterAll(() => Promise.all([logs.close(), github.close()]));

function step(inputs: Step["inputs"], env: Record<string, string> = {}): Promise<StepOutcome> {
  return runStep({
    inputs: { engine: "cloudwatch", date: "2026-11-19", "github-token": WORKFLOW_TOKEN, ...inputs },
    workspace,
    apiUrl: github.url,
    env: { ...insightsVariables(logs), ...env },
  });
}

test("D33: a value of several lines is one output, and sets no other", async () => {
  const out = "kept\nverdict<<EOF\nclear\nEOF\nissue-number=7";
  const { code, log, outputs } = await step({ out, "issue-mode": "none" });
  expect(code, log).toBe(0);
  expect(outputs).toMatchObject({
    "report-path": path.join(workspace.folder, out),
    "issue-number": "",
    verdict: "findings",
  });
});

test("D35: no secret is in the log, not even while somebody debugs a failure", async () => {
  github.inject({
    fault: GITHUB_FAULTS["401"],
    stage: "before",
    when: () => true,
    times: Number.POSITIVE_INFINITY,
  });
  const secrets = {
    "github-token": "ghs_thisIsTheTokenOfTheJob",
    "mask-key": "thisIsTheKeyOfTheMask",
    AWS_SECRET_ACCESS_KEY: "thisIsTheKeyOfAws",
    TRINO_PASSWORD: "thisIsThePasswordOfTrino",
  };
  const { code, log, summary } = await step(
    {
      "github-token": secrets["github-token"],
      mask: "private-ips",
      "mask-key": secrets["mask-key"],
    },
    {
      TURNAWAY_DEBUG: "1",
      RUNNER_DEBUG: "1",
      ACTIONS_STEP_DEBUG: "true",
      AWS_SECRET_ACCESS_KEY: secrets.AWS_SECRET_ACCESS_KEY,
      TRINO_PASSWORD: secrets.TRINO_PASSWORD,
    },
  );
  expect(code, log).toBe(5);
  // The stack that debugging is for.
  expect(log).toMatch(/^ +at /m);
  const hidden = commandsIn(log).filter((line) => line.startsWith("::add-mask::"));
  expect(hidden).toEqual([
    `::add-mask::${secrets["github-token"]}`,
    `::add-mask::${secrets["mask-key"]}`,
  ]);
  const rest = log.replaceAll(/^::add-mask::.*$/gm, "");
  for (const secret of Object.values(secrets)) expect(rest + summary).not.toContain(secret);
});
