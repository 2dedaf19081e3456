import { expect, test } from "vitest";
import { sampleFindings } from "../../sample-findings.ts";
import { muteLines } from "./mute-lines.ts";

const [SAMPLE] = sampleFindings();
const linesOf = (key: string, owner: string | null): string[] =>
  muteLines({ ...SAMPLE!, key, owner }, "2026-12-19").split("\n");

test("the lines to paste stand in a fence of their own, collapsed", () => {
  expect(linesOf("port-scan/10.0.3.7", "data")).toEqual([
    "<details>",
    "<summary>Mute it</summary>",
    "",
    "```yaml",
    '- match: { key: "port-scan/10.0.3.7" }',
    "  reason: SAY WHY",
    '  owner: "data"',
    "  until: 2026-12-19",
    "```",
    "",
    "</details>",
  ]);
});

test("an owner that nobody knows is asked for", () => {
  expect(linesOf("a/b", null)).toContain('  owner: "SAY WHO"');
});

test("what a tag says stays in its quotes, on its line, and is no command", () => {
  const lines = linesOf('a"b\n```\n##[error]x', "##[group]");
  expect(lines).toHaveLength(11);
  expect(lines[4]).toBe(String.raw`- match: { key: "a\"b ${"```"} #\u0023[error]x" }`);
  expect(JSON.parse(lines[6]!.replace("  owner: ", ""))).toBe("##[group]");
});

test("a key that the mask made like others is not offered", () => {
  expect(muteLines({ ...SAMPLE!, key: "port-scan/masked-ip" }, "2026-12-19")).toBe("");
});
