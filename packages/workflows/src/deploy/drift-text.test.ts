import { expect, test } from "vitest";

import { driftText, type Looked } from "./drift-text.ts";

function looked(of: string, code: number, more: Partial<Looked> = {}): Looked {
  return { of, command: [of, "status"], code, stdout: `${of} on stdout`, stderr: "", ...more };
}

test.each([
  ["all is the same", [0, 0], { isDrifted: false, isFailed: false }],
  ["the stacks differ", [3, 0], { isDrifted: true, isFailed: false }],
  ["the views differ", [0, 3], { isDrifted: true, isFailed: false }],
  ["nobody answered", [4, 4], { isDrifted: false, isFailed: true }],
  ["one differs and the other does not answer", [3, 4], { isDrifted: true, isFailed: true }],
])("%s", (_, [stacks, views], expected) => {
  const drift = driftText([looked("stacks", stacks!), looked("views", views!)]);
  expect(drift).toMatchObject(expected);
  expect(drift.text.includes("stacks on stdout")).toBe(stacks === 3);
  expect(drift.text.includes("views on stdout")).toBe(views === 3);
});

test("what a command says ends no block, however long it is", () => {
  const stdout = "```\n# not a heading\n" + "x".repeat(100_000);
  const { text } = driftText([looked("stacks", 3, { stdout }), looked("views", 3, { stdout })]);
  expect(text.length).toBeLessThan(60_000);
  expect(text.match(/^````text$/gm)).toHaveLength(2);
  expect(text.match(/^````$/gm)).toHaveLength(2);
});

test("the same drift makes the same text", () => {
  expect(driftText([looked("stacks", 3)])).toEqual(driftText([looked("stacks", 3)]));
});
