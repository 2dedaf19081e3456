import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { A, B, checkPlans, CLEAR_2, DAY_1, DAY_2, first, NOTHING } from "../test/plan-cases.ts";
import { SETTINGS } from "../test/sample-settings.ts";
import { BOT, World } from "../test/world.ts";
import { planIssue, type IssuePlan } from "./index.ts";

const MANY = dayReport(
  "2026-11-20",
  Array.from({ length: 700 }, (_, index) => ({ name: `10.1.${index >> 8}.${index & 255}` })),
);

function reported(...reports: readonly Report[]): World {
  const world = new World();
  for (const report of reports) world.deliver(report);
  return world;
}

// As a first look does: without the comments.
function planUnread(world: World, report: Report): IssuePlan {
  const observed = { author: BOT, issues: world.issues, comments: new Map() };
  return planIssue({ report, observed, settings: SETTINGS, sources: [] });
}

describe("a comment is", () => {
  test("marked with what it is for, and says what changed", () => {
    const { comments } = reported(DAY_1, DAY_2);
    expect(comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^<!-- turnaway:comment:production:changes:2026-11-20:[0-9a-f]{8} -->\n\nFriday 20 November 2026 · 2 open now\n\n### New · 1\n\n\*\*unowned\*\*\n\n- /,
      ),
    ]);
  });

  test("a sentence alone where nothing else is to be said", () => {
    const world = reported(DAY_1);
    world.now = "2026-11-20T08:00:00Z";
    world.close(1, "kim", "completed");
    world.deliver(dayReport("2026-11-20", [{ ...A, status: "ongoing" }]));
    expect(world.comments.map(({ body }) => body.split(" -->")[1])).toEqual([
      "\n\nOpened again: there is something to look at.",
    ]);
  });

  test("a sentence and the changes, apart", () => {
    const { comments } = reported(DAY_1, CLEAR_2);
    expect(comments[0]!.body.split(" -->\n\n")[1]).toMatch(
      /^Closed: all clear\.\n\nFriday 20 November 2026 · \*\*findings → clear\*\* · /,
    );
  });

  test("defanged where the configuration says so, like the body", () => {
    for (const [defang, address] of [
      [true, "10.0.9[.]21"],
      [false, "10.0.9.21"],
    ] as const) {
      const world = new World();
      world.deliver(DAY_1, { defang });
      world.deliver(DAY_2, { defang });
      expect(world.issue(1).body).toContain(address);
      expect(world.comments[0]!.body).toContain(address);
    }
  });

  test("brought up to date where a run died after it, and more has come since", () => {
    const world = reported(DAY_1);
    const { body } = world.issue(1);
    world.deliver(DAY_2);
    world.issue(1).body = body;
    const more = dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B, { name: "10.0.9.22" }]);
    expect(world.deliver(more)).toEqual(["comment #1 again: New · 2", "#1: its text"]);
    expect(world.comments).toHaveLength(1);
  });
});

describe("the comments are read", () => {
  test.each<[when: string, world: World, report: Report, unread: number | null]>([
    ["where one is wanted", reported(DAY_1), DAY_2, 1],
    ["where the text goes on in comments", reported(DAY_1), MANY, 1],
    ["where it did so before", reported(DAY_1, MANY), MANY, 1],
    ["not where nothing changed", reported(DAY_1), DAY_1, null],
    ["not for a new text alone", reported(DAY_1), withoutNews("2026-11-20"), null],
  ])("%s", (_, world, report, unread) => {
    expect(planUnread(world, report).unread).toBe(unread);
    expect(world.plan(report).unread).toBeNull();
  });
});

test("comments that continue a text come and go with it", () => {
  const world = reported(DAY_1);
  const continued = (): number =>
    world.comments.filter(({ body }) => body.includes(":continued:")).length;
  expect(continued()).toBe(0);
  world.deliver(MANY);
  expect(continued()).toBeGreaterThan(0);
  expect(world.deliver(dayReport("2026-11-21", [{ ...A, status: "ongoing" }]))).toContain(
    "delete a comment of #1",
  );
  expect(continued()).toBe(0);
});

describe("the title", () => {
  test("follows the configuration, also on the same day, and again", () => {
    const world = reported(DAY_1);
    world.deliver(DAY_1, { title: "Rejects" });
    expect(world.issue(1).title).toBe("Rejects");
    expect(world.plan(DAY_1, { title: "Rejects" }).actions).toEqual([]);
    expect(world.deliver(DAY_1, { title: "Others" }).at(-1)).toMatch(/^#1: .*its title$/);
    expect(world.issue(1).title).toBe("Others");
  });

  test.each<[title: string, stays: boolean]>([
    ["Reject report: production", false],
    ["Rejects, see runbook", true],
  ])("%s of an issue that lost its state is somebody's: %s", (title, stays) => {
    const world = reported(DAY_1);
    const issue = world.issue(1);
    issue.title = title;
    issue.body = issue.body.replace(/^<!-- turnaway:state:.*\n/m, "");
    world.deliver(DAY_1);
    world.deliver(DAY_1, { title: "Others" });
    expect(issue.title).toBe(stays ? title : "Others");
  });

  test("of another day is ours, too, where the state was lost", () => {
    const world = new World();
    const title = "Rejects of {day}";
    world.deliver(DAY_1, { title });
    const issue = world.issue(1);
    issue.body = issue.body.replace(/^<!-- turnaway:state:.*\n/m, "");
    world.deliver(DAY_2, { title });
    expect(issue.title).toBe("Rejects of 2026-11-20");
  });
});

test("what becomes of an issue is said to GitHub with its reason", () => {
  const world = reported(DAY_1);
  const fieldsOf = (report: Report): unknown[] =>
    world.plan(report).actions.flatMap((action) => {
      if (action.kind !== "update-issue") return [];
      const { state, stateReason } = action.fields;
      return [{ state, stateReason, why: action.why }];
    });
  expect(fieldsOf(CLEAR_2)).toEqual([
    { state: "closed", stateReason: "completed", why: "its text, close it" },
  ]);
  world.deliver(CLEAR_2);
  expect(fieldsOf(dayReport("2026-11-21", [A]))).toEqual([
    { state: "open", stateReason: "reopened", why: "its text, reopen it" },
  ]);
});

describe("a state that is", () => {
  test.each([
    ["missing", /^<!-- turnaway:state:.*\n/m, ""],
    ["damaged", /turnaway:state:1:..../, "turnaway:state:1:0000"],
  ])("%s is noted", (kind, from, to) => {
    const world = reported(DAY_1);
    expect(world.plan(DAY_2).notes).toEqual([]);
    world.issue(1).body = world.issue(1).body.replace(from, to);
    expect(world.plan(DAY_2).notes).toEqual([
      `the state in #1 is ${kind}: history comes from the rollup`,
    ]);
  });
});

describe("an issue", () => {
  checkPlans([
    {
      name: "without a label by configuration is given none",
      settings: { labels: [] },
      before: first,
      report: DAY_1,
      expected: NOTHING,
    },
    {
      name: "that we closed stays ours to open, where it is daily from now on",
      settings: { issueMode: "daily", title: "Rejects of {day}" },
      before: (world) => {
        for (const report of [DAY_1, CLEAR_2]) world.deliver(report, { title: "Rejects of {day}" });
      },
      report: CLEAR_2,
      expected: NOTHING,
    },
  ]);
});

function withoutNews(day: string): Report {
  return dayReport(day, [{ ...A, status: "ongoing" }]);
}
