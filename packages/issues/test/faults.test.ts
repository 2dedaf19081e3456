import { TurnawayError, type Report } from "@turnaway/core";
import {
  GITHUB_FAULTS,
  type GithubStore,
  injectAt,
  injectionsInto,
  operationOf,
  siteOf,
  WORKFLOW_BOT,
  type GithubInjection,
  type GithubSite,
} from "@turnaway/testing/github-server";
import { describe, expect, test } from "vitest";
import type { IssueSettings } from "../src/index.ts";
import { dayReport } from "./days.ts";
import { FaultTable } from "./fault-table.ts";
import { withGithub, type Setting } from "./github.ts";

interface Scenario {
  readonly name: string;
  readonly settings?: Partial<IssueSettings>;
  /** Posted before anything goes wrong. */
  readonly earlier: readonly Report[];
  /** What else happened before. */
  readonly happened?: (store: GithubStore) => void;
  /** Posted while something goes wrong. */
  readonly report: Report;
}

const DAY_1 = dayReport("2026-11-19", [{ name: "10.0.9.20" }]);
const DAY_2 = dayReport("2026-11-20", [
  { name: "10.0.9.20", status: "ongoing" },
  { name: "10.0.9.21", owner: null },
]);
const CLEAR = dayReport("2026-11-21", [{ name: "10.0.9.20", status: "resolved" }]);
const BACK = dayReport("2026-11-22", [{ name: "10.0.9.20" }]);
const MANY = dayReport(
  "2026-11-20",
  Array.from({ length: 700 }, (_, index) => ({ name: `10.1.${index >> 8}.${index & 255}` })),
);

const SCENARIOS: readonly Scenario[] = [
  { name: "the first issue", earlier: [], report: DAY_1 },
  { name: "a changed day, with a comment", earlier: [DAY_1], report: DAY_2 },
  { name: "nothing new", earlier: [DAY_1], report: DAY_1 },
  { name: "all clear, so it is closed", earlier: [DAY_1], report: CLEAR },
  { name: "trouble is back, so it is reopened", earlier: [DAY_1, CLEAR], report: BACK },
  {
    name: "the next daily issue supersedes",
    settings: { issueMode: "daily" },
    earlier: [DAY_1],
    report: DAY_2,
  },
  { name: "two that a race made", earlier: [DAY_1], happened: makeDuplicate, report: DAY_2 },
];

const MANY_COMMENTS: Scenario = {
  name: "a report that needs comments",
  earlier: [DAY_1],
  report: MANY,
};

describe("D13: after a fault in any one request, a rerun ends as a clean run does", () => {
  const table = new FaultTable();

  test.each(SCENARIOS)("$name", { timeout: 300_000 }, async (scenario) => {
    const start = await prepare(scenario);
    const clean = await playClean(scenario, start);
    await inLanes(injectionsInto(clean.operations), async (setting, injection) => {
      const { server, deliver } = setting;
      server.restart(start.clone());
      injectAt(server, injection);
      await tryDeliver(setting, scenario, injection.fault);
      server.heal();
      await deliver(scenario.report, scenario.settings);
      const end = siteOf(server.store);
      table.add(injection.fault, { end, clean: clean.end });
      expect(end, textOf(injection)).toEqual(clean.end);
    });
  });

  test("the table of faults", async () => {
    await expect(table.text()).toMatchFileSnapshot("../golden/fault-table.md");
  });
});

describe("killed at any request, a rerun ends as a clean run does", () => {
  test.each([...SCENARIOS, MANY_COMMENTS])("$name", { timeout: 300_000 }, async (scenario) => {
    const start = await prepare(scenario);
    const clean = await playClean(scenario, start);
    const kills = injectionsInto(clean.operations).filter(({ fault }) => fault === "reset");
    await inLanes(kills, async (setting, { at, stage, operation }) => {
      const { server, deliver } = setting;
      server.restart(start.clone());
      // The answer of this request is lost, and no later one is ever done.
      injectAt(server, { fault: "reset", stage, at });
      injectAt(server, { fault: "reset", stage: "before", at: at + 1 }, Number.POSITIVE_INFINITY);
      expect(await tryDeliver(setting, scenario)).not.toBe("done");
      server.heal();
      await deliver(scenario.report, scenario.settings);
      expect(siteOf(server.store), `killed ${stage} ${operation}`).toEqual(clean.end);
    });
  });
});

