import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport, type Trouble } from "../test/days.ts";
import { BOT, World } from "../test/world.ts";
import type { IssueSettings } from "./index.ts";

const A = { name: "10.0.9.20" };
const B = { name: "10.0.9.21", owner: null };
const DAY_1 = dayReport("2026-11-19", [A]);
const DAY_2 = dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B]);
const CLEAR_2 = dayReport("2026-11-20", [{ ...A, status: "resolved" }]);
const NOTHING = ["nothing to do on GitHub"];

interface Case {
  readonly name: string;
  readonly settings?: Partial<IssueSettings>;
  /** What was there before. */
  readonly before?: (world: World, deliver: (report: Report) => void) => void;
  readonly report: Report;
  /** What is done, in short, or why nothing is. */
  readonly expected: readonly string[];
}

// Each plan is done and made again until it is empty, so every case also shows that it settles,
// and a rerun after it has nothing to do.
function check(cases: readonly Case[]): void {
  test.each(cases)("$name", ({ settings = {}, before, report, expected }) => {
    const world = new World();
    before?.(world, (earlier) => void world.deliver(earlier, settings));
    expect(world.deliver(report, settings)).toEqual(expected);
    expect(world.plan(report, settings).actions).toEqual([]);
  });
}

/** Day 1 was reported. */
const first: NonNullable<Case["before"]> = (_, deliver) => deliver(DAY_1);

const CREATE = ["label turnaway", "create Reject report: production, for kim"];

