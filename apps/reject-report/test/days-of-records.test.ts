import { writeFileSync } from "node:fs";
import path from "node:path";

import {
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { flowLogs } from "./support/flow-logs.ts";
import { makeWorkspace, runStep, type Step, type StepOutcome } from "./support/run-action.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

let github: GithubServer;

beforeAll(async () => {
  github = await startGithubServer();
});

afterAll(() => github.close());

test("B1: records that are delivered late are in the next report, in the same issue", async () => {
  const workspace = makeWorkspace(flowLogs("2026-11-17", 4));
  const day = { date: "2026-11-20", "github-token": WORKFLOW_TOKEN };
  const first = await step(workspace, day);
  expect(first.outputs).toMatchObject({ "issue-number": "1", "rejected-records": "96" });
  const late = Array.from({ length: 4 }, (_, index) => refusal("2026-11-20T23:50:00Z", index));
  writeFileSync(path.join(workspace.folder, "logs/late.log"), late.join(""));
  const second = await step(workspace, { ...day, now: "2026-11-21T09:00:00Z" });
  expect(second.outputs).toMatchObject({ "issue-number": "1", "rejected-records": "100" });
  expect(github.store.issues).toHaveLength(1);
  // The finding is the one of the first report: nobody is told again.
  expect(github.store.comments).toEqual([]);
});

test("B2: a record that spans midnight belongs to the day that it began on", async () => {
  const workspace = makeWorkspace({
    "logs/a.log": refusal("2026-11-18T12:00:00Z", 1) + refusal("2026-11-19T23:59:50Z", 2, 60),
    "logs/b.log": refusal("2026-11-20T12:00:00Z", 3),
  });
  for (const date of ["2026-11-19", "2026-11-20"]) {
    const { outputs, log } = await step(workspace, { date, "issue-mode": "none" });
    expect(outputs["rejected-records"], log).toBe("1");
  }
});

describe("B3: a day of the zone on which clocks change is as long as it was", () => {
  test.each([
    ["2026-10-25", 25],
    ["2026-03-29", 23],
    ["2026-03-30", 24],
  ])("%s in Berlin has %i hours", async (date, hours) => {
    const start = Date.parse(`${date}T00:00:00Z`) - 36 * 3_600_000;
    const lines = Array.from({ length: 96 }, (_, index) =>
      refusal(new Date(start + index * 3_600_000).toISOString(), index),
    );
    const { outputs, log } = await step(makeWorkspace({ "logs/a.log": lines.join("") }), {
      date,
      timezone: "Europe/Berlin",
      "issue-mode": "none",
    });
    expect(outputs["rejected-records"], log).toBe(String(hours));
  });
});

test("B8: a day that is to come is not looked for, and never clear", async () => {
  const { code, outputs, log } = await step(makeWorkspace(flowLogs("2026-11-19", 2)), {
    date: "2026-11-25",
    "issue-mode": "none",
  });
  expect(code, log).toBe(3);
  expect(outputs["verdict"]).toBe("no-data");
});

function step(workspace: Step["workspace"], inputs: Step["inputs"]): Promise<StepOutcome> {
  const now = "2026-11-21T06:00:00Z";
  return runStep({ inputs: { source: "logs", now, ...inputs }, workspace, apiUrl: github.url });
}

// A line of the default format: 10.0.3.7 is refused by the database that all of these are about.
function refusal(time: string, client: number, seconds = 30): string {
  const start = Date.parse(time) / 1000;
  return `2 123456789012 eni-0a1b2c3d4e5f60001 10.0.3.7 10.0.9.20 ${40_000 + client} 5432 6 8 1200 ${start} ${start + seconds} REJECT OK\n`;
}
