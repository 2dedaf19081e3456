import type { Report } from "@turnaway/core";
import { expect, test } from "vitest";
import type { IssueSettings } from "../src/index.ts";
import { dayReport } from "./days.ts";
import { World } from "./world.ts";

export const A = { name: "10.0.9.20" };
export const B = { name: "10.0.9.21", owner: null };
export const DAY_1 = dayReport("2026-11-19", [A]);
export const DAY_2 = dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B]);
export const CLEAR_2 = dayReport("2026-11-20", [{ ...A, status: "resolved" }]);
export const NOTHING = ["nothing to do on GitHub"];

export interface PlanCase {
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
export function checkPlans(cases: readonly PlanCase[]): void {
  test.each(cases)("$name", ({ settings = {}, before, report, expected }) => {
    const world = new World();
    before?.(world, (earlier) => void world.deliver(earlier, settings));
    expect(world.deliver(report, settings)).toEqual(expected);
    expect(world.plan(report, settings).actions).toEqual([]);
  });
}

/** Day 1 was reported. */
export const first: NonNullable<PlanCase["before"]> = (_, deliver) => deliver(DAY_1);

export const CREATE = ["label turnaway", "create Reject report: production, for kim"];