describe("rolling", () => {
  check([
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
      name: "late records of the same day say only what they add",
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
  check([
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
  const closed: NonNullable<Case["before"]> = (_, deliver) => {
    deliver(DAY_1);
    deliver(CLEAR_2);
  };
  const BACK = dayReport("2026-11-21", [A]);
  const OPENED = [
    "assign #1: kim",
    "comment #1: Opened again: there is something to look at, clear → findings, New · 1",
    "#1: its text, reopen it",
  ];
  check([
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
      name: "leaves what a person closed as not planned while nothing is new",
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
      name: "opens it again when something is new",
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
      name: "believes who closed it as done, until something is seen after that",
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

describe("whose issue it is", () => {
  const marked = (world: World): string => {
    const draft = new World();
    draft.deliver(DAY_1);
    return `${draft.issue(1).body}${world.issues.length}`;
  };
  check([
    {
      name: "a forged marker of somebody else is not ours",
      before: (world) => world.add({ author: "eve", body: marked(world), labels: ["turnaway"] }),
      report: DAY_1,
      expected: CREATE.slice(1),
    },
    {
      name: "nor is a pull request of ours with a marker",
      before: (world) => world.add({ isPullRequest: true, body: marked(world) }),
      report: DAY_1,
      expected: CREATE,
    },
    {
      name: "nor is an issue of ours for another report",
      before: (world) => world.deliver(DAY_1, { name: "staging" }),
      report: DAY_1,
      expected: CREATE.slice(1),
    },
    {
      name: "of a deleted or moved issue nothing is left: there is a new one",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.issues.pop();
      },
      report: DAY_2,
      expected: [CREATE[0]!, "create Reject report: production, for kim, for lee"],
    },
    {
      name: "of two that a race made the first stays",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.add({ ...world.issue(1), number: 2 });
      },
      report: DAY_2,
      expected: [
        "#2: close it as a duplicate of #1",
        "assign #1: lee",
        "comment #1: New · 1",
        "#1: its text",
      ],
    },
    {
      name: "a duplicate that GitHub closed with its old text is not ours any more",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.add({ ...world.issue(1), number: 2 });
        world.close(1, "kim", "not_planned");
        world.close(2, BOT, "duplicate");
      },
      report: DAY_1,
      expected: ["#1 was closed as not planned, and nothing is new", ...NOTHING],
    },
  ]);
});

describe("what people did", () => {
  test("outside the markers stays, and is no change", () => {
    const world = new World();
    world.deliver(DAY_1);
    const issue = world.issue(1);
    issue.body = `Our runbook: wiki\n${issue.body}\n\nSee also the firewall board.`;
    expect(world.deliver(DAY_1)).toEqual(NOTHING);
    world.deliver(DAY_2);
    expect(issue.body).toMatch(/^Our runbook: wiki\n<!-- turnaway:report:production -->\n/);
    expect(issue.body).toMatch(/ -->\n\nSee also the firewall board\.$/);
    expect(issue.body).toContain("10.0.9.21");
  });

  test("inside the markers is written over, without a word", () => {
    const world = new World();
    world.deliver(DAY_1);
    const issue = world.issue(1);
    const { body } = issue;
    issue.body = body.replace("10.0.9.20", "nothing");
    expect(world.deliver(DAY_1)).toEqual(["#1: its text"]);
    expect(issue.body).toBe(body);
  });

  test("to title, labels and comments stays", () => {
    const world = new World();
    world.deliver(DAY_1);
    const issue = world.issue(1);
    issue.title = "Rejects, see runbook";
    issue.labels = [...issue.labels, "p1"];
    world.comments.push({ id: 99, issue: 1, author: "kim", body: "On it." });
    expect(world.deliver(DAY_2)).toEqual(["assign #1: lee", "comment #1: New · 1", "#1: its text"]);
    expect(issue).toMatchObject({ title: "Rejects, see runbook", labels: ["turnaway", "p1"] });
    expect(world.comments[0]).toMatchObject({ author: "kim", body: "On it." });
  });

  test("to the label that the issue is found by is undone", () => {
    const world = new World();
    world.deliver(DAY_1);
    world.issue(1).labels = ["p1"];
    expect(world.deliver(DAY_1)).toEqual(["label #1: turnaway"]);
    expect(world.issue(1).labels).toEqual(["p1", "turnaway"]);
  });

  test("with a comment that looks like ours does not keep ours away", () => {
    const world = new World();
    world.deliver(DAY_1);
    world.deliver(DAY_2);
    const [ours] = world.comments;
    world.comments.splice(0, 1, { ...ours!, author: "eve" });
    const clean = new World();
    clean.deliver(DAY_1);
    world.issue(1).body = clean.issue(1).body;
    expect(world.deliver(DAY_2)).toContain("comment #1: New · 1");
  });
});

describe("a state that was lost", () => {
  const breaks: [name: string, change: (body: string) => string][] = [
    ["missing", (body) => body.replace(/^<!-- turnaway:state:.*\n/m, "")],
    ["damaged", (body) => body.replace(/(turnaway:state:1:)..../, "$10000")],
  ];
  describe.each(breaks)("%s", (kind, change) => {
    check([
      {
        name: "on the day that it shows is written again, and nothing is said twice",
        before: (world, deliver) => {
          deliver(DAY_1);
          deliver(DAY_2);
          world.issue(1).body = change(world.issue(1).body);
        },
        report: DAY_2,
        expected: ["#1: its text"],
      },
      {
        name: "is rebuilt from the report's own history",
        before: (world, deliver) => {
          deliver(DAY_1);
          world.issue(1).body = change(world.issue(1).body);
        },
        // Two days were missed: B is on its second day, and was never told.
        report: dayReport("2026-11-21", [
          { ...A, status: "ongoing", day: 3 },
          { ...B, status: "ongoing", day: 2 },
        ]),
        expected: ["assign #1: lee", "comment #1: New · 1", "#1: its text"],
      },
    ]);

    test("is named in the body", () => {
      const world = new World();
      world.deliver(DAY_1);
      world.issue(1).body = change(world.issue(1).body);
      world.deliver(DAY_2);
      expect(world.issue(1).body).toContain(`the last run was ${kind}`);
    });
  });

  check([
    {
      name: "counts clear reports anew, so it closes later and never sooner",
      settings: { clearDays: 2 },
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(CLEAR_2);
        world.issue(1).body = world.issue(1).body.replace(/^<!-- turnaway:state:.*\n/m, "");
      },
      report: dayReport("2026-11-21"),
      expected: ["#1: its text"],
    },
  ]);
});

describe("mentions", () => {
  const settings = { notify: "mention" as const };
  check([
    {
      name: "stand beside what is new, and nobody is assigned",
      settings,
      before: first,
      report: DAY_2,
      expected: ["comment #1: New · 1, @lee", "#1: its text"],
    },
    {
      name: "are not made again for the same finding",
      settings,
      before: (_, deliver) => {
        deliver(DAY_1);
        deliver(DAY_2);
      },
      report: dayReport("2026-11-21", [
        { ...A, status: "ongoing", day: 3 },
        { ...B, status: "ongoing", day: 2, severity: "critical" },
      ]),
      expected: ["comment #1: Worse · 1", "#1: its text"],
    },
  ]);

  const daily = { ...settings, issueMode: "daily" as const };
  const ccOf = (world: World, number: number): string[] =>
    world.issue(number).body.match(/@\w+/g) ?? [];

  test.each([settings, daily])("of the first issue stand outside its text: $issueMode", (mode) => {
    const world = new World();
    world.deliver(DAY_1, mode);
    expect(ccOf(world, 1)).toEqual(["@kim"]);
    world.deliver(dayReport("2026-11-19", [A, { name: "10.0.9.22" }]), mode);
    expect(ccOf(world, 1)).toEqual(["@kim"]);
  });

  test("of the next daily issue are those of its new findings", () => {
    const world = new World();
    world.deliver(DAY_1, daily);
    world.deliver(DAY_2, daily);
    expect(ccOf(world, 2)).toEqual(["@lee"]);
  });
});

describe("daily", () => {
  const settings = { issueMode: "daily" as const };
  const title = (day: string): string => `create Reject report: production · ${day}`;
  check([
    {
      name: "the first day makes an issue, named after it",
      settings,
      report: DAY_1,
      expected: ["label turnaway", `${title("2026-11-19")}, for kim`],
    },
    { name: "never two for one day", settings, before: first, report: DAY_1, expected: NOTHING },
    {
      name: "the next day makes the next, and closes the one before",
      settings,
      before: first,
      report: DAY_2,
      expected: [`${title("2026-11-20")}, for kim, for lee`, "#1: close it, superseded by #2"],
    },
    {
      name: "late records change the issue of their day",
      settings,
      before: first,
      report: dayReport("2026-11-19", [A, B]),
      expected: ["assign #1: lee", "comment #1: New · 1", "#1: its text"],
    },
    {
      name: "a day that is made up for is closed at once, for a newer one is there",
      settings,
      before: (_, deliver) => deliver(DAY_2),
      report: DAY_1,
      expected: [`${title("2026-11-19")}, for kim`, "#2: its text, close it"],
    },
    {
      name: "an issue that a person closed stays closed",
      settings,
      before: (world, deliver) => {
        deliver(DAY_1);
        world.close(1, "kim", "completed");
      },
      report: dayReport("2026-11-19", [A, B]),
      expected: ["assign #1: lee", "comment #1: New · 1", "#1: its text"],
    },
    {
      name: "of two that a race made the first stays",
      settings,
      before: (world, deliver) => {
        deliver(DAY_1);
        world.add({ ...world.issue(1), number: 2 });
      },
      report: DAY_1,
      expected: ["#2: close it as a duplicate of #1"],
    },
    {
      name: "a rolling issue from before is superseded too",
      settings,
      before: (world) => world.deliver(DAY_1, { issueMode: "rolling" }),
      report: DAY_2,
      expected: [`${title("2026-11-20")}, for kim, for lee`, "#1: close it, superseded by #2"],
    },
  ]);

  test("a superseded issue links to the one that took over, once", () => {
    const world = new World();
    world.deliver(DAY_1, settings);
    world.deliver(DAY_2, settings);
    expect(world.issue(1).body.match(/Superseded by #2\./g)).toHaveLength(1);
    expect(world.issue(1)).toMatchObject({ state: "closed", stateReason: "completed" });
    world.reopen(1);
    world.deliver(DAY_2, settings);
    expect(world.issue(1).body.match(/Superseded by #2\./g)).toHaveLength(1);
  });
});

describe("none", () => {
  check([
    {
      name: "leaves GitHub alone",
      settings: { issueMode: "none" },
      report: DAY_1,
      expected: ["issue-mode is none", ...NOTHING],
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
