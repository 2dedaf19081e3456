import { expect, test } from "vitest";

import type { Ended } from "../run-turnaway.ts";
import { type PlanText, planText } from "./plan-text.ts";

const PAGE = "# Deployment plan: production\n\n- one\n- two\n";
const REFUSED: Ended = { code: 4, stdout: "", stderr: "error: access denied\n" };

function textOf(ended: Ended, notCompared: Ended | null = null, length = 1000): PlanText {
  return planText({ ended, notCompared }, length);
}

test.each([
  ["a plan is shown as it is", { code: 0, stdout: PAGE, stderr: "" }, false, PAGE.trimEnd()],
  [
    "one that can't be applied says so first",
    { code: 2, stdout: PAGE, stderr: "" },
    true,
    `**It can't be applied yet**: see the end of this page.\n\n${PAGE.trimEnd()}`,
  ],
])("%s", (_, ended, isBroken, text) => {
  expect(textOf(ended)).toEqual({ isBroken, text });
});

test("one that was not compared says why, and fails nothing by that", () => {
  expect(textOf({ code: 0, stdout: PAGE, stderr: "" }, REFUSED)).toEqual({
    isBroken: false,
    text: `**It could not be compared with what is live.** \`turnaway deploy plan\` ended with exit code 4:\n\n\`\`\`text\nerror: access denied\n\`\`\`\n\n${PAGE.trimEnd()}`,
  });
});

test("without a plan there is what the command said, and nothing in it ends the block", () => {
  const stderr = "error: accounts is wrong\n```\n# not a heading\n";
  const { isBroken, text } = textOf({ code: 2, stdout: "", stderr });
  expect(isBroken).toBe(true);
  expect(text).toContain("exit code 2:\n\n````text\nerror: accounts is wrong\n```");
  expect(text.endsWith("\n````")).toBe(true);
});

test("a page that has no room is cut at a line, and says so", () => {
  const stdout = Array.from({ length: 500 }, (_, i) => `- line ${i}`).join("\n");
  const { text } = textOf({ code: 0, stdout, stderr: "" }, null, 400);
  expect(text.length).toBeLessThanOrEqual(400);
  expect(text).toMatch(/- line \d+\n\nThis page is cut/);
});
