import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { A, B, checkPlans, CLEAR_2, CREATE, DAY_1, DAY_2, NOTHING } from "../test/plan-cases.ts";
import { BOT, World } from "../test/world.ts";

describe("whose issue it is", () => {
  const marked = (world: World): string => {
    const draft = new World();
    draft.deliver(DAY_1);
    return `${draft.issue(1).body}${world.issues.length}`;
  };
  checkPlans([
    {
      name: "D21: a forged marker of somebody else is not ours",
      before: (world) => world.add({ author: "eve", body: marked(world), labels: ["turnaway"] }),
      report: DAY_1,
      expected: CREATE.slice(1),
    },
    {
      name: "D20: nor is a pull request of ours with a marker",
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
      name: "D9: of a deleted or moved issue nothing is left: there is a new one",
      before: (world, deliver) => {
        deliver(DAY_1);
        world.issues.pop();
      },
      report: DAY_2,
      expected: [CREATE[0]!, "create Reject report: production, for kim, for lee"],
    },
    {
      name: "D17: of two that a race made the first stays",
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

test("a duplicate says of what, keeps what people wrote, and is found no more", () => {
  const world = new World();
  world.deliver(DAY_1);
  world.add({ ...world.issue(1), number: 2, body: `Mine.\n${world.issue(1).body}\nToo.` });
  world.deliver(DAY_1);
  const { body, ...duplicate } = world.issue(2);
  expect(duplicate).toMatchObject({ state: "closed", stateReason: "duplicate", closedBy: BOT });
  expect(body).toMatch(/^Mine\.\n<!-- turnaway:retired:production -->\n\n> Duplicate of #1\.\n\n/);
  expect(body).toMatch(/\nToo\.$/);
  expect(body).not.toContain("turnaway:report:production");
});

describe("what people did", () => {
  test("D22: outside the markers stays, and is no change", () => {
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

  test("D24: to the label that the issue is found by is undone", () => {
    const world = new World();
    world.deliver(DAY_1);
    world.issue(1).labels = ["p1"];
    expect(world.deliver(DAY_1)).toEqual(["label #1: turnaway"]);
    expect(world.issue(1).labels).toEqual(["p1", "turnaway"]);
  });

  test("D21: with a comment that looks like ours does not keep ours away", () => {
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

describe("a history longer than the report's", () => {
  // What a report with three days of history says of a trouble that goes on and on.
  const day = (date: string, firstDay: number): Report =>
    dayReport(date, [{ ...A, status: firstDay === 1 ? "new" : "ongoing", day: firstDay }]);
  const told = (world: World): string =>
    /^- \*\*Since\*\* (.*)$/m.exec(world.issue(1).body)?.[1] ?? "nothing";

  test("counts the days that the issue remembers", () => {
    const world = new World();
    world.deliver(day("2026-11-19", 1));
    for (const date of ["20", "21", "22", "23"]) world.deliver(day(`2026-11-${date}`, 2));
    expect(told(world)).toBe("2026-11-19 10:00 · last seen 2026-11-23 23:00 · day 5");
  });

  test("does not join what was gone in between", () => {
    const world = new World();
    world.deliver(day("2026-11-19", 1));
    // No run on the 20th, when it was gone.
    world.deliver(day("2026-11-22", 2));
    expect(told(world)).toBe("2026-11-21 10:00 · last seen 2026-11-22 23:00 · day 2");
  });

  test("is what the rollup knows, where the state was lost", () => {
    const world = new World();
    for (const date of ["19", "20", "21"]) world.deliver(day(`2026-11-${date}`, 2));
    world.issue(1).body = world.issue(1).body.replace(/^<!-- turnaway:state:.*\n/m, "");
    world.deliver(day("2026-11-22", 2));
    expect(told(world)).toBe("2026-11-21 10:00 · last seen 2026-11-22 23:00 · day 2");
  });
});

describe("a state that was lost", () => {
  const breaks: [name: string, change: (body: string) => string][] = [
    ["missing", (body) => body.replace(/^<!-- turnaway:state:.*\n/m, "")],
    ["damaged", (body) => body.replace(/(turnaway:state:1:)..../, "$10000")],
  ];
  describe.each(breaks)("%s", (kind, change) => {
    checkPlans([
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

  checkPlans([
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

describe("none", () => {
  checkPlans([
    {
      name: "leaves GitHub alone",
      settings: { issueMode: "none" },
      report: DAY_1,
      expected: ["issue-mode is none", ...NOTHING],
    },
  ]);
});
