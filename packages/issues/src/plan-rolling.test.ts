import { describe } from "vitest";
import { dayReport, type Trouble } from "../test/days.ts";
import {
  A,
  B,
  checkPlans,
  CLEAR_2,
  CREATE,
  DAY_1,
  DAY_2,
  first,
  NOTHING,
  type PlanCase,
} from "../test/plan-cases.ts";

describe("rolling", () => {
  checkPlans([
    { name: "the first report makes an issue", report: DAY_1, expected: CREATE },
    {
      name: "a first report without findings makes none",
      report: dayReport("2026-11-19"),
      expected: ["all clear, and no issue is open", ...NOTHING],
    },
    {
      name: "a first report without findings makes one where it is kept open",
      settings: { onClear: "keep" },
      report: dayReport("2026-11-19"),
      expected: ["label turnaway", "create Reject report: production"],
    },
    {
      name: "a first report that saw nothing makes one, to say so",
      report: dayReport("2026-11-19", [], "no-data"),
      expected: ["label turnaway", "create Reject report: production"],
    },
    { name: "the same report changes nothing", before: first, report: DAY_1, expected: NOTHING },
    {
      name: "a day without changes renews the text and says nothing",
      before: first,
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }]),
      expected: ["#1: its text"],
    },
    {
      name: "what is new is said, and its owner assigned",
      before: first,
      report: DAY_2,
      expected: ["assign #1: lee", "comment #1: New · 1", "#1: its text"],
    },
    {
      name: "what is gone is said",
      before: (_, deliver) => deliver(DAY_2),
      report: dayReport("2026-11-21", [
        { ...A, status: "ongoing", day: 3 },
        { ...B, status: "resolved" },
      ]),
      expected: ["comment #1: Gone · 1", "#1: its text"],
    },
    {
      name: "what is worse is said",
      before: first,
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing", severity: "critical" }]),
      expected: ["comment #1: Worse · 1", "#1: its text"],
    },
    {
      name: "what is less bad is not",
      before: first,
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing", severity: "low" }]),
      expected: ["#1: its text"],
    },
    {
      name: "a changed verdict is said, and nothing is gone by not looking",
      before: first,
      report: dayReport("2026-11-20", [], "partial"),
      expected: ["comment #1: findings → partial", "#1: its text"],
    },
    {
      name: "what a partial day could not see is not new on the next",
      before: (_, deliver) => {
        deliver(DAY_1);
        deliver(dayReport("2026-11-20", [], "partial"));
      },
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }]),
      expected: ["comment #1: partial → findings", "#1: its text"],
    },
    {
      name: "what became muted is neither gone nor announced",
      before: (_, deliver) => deliver(DAY_2),
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }, muted("2027-01-31")]),
      expected: ["#1: its text"],
    },
    {
      name: "a mute that ends within the week is announced",
      before: (_, deliver) => deliver(dayReport("2026-11-19", [A, muted("2026-11-27")])),
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }, muted("2026-11-27")]),
      expected: ["comment #1: Mutes that end within a week · 1", "#1: its text"],
    },
    {
      name: "once",
      before: (_, deliver) => {
        deliver(DAY_1);
        deliver(dayReport("2026-11-20", [{ ...A, status: "ongoing" }, muted("2026-11-27")]));
      },
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }, muted("2026-11-27")]),
      expected: ["#1: its text"],
    },
    {
      name: "an earlier day leaves the newer text",
      before: (_, deliver) => deliver(DAY_2),
      report: DAY_1,
      expected: ["#1 shows 2026-11-20, which is later than 2026-11-19", ...NOTHING],
    },
    {
      name: "B1: late records of the same day say only what they add",
      before: (_, deliver) => {
        deliver(DAY_1);
        deliver(DAY_2);
      },
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B, { name: "10.0.9.22" }]),
      expected: ["assign #1: kim", "comment #1: New · 1", "#1: its text"],
    },
  ]);
});

