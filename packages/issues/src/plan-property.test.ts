import { addDays, type Report } from "@turnaway/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dayReport, type Trouble } from "../test/days.ts";
import { World } from "../test/world.ts";
import type { IssueSettings } from "./index.ts";

const NAMES = ["a", "b", "c"] as const;
const presence = fc.array(fc.subarray([...NAMES]), { minLength: 1, maxLength: 8 });
const settings: fc.Arbitrary<Partial<IssueSettings>> = fc.record({
  issueMode: fc.constantFrom("rolling", "daily"),
  clearDays: fc.integer({ min: 1, max: 3 }),
  onReturn: fc.constantFrom("reopen", "new"),
  notify: fc.constant("mention"),
  assignees: fc.constant(Object.fromEntries(NAMES.map((name) => [name, [`of-${name}`]]))),
});

test("however days follow each other, all that is new is said once", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(presence, settings, fc.nat(2), (days, chosen, lost) => {
      const world = new World();
      for (const [index, report] of reportsOf(days).entries()) {
        world.deliver(report, chosen);
        // Neither a rerun nor one whose state was lost says anything again.
        if (index % 3 === lost) loseState(world);
        world.deliver(report, chosen);
        expect(world.plan(report, chosen).actions).toEqual([]);
        expect(world.issues.filter(({ state }) => state === "open").length).toBeLessThanOrEqual(1);
      }
      for (const name of NAMES) {
        expect(mentionsOf(world, name), name).toBe(appearancesOf(days, name));
      }
    }),
    { seed: 5, numRuns: 25 },
  );
});

/** As the builder makes them: new on the first day of a run, gone on the day after its last. */
function reportsOf(days: readonly (readonly string[])[]): Report[] {
  const runs = new Map<string, number>();
  return days.map((present, index) => {
    const before = new Set(runs.keys());
    const troubles = NAMES.flatMap((name): Trouble[] => {
      const day = present.includes(name) ? (runs.get(name) ?? 0) + 1 : 0;
      if (day > 0) {
        runs.set(name, day);
        return [{ name, owner: name, day, status: day === 1 ? "new" : "ongoing" }];
      }
      runs.delete(name);
      return before.has(name) ? [{ name, owner: name, status: "resolved" }] : [];
    });
    return dayReport(addDays("2026-11-01", index), troubles);
  });
}

function loseState(world: World): void {
  const issue = world.issues.findLast(({ state }) => state === "open");
  if (issue !== undefined) issue.body = issue.body.replace(/^<!-- turnaway:state:.*\n/m, "");
}

function mentionsOf({ issues, comments }: World, name: string): number {
  const texts = [...issues, ...comments].map(({ body }) => body).join("\n");
  return texts.split(`@of-${name}`).length - 1;
}

function appearancesOf(days: readonly (readonly string[])[], name: string): number {
  return days.filter(
    (present, index) => present.includes(name) && days[index - 1]?.includes(name) !== true,
  ).length;
}
