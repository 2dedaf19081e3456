import type { LogsServer } from "@turnaway/testing/logs-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import { type ResultsService, startResultsService } from "./support/results-service.ts";
import { commandsIn, makeWorkspace, runStep, type StepOutcome } from "./support/run-action.ts";

// Each starts the whole Action, and the client of artifacts waits before it tries again.
vi.setConfig({ testTimeout: 180_000 });

const workspace = makeWorkspace({ "turnaway.yml": INSIGHTS_CONFIG });
let logs: LogsServer;
let service: ResultsService;

beforeAll(async () => {
  [logs, service] = await Promise.all([startInsights(), startResultsService()]);
});

afterAll(() => Promise.all([logs.close(), service.close()]));

function step(inputs: Readonly<Record<string, string>> = {}): Promise<StepOutcome> {
  return runStep({
    inputs: { engine: "cloudwatch", date: "2026-11-19", "issue-mode": "none", ...inputs },
    workspace,
    env: { ...insightsVariables(logs), ...service.variables },
  });
}

test("the files of the report are kept with the run, named after report and day", async () => {
  const { code, log } = await step();
  expect(code, log).toBe(0);
  expect([...service.artifacts.keys()]).toEqual(["reject-report-default-2026-11-19"]);
  const [artifact] = service.artifacts.values();
  expect(artifact!.isFinal).toBe(true);
  for (const name of ["report.md", "report.html", "report.json", "findings.csv"])
    expect(artifact!.content.includes(name), name).toBe(true);
  expect(log).toContain("artifact reject-report-default-2026-11-19: 7");
});

test("none is kept where nobody wants it", async () => {
  const before = service.artifacts.size;
  const { code, log } = await step({ artifact: "false", name: "other" });
  expect(code, log).toBe(0);
  expect(service.artifacts.size).toBe(before);
});

test("a service that refuses is a warning, and the run goes on", async () => {
  service.refuse();
  const { code, log, outputs } = await step();
  expect(code, log).toBe(0);
  expect(log).toMatch(/^warning: no artifact: /m);
  expect(outputs["verdict"]).toBe("findings");
  expect(commandsIn(log).filter((line) => line.startsWith("::notice"))).toHaveLength(1);
});