describe("D15: where GitHub keeps the old text for a whole run, a rerun ends as a clean run does", () => {
  // An issue that is retired is closed all the same, and then nobody looks for it: it lacks its link.
  const kept = SCENARIOS.filter(({ name }) => !/supersedes|race/.test(name));

  test.each(kept)("$name", { timeout: 60_000 }, async (scenario) => {
    const start = await prepare(scenario);
    const clean = await playClean(scenario, start);
    await withGithub(async (setting) => {
      const { server, deliver } = setting;
      server.restart(start.clone());
      server.inject({
        fault: GITHUB_FAULTS["200, old body"],
        stage: "after",
        when: ({ method }) => method === "PATCH",
        times: Number.POSITIVE_INFINITY,
      });
      await tryDeliver(setting, scenario);
      server.heal();
      await deliver(scenario.report, scenario.settings);
      expect(siteOf(server.store)).toEqual(clean.end);
    });
  });
});

describe("D17: two runs at once", () => {
  test.each(["rolling", "daily"] as const)("leave one open issue in %s mode", (issueMode) =>
    withGithub(async ({ server, deliver }) => {
      await Promise.all([deliver(DAY_1, { issueMode }), deliver(DAY_1, { issueMode })]);
      await deliver(DAY_1, { issueMode });
      const open = server.store.issues.filter(({ state }) => state === "open");
      expect(open.map(({ number }) => number)).toEqual([1]);
      for (const issue of server.store.issues.slice(1)) {
        expect(issue).toMatchObject({ state: "closed", stateReason: "duplicate" });
        expect(issue.body).toContain("> Duplicate of #1.");
      }
      expect(server.store.comments).toEqual([]);
    }),
  );
});

// As if another run had listed before the first issue was made.
function makeDuplicate(store: GithubStore): void {
  const { title, body, labels, assignees } = store.issues[0]!;
  store.addIssue(WORKFLOW_BOT, { title, body, labels: [...labels], assignees: [...assignees] });
}

/** What is there before anything goes wrong. */
function prepare({ earlier, settings, happened }: Scenario): Promise<GithubStore> {
  return withGithub(async ({ server, deliver }) => {
    for (const report of earlier) await deliver(report, settings);
    happened?.(server.store);
    return server.store;
  });
}

function playClean(
  { report, settings }: Scenario,
  start: GithubStore,
): Promise<{ operations: string[]; end: GithubSite }> {
  return withGithub(async ({ server, deliver }) => {
    server.restart(start.clone());
    await deliver(report, settings);
    return { operations: server.requests.map(operationOf), end: siteOf(server.store) };
  });
}

const LANES = 8;

// Most of a run with a fault is waiting, so many wait at once, each with a server of its own.
async function inLanes<T>(
  items: readonly T[],
  work: (setting: Setting, item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = (): Promise<void> =>
    withGithub(async (setting) => {
      for (const item of queue) await work(setting, item);
    });
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** A delivery may fail, but only with an error of GitHub that says what to do. */
async function tryDeliver(
  { deliver }: Setting,
  { report, settings }: Scenario,
  fault?: GithubInjection["fault"],
): Promise<string> {
  try {
    await deliver(report, settings, { timeoutMs: fault === "hang" ? 100 : 5000 });
    return "done";
  } catch (error) {
    expect(error).toBeInstanceOf(TurnawayError);
    expect((error as TurnawayError).exitCode).toBe(5);
    expect((error as TurnawayError).message).not.toContain("workflow-token");
    return (error as TurnawayError).message;
  }
}

function textOf({ fault, stage, at, operation }: GithubInjection): string {
  return `${fault} ${stage} request ${at + 1}, ${operation}`;
}
