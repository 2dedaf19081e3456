import { describe, expect, test } from "vitest";
import { DAY_1 } from "../test/plan-cases.ts";
import { SETTINGS } from "../test/sample-settings.ts";
import { BOT } from "../test/world.ts";
import type { IssueAction } from "./issue-plan.ts";
import { commentMarker } from "./markers.ts";
import type { CommentSeen } from "./observed.ts";
import { planContinued } from "./plan-continued.ts";

const marker = (purpose: string): string => commentMarker("production", purpose);
const body = (number: number, of: number, text: string): string =>
  `${marker(`continued:${number}`)}\n\n_The report goes on, ${number} of ${of}_\n\n${text}`;

function plan(texts: readonly string[], ...there: readonly Partial<CommentSeen>[]): IssueAction[] {
  const comments = there.map((each, index) => ({ id: 10 + index, author: BOT, body: "", ...each }));
  const observed = { author: BOT, issues: [], comments: new Map([[1, comments]]) };
  return planContinued({ report: DAY_1, settings: SETTINGS, sources: [], observed }, 1, texts);
}

describe("a text that goes on", () => {
  test("makes its comments, numbered, where there are none of ours", () => {
    const made = [1, 2].map((number) => ({
      kind: "create-comment",
      issue: 1,
      body: body(number, 2, `text ${number}`),
    }));
    const texts = ["text 1", "text 2"];
    expect(plan(texts)).toMatchObject(made);
    expect(plan(texts, { body: "Hello" }, { author: "eve", body: body(1, 2, "text 1") })).toEqual(
      plan(texts),
    );
    const unread = { author: BOT, issues: [], comments: new Map() };
    const input = { report: DAY_1, settings: SETTINGS, sources: [], observed: unread };
    expect(planContinued(input, 1, texts)).toMatchObject(made);
  });

  test("changes the one that says something else, and no other", () => {
    const actions = plan(["a", "b"], { body: body(1, 2, "a") }, { body: body(2, 2, "old") });
    expect(actions).toEqual([
      { kind: "update-comment", issue: 1, comment: 11, body: body(2, 2, "b") },
    ]);
  });

  test("deletes those that it has no need of any more, and leaves other comments", () => {
    const there = [
      { body: body(1, 3, "a") },
      { body: `${marker("changes:2026-11-19:0a1b2c3d")}\n\nNew` },
      { body: body(2, 3, "b") },
      { author: "eve", body: body(3, 3, "c") },
      { body: body(3, 3, "c") },
    ];
    expect(plan(["a"], ...there)).toEqual([
      { kind: "update-comment", issue: 1, comment: 10, body: body(1, 1, "a") },
      { kind: "delete-comment", issue: 1, comment: 12 },
      { kind: "delete-comment", issue: 1, comment: 14 },
    ]);
  });
});
