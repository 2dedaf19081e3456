import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { A, B, checkPlans, DAY_1, DAY_2, first, NOTHING } from "../test/plan-cases.ts";
import { World } from "../test/world.ts";

describe("daily", () => {
  const settings = { issueMode: "daily" as const };
  const title = (day: string): string => `create Reject report: production · ${day}`;
  checkPlans([
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

describe("mentions", () => {
  const settings = { notify: "mention" as const };
  checkPlans([
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
