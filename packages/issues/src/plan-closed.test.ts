import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import {
  A,
  B,
  checkPlans,
  CLEAR_2,
  DAY_1,
  DAY_2,
  first,
  NOTHING,
  type PlanCase,
} from "../test/plan-cases.ts";
import { World } from "../test/world.ts";
import { readState, type IssueState } from "./issue-state.ts";

const LEFT = ["#1 was closed as done, and nothing was seen since", ...NOTHING];
const OPENED = [
  "comment #1: Opened again: there is something to look at",
  "#1: its text, reopen it",
];

// Kim closed it as done, some days later.
const done: NonNullable<PlanCase["before"]> = (world, deliver) => {
  deliver(DAY_1);
  world.now = "2026-11-25T08:00:00Z";
  world.close(1, "kim", "completed");
};

const still = (day: string): Report => dayReport(day, [{ ...A, status: "ongoing", day: 2 }]);

function seenAt(report: Report, ...times: readonly string[]): Report {
  const findings = report.findings.map((each, index) => ({ ...each, lastSeen: times[index]! }));
  return { ...report, findings };
}

describe("what somebody closed as done", () => {
  checkPlans([
    {
      name: "stays closed on a clear day",
      before: done,
      report: CLEAR_2,
      expected: ["all clear, and no issue is open", ...NOTHING],
    },
    {
      name: "is opened by a day that could not be seen",
      before: done,
      report: dayReport("2026-11-20", [], "no-data"),
      expected: [`${OPENED[0]!}, findings → no-data`, OPENED[1]!],
    },
    {
      name: "is opened by a day that was seen in part",
      before: done,
      report: dayReport("2026-11-20", [], "partial"),
      expected: [`${OPENED[0]!}, findings → partial`, OPENED[1]!],
    },
    {
      name: "stays closed where it was of such a day already",
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(dayReport("2026-11-20", [], "partial"));
        world.now = "2026-11-25T08:00:00Z";
        world.close(1, "kim", "completed");
      },
      report: dayReport("2026-11-21", [], "partial"),
      expected: LEFT,
    },
    {
      name: "stays closed where all can be seen again, and shows nothing later",
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(dayReport("2026-11-20", [], "partial"));
        world.now = "2026-11-25T08:00:00Z";
        world.close(1, "kim", "completed");
      },
      report: still("2026-11-21"),
      expected: LEFT,
    },
    {
      name: "is opened by one finding of several that was seen after that",
      before: (world, deliver) => {
        deliver(DAY_2);
        world.now = "2026-11-21T08:00:00Z";
        world.close(1, "kim", "completed");
      },
      report: seenAt(
        dayReport("2026-11-21", [
          { ...A, status: "ongoing", day: 3 },
          { ...B, status: "ongoing", day: 2 },
        ]),
        "2026-11-21T07:00:00Z",
        "2026-11-21T08:00:01Z",
      ),
      expected: OPENED,
    },
    {
      name: "stays closed where the last was seen at that very moment",
      before: done,
      report: seenAt(still("2026-11-25"), "2026-11-25T08:00:00Z"),
      expected: LEFT,
    },
    {
      name: "stays closed where nobody knows when that was",
      before: (world, deliver) => {
        done(world, deliver);
        world.issue(1).closedAt = null;
      },
      report: still("2026-11-30"),
      expected: LEFT,
    },
    {
      name: "stays closed where its state was lost, too",
      before: (world, deliver) => {
        deliver(DAY_2);
        world.now = "2026-11-25T08:00:00Z";
        world.close(1, "kim", "completed");
        const issue = world.issue(1);
        issue.body = issue.body.replace(/^<!-- turnaway:state:.*\n/m, "");
      },
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }]),
      expected: LEFT,
    },
  ]);
});

describe("what was closed otherwise", () => {
  checkPlans([
    {
      name: "as a duplicate by somebody stays closed",
      before: (world, deliver) => {
        first(world, deliver);
        world.close(1, "kim", "duplicate");
      },
      report: still("2026-11-20"),
      expected: ["#1 was closed as not planned, and nothing is new", ...NOTHING],
    },
    {
      name: "by us is opened whenever that was, also where GitHub kept the old text",
      before: (world, deliver) => {
        deliver(DAY_1);
        const { body } = world.issue(1);
        world.now = "2026-11-25T08:00:00Z";
        deliver(CLEAR_2);
        world.issue(1).body = body;
      },
      report: still("2026-11-21"),
      expected: OPENED,
    },
  ]);
});

describe("the state says", () => {
  const stateOf = (world: World): IssueState => {
    const stored = readState(world.issue(1).body);
    if (stored.kind !== "state") throw new Error(stored.kind);
    return stored.state;
  };

  test("that we closed it, also where GitHub kept the old text at first", () => {
    const world = new World();
    world.deliver(DAY_1);
    const { body } = world.issue(1);
    world.deliver(CLEAR_2);
    world.issue(1).body = body;
    world.deliver(CLEAR_2);
    expect(stateOf(world)).toMatchObject({ closedByUs: true, clearDays: 1, day: "2026-11-20" });
  });

  test("that nobody closed it, where it was opened again and there is trouble after all", () => {
    const world = new World();
    world.deliver(DAY_1);
    world.deliver(CLEAR_2);
    world.reopen(1);
    world.deliver(still("2026-11-20"));
    expect(stateOf(world)).toMatchObject({ closedByUs: false, clearDays: 0 });
  });
});

test("a plan for a new issue says why there has to be one", () => {
  const world = new World();
  expect(world.plan(DAY_1).notes).toEqual(["no issue yet"]);
  world.deliver(DAY_1);
  world.deliver(CLEAR_2);
  const back = dayReport("2026-11-21", [A]);
  expect(world.plan(back, { onReturn: "new" }).notes).toEqual(["trouble is back after #1"]);
});
