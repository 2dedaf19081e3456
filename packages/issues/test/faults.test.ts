import { TurnawayError, type Report } from "@turnaway/core";
import {
  GITHUB_FAULTS,
  operationOf,
  type GithubFault,
  type GithubServer,
} from "@turnaway/testing/github-server";
import { describe, expect, test } from "vitest";
import type { IssueSettings } from "../src/index.ts";
import { dayReport } from "./days.ts";
import { withGithub, type Setting } from "./github.ts";

interface Scenario {
  readonly name: string;
  readonly settings: Partial<IssueSettings>;
  /** Posted before anything goes wrong. */
  readonly earlier: readonly Report[];
  /** Posted while something goes wrong. */
  readonly report: Report;
}

const DAY_1 = dayReport("2026-11-19", [{ name: "10.0.9.20" }]);
const DAY_2 = dayReport("2026-11-20", [
  { name: "10.0.9.20", status: "ongoing" },
  { name: "10.0.9.21", owner: null },
]);
const CLEAR = dayReport("2026-11-21", [{ name: "10.0.9.20", status: "resolved" }]);
const MANY = dayReport(
  "2026-11-20",
  Array.from({ length: 700 }, (_, index) => ({ name: `10.1.${index >> 8}.${index & 255}` })),
);

const SCENARIOS: readonly Scenario[] = [
  { name: "the first issue", settings: {}, earlier: [], report: DAY_1 },
  { name: "a changed day", settings: {}, earlier: [DAY_1], report: DAY_2 },
  { name: "a clear day", settings: {}, earlier: [DAY_1], report: CLEAR },
  { name: "trouble that is back", settings: {}, earlier: [DAY_1, CLEAR], report: dayAfterClear() },
  {
    name: "the next daily issue",
    settings: { issueMode: "daily" },
    earlier: [DAY_1],
    report: DAY_2,
  },
  { name: "a report that needs comments", settings: {}, earlier: [DAY_1], report: MANY },
];

const FAULTS: Record<string, GithubFault> = { ...GITHUB_FAULTS, "old body": { kind: "old-body" } };

describe("after a fault in any one request, a rerun ends as a clean run does", () => {
  const table: Record<string, Row> = {};

  // The others run below, killed at every request: that is the same loss at less cost.
  test.each(SCENARIOS.slice(0, 3))("$name", { timeout: 600_000 }, async (scenario) => {
    const clean = await withGithub(async (setting) => {
      const requests = await play(setting, scenario);
      return { requests, end: endOf(setting.server) };
    });
    for (const [name, fault] of Object.entries(FAULTS)) {
      const row = (table[name] ??= { injected: 0, created: 0, duplicates: 0, comments: 0 });
      for (const [at, operation] of clean.requests.entries()) {
        for (const stage of ["before", "after"] as const) {
          if (isPointless(fault, operation, stage)) continue;
          const end = await withGithub(async (setting) => {
            await prepare(setting, scenario);
            injectAt(setting.server, { at, fault, stage, times: 1 });
            await tryDeliver(setting, scenario, fault);
            setting.server.heal();
            await setting.deliver(scenario.report, scenario.settings);
            return endOf(setting.server);
          });
          const where = `${name} ${stage} request ${at + 1}, ${operation}`;
          expect(end, where).toEqual(clean.end);
          row.injected += 1;
          row.created += end.issues.length;
          row.duplicates += end.issues.length - clean.end.issues.length;
          row.comments += end.comments.length - clean.end.comments.length;
        }
      }
    }
  });

  test("the table of faults", async () => {
    await expect(tableText(table)).toMatchFileSnapshot("../golden/fault-table.md");
  });
});

describe("killed at any request, a rerun ends as a clean run does", () => {
  test.each(SCENARIOS)("$name", { timeout: 600_000 }, async (scenario) => {
    const clean = await withGithub(async (setting) => {
      const requests = await play(setting, scenario);
      return { requests, end: endOf(setting.server) };
    });
    for (const at of clean.requests.keys()) {
      for (const stage of ["before", "after"] as const) {
        const end = await withGithub(async (setting) => {
          await prepare(setting, scenario);
          // The answer of this request is lost, and no later one is ever done.
          injectAt(setting.server, { at, fault: { kind: "reset" }, stage, times: 1 });
          injectAt(setting.server, {
            at: at + 1,
            fault: { kind: "reset" },
            stage: "before",
            times: Number.POSITIVE_INFINITY,
          });
          await expect(tryDeliver(setting, scenario)).resolves.not.toBe("done");
          setting.server.heal();
          await setting.deliver(scenario.report, scenario.settings);
          return endOf(setting.server);
        });
        expect(end, `killed ${stage} request ${at + 1}`).toEqual(clean.end);
      }
    }
  });
});

describe("two runs at once", () => {
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

interface Row {
  injected: number;
  created: number;
  duplicates: number;
  comments: number;
}

function dayAfterClear(): Report {
  return dayReport("2026-11-22", [{ name: "10.0.9.20" }]);
}

async function prepare({ deliver }: Setting, { earlier, settings }: Scenario): Promise<void> {
  for (const report of earlier) await deliver(report, settings);
}

/** Plays the scenario without a fault; returns the operations of its last delivery. */
async function play(setting: Setting, scenario: Scenario): Promise<string[]> {
  await prepare(setting, scenario);
  const { length } = setting.server.requests;
  await setting.deliver(scenario.report, scenario.settings);
  return setting.server.requests.slice(length).map(operationOf);
}

/** A delivery may fail, but only with an error of GitHub that says what to do. */
async function tryDeliver(
  { deliver }: Setting,
  { report, settings }: Scenario,
  fault?: GithubFault,
): Promise<string> {
  try {
    await deliver(report, settings, { timeoutMs: fault?.kind === "hang" ? 60 : 5000 });
    return "done";
  } catch (error) {
    expect(error).toBeInstanceOf(TurnawayError);
    expect((error as TurnawayError).exitCode).toBe(5);
    expect((error as TurnawayError).message).not.toContain("workflow-token");
    return (error as TurnawayError).message;
  }
}

function injectAt(
  server: GithubServer,
  rule: { at: number; fault: GithubFault; stage: "before" | "after"; times: number },
): void {
  const { at, ...rest } = rule;
  const first = server.requests.length + at;
  server.inject({ ...rest, when: () => server.requests.length > first });
}

// What a person at the site sees in the end.
function endOf({ store }: GithubServer) {
  return {
    issues: store.issues.map(({ number, title, body, state, stateReason, labels, assignees }) => ({
      number,
      title,
      body,
      state,
      stateReason,
      labels,
      assignees,
    })),
    comments: store.comments.map(({ issue, body }) => ({ issue, body })),
  };
}

function isPointless(fault: GithubFault, operation: string, stage: "before" | "after"): boolean {
  if (fault.kind === "old-body") return stage === "before" || !operation.startsWith("PATCH");
  // Where nothing is changed it makes no difference when it goes wrong.
  if (operation.startsWith("GET") || operation.endsWith("/graphql")) return stage === "before";
  return fault.kind === "slow" && stage === "before";
}

function tableText(table: Readonly<Record<string, Row>>): string {
  const rows = Object.entries(table).map(
    ([name, { injected, created, duplicates, comments }]) =>
      `| ${name} | ${injected} | ${created > 0 ? "as a clean run" : "none"} | ${duplicates} | ${comments} |`,
  );
  return [
    "| fault | injected | issues created | duplicates | comments too many |",
    "| --- | ---: | --- | ---: | ---: |",
    ...rows,
    "",
  ].join("\n");
}
