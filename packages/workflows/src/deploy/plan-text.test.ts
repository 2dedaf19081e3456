import { expect, test } from "vitest";

import { planText } from "./plan-text.ts";

const PAGE = "# Deployment plan: production\n\n- one\n- two\n";

test.each([
  ["a plan is shown as it is", { code: 0, stdout: PAGE, stderr: "" }, false, PAGE.trimEnd()],
  [
    "one that can't be applied says so first",
    { code: 2, stdout: PAGE, stderr: "" },
    true,
    `**It can't be applied yet**: see the end of this page.\n\n${PAGE.trimEnd()}`,
  ],
])("%s", (_, ended, isBroken, text) => {
  expect(planText(ended, 1000)).toEqual({ isBroken, text });
});

test("without a plan there is what the command said, and nothing in it ends the block", () => {
  const stderr = "error: accounts is wrong\n```\n# not a heading\n";
  const { isBroken, text } = planText({ code: 2, stdout: "", stderr }, 1000);
  expect(isBroken).toBe(true);
  expect(text).toContain("exit code 2:\n\n````text\nerror: accounts is wrong\n```");
  expect(text.endsWith("\n````")).toBe(true);
});

test("a page that has no room is cut at a line, and says so", () => {
  const stdout = Array.from({ length: 500 }, (_, i) => `- line ${i}`).join("\n");
  const { text } = planText({ code: 0, stdout, stderr: "" }, 400);
  expect(text.length).toBeLessThanOrEqual(400);
  expect(text).toMatch(/- line \d+\n\nThis page is cut/);
});
