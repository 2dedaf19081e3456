import {
  GITHUB_FAULTS,
  type GithubServer,
  GithubStore,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { makeWorkspace, runStep, type StepOutcome } from "./support/run-action.ts";

// Each starts the Action.
vi.setConfig({ testTimeout: 180_000 });

const workspace = makeWorkspace({ "turnaway.yml": "report: { timezone: Asia/Tokyo }\n" });
let github: GithubServer;

beforeAll(async () => {
  github = await startGithubServer();
});

beforeEach(() => {
  github.restart(new GithubStore());
});

afterAll(() => github.close());

function step(inputs: Readonly<Record<string, string>> = {}): Promise<StepOutcome> {
  return runStep({
    inputs: { "github-token": WORKFLOW_TOKEN, now: "2026-11-21T16:00:00Z", ...inputs },
    workspace,
    apiUrl: github.url,
    main: "days.js",
    env: { GITHUB_WORKFLOW_REF: "octo/network/.github/workflows/report.yml@refs/heads/main" },
  });
}

const ranAt = (createdAt: string) =>
  ({ workflow: "report.yml", event: "schedule", conclusion: "success", createdAt }) as const;

test("the days since the last success are a list for a matrix, by the zone of the configuration", async () => {
  github.store.runs.push(ranAt("2026-11-19T16:00:00Z"));
  const { code, log, outputs } = await step();
  expect(code, log).toBe(0);
  expect(outputs).toEqual({ days: '["2026-11-20","2026-11-21"]', missed: "0" });
});

test("what is asked for is taken, and nobody at GitHub is asked", async () => {
  const { outputs } = await step({ date: "", backfill: "2026-11-01..2026-11-03" });
  expect(outputs["days"]).toBe('["2026-11-01","2026-11-02","2026-11-03"]');
  expect(github.requests).toEqual([]);
});

test("days that are too many are named in an annotation", async () => {
  github.store.runs.push(ranAt("2026-11-01T00:00:00Z"));
  const { log, outputs } = await step({ "max-days": "2" });
  expect(outputs).toEqual({ days: '["2026-11-20","2026-11-21"]', missed: "19" });
  expect(log).toMatch(/^::notice title=19 days are not caught up::.*2026-11-01\.\.2026-11-19/m);
});

test.each([
  [{ date: "yesterday" }, /error: wrong input \(date\): received "yesterday"/],
  [{ "max-days": "0" }, /error: wrong input \(max-days\)/],
])("%o is a wrong input, and no days are named", async (inputs, says) => {
  const { code, log, outputs } = await step(inputs);
  expect([code, outputs]).toEqual([2, {}]);
  expect(log).toMatch(says);
});

test("a token that may not look is told which permission it lacks", async () => {
  const fault = GITHUB_FAULTS["403 permission"];
  github.inject({ fault, stage: "before", when: () => true, times: 9 });
  const { code, log } = await step();
  expect(code).toBe(5);
  expect(log).toContain("actions: read");
});
