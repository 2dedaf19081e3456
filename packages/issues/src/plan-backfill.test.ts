import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { A, B, checkPlans, CLEAR_2, CREATE, DAY_1, DAY_2, NOTHING } from "../test/plan-cases.ts";
import { World } from "../test/world.ts";
import { readState } from "./issue-state.ts";

const DAILY = { issueMode: "daily" } as const;
const MENTION = { ...DAILY, notify: "mention" } as const;

// Day and state were lost, and the marker was not.
function forget(world: World, number: number): void {
  const issue = world.issue(number);
  issue.body = issue.body.replaceAll(/^<!-- turnaway:(state|day):.*\n/gm, "");
}

describe("daily issues, in whatever order their days are reported", () => {
  test("a day that is made up for mentions nobody who knows it from the day before", () => {
    const world = new World();
    world.deliver(dayReport("2026-11-18", [A]), MENTION);
    world.deliver(dayReport("2026-11-20", [B]), MENTION);
    world.deliver(dayReport("2026-11-19", [{ ...A, status: "ongoing" }]), MENTION);
    expect(world.issue(3).title).toBe("Reject report: production · 2026-11-19");
    expect(world.issue(3).body).not.toMatch(/@\w/);
  });

  test("the issue of an older day says which one took over, in a line of its own, once", () => {
    const world = new World();
    world.deliver(DAY_1, DAILY);
    world.deliver(DAY_2, DAILY);
    world.deliver(dayReport("2026-11-19", [A, B]), DAILY);
    expect(world.issue(1).body.match(/^> Superseded by #2\.$/gm)).toHaveLength(1);
    expect(world.issue(2).body).not.toContain("Superseded");
  });

  test("a clear day counts as one, also when it is brought up to date", () => {
    const world = new World();
    world.deliver(dayReport("2026-11-20", [A]), DAILY);
    world.deliver(CLEAR_2, DAILY);
    expect(readState(world.issue(1).body)).toMatchObject({ state: { clearDays: 1 } });
    world.deliver(dayReport("2026-11-20", [A]), DAILY);
    expect(readState(world.issue(1).body)).toMatchObject({ state: { clearDays: 0 } });
  });

  test("a plan says why there is one more", () => {
    const world = new World();
    world.deliver(DAY_1, DAILY);
    expect(world.plan(DAY_2, DAILY).notes).toEqual(["no issue for 2026-11-20 yet"]);
  });

  checkPlans([
    {
      name: "a second one of the day that somebody closed is left alone",
      settings: DAILY,
      before: (world, deliver) => {
        deliver(DAY_1);
        world.add({ ...world.issue(1), number: 2, state: "closed", closedBy: "kim" });
      },
      report: DAY_1,
      expected: NOTHING,
    },
    {
      name: "an open one that lost its day is superseded",
      settings: DAILY,
      before: (world, deliver) => {
        deliver(DAY_1);
        deliver(DAY_2);
        world.reopen(1);
        forget(world, 1);
      },
      report: DAY_2,
      expected: ["#1: close it, superseded by #2"],
    },
    {
      name: "one that lost its day is nobody's day before",
      settings: MENTION,
      before: (world, deliver) => {
        deliver(DAY_1);
        forget(world, 1);
      },
      report: dayReport("2026-11-20", [{ ...A, status: "ongoing" }]),
      expected: ["create Reject report: production · 2026-11-20", "#1: close it, superseded by #2"],
    },
  ]);
});

describe("a new issue", () => {
  test("mentions each login of its owners once, on a line after the text", () => {
    const world = new World();
    const settings = { notify: "mention", assignees: { "team-orders": ["kim", "lee"] } } as const;
    world.deliver(dayReport("2026-11-19", [A, { name: "10.0.9.22" }]), settings);
    expect(world.issue(1).body).toMatch(/ -->\n\ncc @kim @lee$/);
  });

  test("mentions nobody where no owner has a login", () => {
    const world = new World();
    world.deliver(dayReport("2026-11-19", [A]), { notify: "mention", assignees: {} });
    expect(world.issue(1).body).toMatch(/<!-- turnaway:end:production -->$/);
  });

  test("is defanged where the configuration says so", () => {
    for (const defang of [true, false]) {
      const world = new World();
      world.deliver(DAY_1, { defang });
      expect(world.issue(1).body.includes("10.0.9[.]20")).toBe(defang);
    }
  });

  test("tells as news all that is open, and nothing else", () => {
    const report = dayReport("2026-11-19", [A, { ...B, status: "resolved" }]);
    const [, create] = new World().plan(report).actions;
    expect(create).toMatchObject({
      kind: "create-issue",
      says: {
        added: [report.findings[0]],
        resolved: [],
        worse: [],
        verdict: null,
        expiring: [],
      },
    });
  });

  checkPlans([
    {
      name: "has all its labels, and the one that it is found by is made",
      settings: { labels: ["turnaway", "network"] },
      report: DAY_1,
      expected: CREATE,
    },
    {
      name: "needs no label to be made that another one has",
      settings: DAILY,
      before: (_, deliver) => deliver(DAY_1),
      report: DAY_2,
      expected: [
        "create Reject report: production · 2026-11-20, for kim, for lee",
        "#1: close it, superseded by #2",
      ],
    },
  ]);
});
