import { expect, test } from "vitest";

import type { Ended } from "../run-turnaway.ts";
import { type Compared, dashboardsText } from "./dashboards-text.ts";

const DONE: Ended = { code: 0, stdout: "", stderr: "" };
const DIFF = "## Dashboard `rejects`\n\n1 visual changed.\n";
const SAME: Compared = {
  check: DONE,
  diff: { ...DONE, stdout: "Nothing changes.\n" },
  plan: null,
  drawn: DONE,
  drawnBefore: DONE,
  pictures: [],
};
const HOME = {
  serverUrl: "https://github.example.com",
  repository: "octo/network",
  ends: { base: "b".repeat(40), head: "a".repeat(40) },
};

function textOf(compared: Partial<Compared>, length = 60_000): ReturnType<typeof dashboardsText> {
  return dashboardsText({ ...SAME, ...compared }, HOME, length);
}

test.each<[string, Partial<Compared>, boolean, boolean]>([
  ["nothing is different", {}, false, false],
  ["a definition is", { diff: { ...DONE, stdout: DIFF } }, true, false],
  ["a picture is", { pictures: [{ name: "a", before: true, after: true }] }, true, false],
  ["a column is gone", { check: { code: 2, stdout: "", stderr: "error: x" } }, true, true],
])("when %s", (_, compared, isWanted, isBroken) => {
  expect(textOf(compared)).toMatchObject({ isWanted, isBroken });
});

test("each sheet that looks different has both of its pictures, or says why not", () => {
  const { text } = textOf({
    pictures: [
      { name: "one-new", before: false, after: true },
      { name: "two-gone", before: true, after: false },
      { name: "three", before: true, after: true },
    ],
  });
  const at = (commit: string, name: string): string =>
    `https://github.example.com/octo/network/blob/${commit.repeat(40)}/packages/preview/golden/${name}.png`;
  const shown = (commit: string, name: string): string =>
    `[![${name}](${at(commit, name)}?raw=true)](${at(commit, name)})`;
  expect(text.split("\n").filter((line) => line.startsWith("| `"))).toEqual([
    `| \`one-new\` | *added* | ${shown("a", "one-new")} |`,
    `| \`two-gone\` | ${shown("b", "two-gone")} | *removed* |`,
    `| \`three\` | ${shown("b", "three")} | ${shown("a", "three")} |`,
  ]);
});

test("mistakes are told once, by the check, and what they say ends no block", () => {
  const failed = { code: 2, stdout: "", stderr: "error: ```\n# not a heading\n" };
  const { text } = textOf({ check: failed, diff: failed, drawn: failed });
  expect(text).toContain("**These dashboards can't be deployed.**");
  expect(text).toContain("````text\nerror: ```\n# not a heading\n````");
  expect(text.match(/not a heading/g)).toHaveLength(1);
});

test("what alone went wrong is told beside the rest", () => {
  const failed = { code: 4, stdout: "", stderr: "error: nobody answers\n" };
  const { text, isBroken } = textOf({
    diff: { ...DONE, stdout: DIFF },
    drawn: failed,
    plan: failed,
  });
  expect(isBroken).toBe(false);
  expect(text).toContain("1 visual changed.");
  expect(text).toContain("`turnaway dashboards preview --sample` ended with exit code 4");
  expect(text).toContain("`turnaway dashboards plan` ended with exit code 4");
});

test("a long comparison is cut at a line, its pictures before it are not", () => {
  const stdout = Array.from({ length: 5000 }, (_, i) => `- line ${i}`).join("\n");
  const pictures = [{ name: "sheet", before: true, after: true }];
  const { text } = textOf({ diff: { ...DONE, stdout }, pictures }, 2000);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toContain("| `sheet` |");
  expect(text).toMatch(/- line \d+\n\nThis page is cut: `turnaway dashboards diff/);
});

test.each([
  [0, false],
  [2, true],
  // Some visual that asks for what the SQL of now does not have is no news.
  [3, false],
])("pictures before that end with exit code %i are told of: %s", (code, isTold) => {
  const { text } = textOf({ drawnBefore: { code, stdout: "", stderr: "error: x" } });
  expect(text.includes("`turnaway dashboards preview --sample --definitions BEFORE`")).toBe(isTold);
});