describe("rolling, when all is clear", () => {
  checkPlans([
    {
      name: "closes with a comment",
      before: first,
      report: CLEAR_2,
      expected: [
        "comment #1: Closed: all clear, findings → clear, Gone · 1",
        "#1: its text, close it",
      ],
    },
    {
      name: "waits for as many reports as configured",
      settings: { clearDays: 3 },
      before: first,
      report: CLEAR_2,
      expected: ["comment #1: findings → clear, Gone · 1", "#1: its text"],
    },
    {
      name: "counts a day once",
      settings: { clearDays: 3 },
      before: (_, deliver) => {
        for (const report of [DAY_1, CLEAR_2, CLEAR_2]) deliver(report);
      },
      report: dayReport("2026-11-21"),
      expected: ["#1: its text"],
    },
    {
      name: "closes after them",
      settings: { clearDays: 3 },
      before: (_, deliver) => {
        for (const report of [DAY_1, CLEAR_2, dayReport("2026-11-21")]) deliver(report);
      },
      report: dayReport("2026-11-22"),
      expected: ["comment #1: Closed: all clear, 3 reports in a row", "#1: its text, close it"],
    },
    {
      name: "begins to count again after a day that saw only a part",
      settings: { clearDays: 2 },
      before: (_, deliver) => {
        for (const report of [DAY_1, CLEAR_2, dayReport("2026-11-21", [], "partial")]) {
          deliver(report);
        }
      },
      report: dayReport("2026-11-22"),
      expected: ["comment #1: partial → clear", "#1: its text"],
    },
    {
      name: "keeps the issue open where configured",
      settings: { onClear: "keep" },
      before: first,
      report: CLEAR_2,
      expected: ["comment #1: findings → clear, Gone · 1", "#1: its text"],
    },
    {
      name: "leaves what is closed",
      before: (_, deliver) => {
        deliver(DAY_1);
        deliver(CLEAR_2);
      },
      report: dayReport("2026-11-21"),
      expected: ["all clear, and no issue is open", ...NOTHING],
    },
    {
      name: "respects for that day who opened it again",
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(CLEAR_2);
        world.reopen(1);
      },
      report: CLEAR_2,
      expected: NOTHING,
    },
    {
      name: "closes it again on the next",
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(CLEAR_2);
        world.reopen(1);
        deliver(CLEAR_2);
      },
      report: dayReport("2026-11-21"),
      expected: ["comment #1: Closed: all clear", "#1: its text, close it"],
    },
    {
      name: "says so where GitHub closed it and kept the old text",
      before: (world, deliver) => {
        deliver(DAY_1);
        const { body } = world.issue(1);
        deliver(CLEAR_2);
        world.issue(1).body = body;
      },
      report: CLEAR_2,
      expected: ["#1: its text"],
    },
  ]);
});

describe("rolling, when trouble is back", () => {
  const closed: NonNullable<PlanCase["before"]> = (_, deliver) => {
    deliver(DAY_1);
    deliver(CLEAR_2);
  };
  const BACK = dayReport("2026-11-21", [A]);
  const OPENED = [
    "assign #1: kim",
    "comment #1: Opened again: there is something to look at, clear → findings, New · 1",
    "#1: its text, reopen it",
  ];
  checkPlans([
    { name: "opens it again", before: closed, report: BACK, expected: OPENED },
    {
      name: "opens it again to say that nothing can be seen",
      before: closed,
      report: dayReport("2026-11-21", [], "no-data"),
      expected: [
        "comment #1: Opened again: there is something to look at, clear → no-data",
        "#1: its text, reopen it",
      ],
    },
    {
      name: "opens a new one where configured",
      settings: { onReturn: "new" },
      before: closed,
      report: BACK,
      expected: ["create Reject report: production, for kim"],
    },
    {
      name: "goes on where GitHub opened it and kept the old text",
      before: (world, deliver) => {
        closed(world, deliver);
        const { body } = world.issue(1);
        deliver(BACK);
        world.issue(1).body = body;
      },
      report: BACK,
      expected: ["#1: its text"],
    },
    {
      name: "opens it again where GitHub had closed it and kept the old text",
      before: (world, deliver) => {
        deliver(DAY_1);
        const { body } = world.issue(1);
        deliver(CLEAR_2);
        world.issue(1).body = body;
      },
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }]),
      expected: [
        "comment #1: Opened again: there is something to look at",
        "#1: its text, reopen it",
      ],
    },
    {
      name: "D23: leaves what a person closed as not planned while nothing is new",
      before: (world, deliver) => {
        deliver(DAY_2);
        world.close(1, "kim", "not_planned");
      },
      report: dayReport("2026-11-21", [{ ...A, status: "ongoing", day: 3 }]),
      expected: ["#1 was closed as not planned, and nothing is new", ...NOTHING],
    },
    {
      name: "also where that was once ours to close",
      before: (world, deliver) => {
        closed(world, deliver);
        world.reopen(1);
        world.close(1, "kim", "not_planned");
      },
      report: dayReport("2026-11-21", [], "partial"),
      expected: ["#1 was closed as not planned, and nothing is new", ...NOTHING],
    },
    {
      name: "D23: opens it again when something is new",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.close(1, "kim", "not_planned");
      },
      report: DAY_2,
      expected: [
        "assign #1: lee",
        "comment #1: Opened again: there is something to look at, New · 1",
        "#1: its text, reopen it",
      ],
    },
    {
      name: "D23: believes who closed it as done, until something is seen after that",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.now = "2026-11-21T08:00:00Z";
        world.close(1, "kim", "completed");
      },
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }]),
      expected: ["#1 was closed as done, and nothing was seen since", ...NOTHING],
    },
    {
      name: "and then opens it again",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.now = "2026-11-20T08:00:00Z";
        world.close(1, "kim", "completed");
      },
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }]),
      expected: [
        "comment #1: Opened again: there is something to look at",
        "#1: its text, reopen it",
      ],
    },
    {
      name: "an earlier day leaves what is closed",
      before: closed,
      report: DAY_1,
      expected: ["#1 shows 2026-11-20, which is later than 2026-11-19", ...NOTHING],
    },
  ]);
});

function muted(until: string): Trouble {
  return {
    name: "10.0.9.21",
    status: "muted",
    mute: { reason: "being moved", owner: "lee", until },
  };
}
