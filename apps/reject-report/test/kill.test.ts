import {
  type GithubInjection,
  type GithubServer,
  type GithubSite,
  type GithubStore,
  injectAt,
  injectionsInto,
  operationOf,
  siteOf,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import type { LogsServer } from "@turnaway/testing/logs-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import { makeWorkspace, runStep, startStep, type Step } from "./support/run-action.ts";

const workspace = makeWorkspace({ "turnaway.yml": INSIGHTS_CONFIG });
let logs: LogsServer;

beforeAll(async () => {
  logs = await startInsights();
});

afterAll(() => logs.close());

const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGKILL", null],
] as const;

/** The days that were reported before the one that is. */
const SCENARIOS = [
  ["the first issue is made", [], "2026-11-19"],
  ["the trouble is gone, so the issue gets a comment and is closed", ["2026-11-19"], "2026-11-20"],
] as const;

describe.each(SCENARIOS)("when %s", (_, earlier, date) => {
  let start: GithubStore;
  let clean: GithubSite;
  let operations: string[];

  beforeAll(async () => {
    const server = await startGithubServer();
    for (const date of earlier) await report(server, date);
    start = server.store.clone();
    server.restart(start.clone());
    await report(server, date);
    clean = withoutReceipts(server.store);
    operations = server.requests.map(operationOf);
    await server.close();
  }, 180_000);

  test("a clean run makes at most 10 requests", () => {
    expect(operations.length).toBeLessThanOrEqual(10);
  });

  test.each(SIGNALS)(
    "%s at any request stops the run, and the next one ends as a clean run does",
    { timeout: 900_000 },
    async (signal, code) => {
      const kills = injectionsInto(operations).filter(({ fault }) => fault === "hang");
      expect(kills.length).toBeGreaterThan(operations.length);
      await inLanes(kills, async (server, { at, stage, operation }) => {
        server.restart(start.clone());
        const stopped = await stopAt(server, date, { at, stage, signal });
        expect(stopped.code, stopped.log).toBe(code);
        if (code !== null) expect(stopped.log).toContain(`error: interrupted: ${signal} was`);
        server.heal();
        await report(server, date);
        expect(withoutReceipts(server.store), `${stage} ${operation}`).toEqual(clean);
      });
    },
  );
});

const LANES = 3;

// Each lane has a server of its own.
async function inLanes<T>(
  items: readonly T[],
  work: (server: GithubServer, item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    const server = await startGithubServer();
    try {
      for (const item of queue) await work(server, item);
    } finally {
      await server.close();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function stepAt(server: GithubServer, date: string): Step {
  return {
    inputs: { engine: "cloudwatch", date, "github-token": WORKFLOW_TOKEN },
    workspace,
    apiUrl: server.url,
    env: insightsVariables(logs),
  };
}

async function report(server: GithubServer, date: string): Promise<void> {
  const { code, log } = await runStep(stepAt(server, date));
  expect(code, log).toBe(0);
}

// The request is done or not, its answer never comes, and then the signal does.
async function stopAt(
  server: GithubServer,
  date: string,
  { at, stage, signal }: Pick<GithubInjection, "at" | "stage"> & { signal: NodeJS.Signals },
) {
  injectAt(server, { fault: "hang", stage, at });
  const { child, outcome } = startStep(stepAt(server, date));
  while (server.requests.length <= at && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill(signal);
  return outcome;
}

/** Receipts, and the state that knows their digest, differ from run to run. */
function withoutReceipts(store: GithubStore): GithubSite {
  const text = JSON.stringify(siteOf(store))
    .replaceAll(/<details>\\n<summary><b>Receipt<\/b>.*?<\/details>/g, "")
    .replaceAll(/<!-- turnaway:state:.*?-->/g, "");
  return JSON.parse(text) as GithubSite;
}
