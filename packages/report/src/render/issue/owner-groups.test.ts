import type { Finding } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { sampleFindings } from "../../sample-findings.ts";
import { byOwner, ownersMarkdown, ownerText } from "./owner-groups.ts";

const [SAMPLE] = sampleFindings();
const of = (owner: string | null, status: Finding["status"] = "new"): Finding => ({
  ...SAMPLE!,
  owner,
  status,
});

test("groups stand as their first findings do, and nobody's comes last", () => {
  const [none, b, a, again] = [of(null), of("b"), of("a"), of("b", "ongoing")];
  expect(byOwner([none, b, a, again])).toEqual([
    { owner: "b", findings: [b, again] },
    { owner: "a", findings: [a] },
    { owner: null, findings: [none] },
  ]);
});

describe("whose the findings are", () => {
  test.each<[name: string, findings: readonly Finding[], lines: readonly string[]]>([
    ["nothing at all", [], []],
    ["nothing open", [of("a", "resolved"), of("a", "muted")], []],
    ["new ones", [of("a"), of("a")], ["- **`a`** 2 new"]],
    ["known ones", [of(null, "ongoing")], ["- **unowned** 1 still there"]],
    [
      "of each, and none that is not open",
      [of("a"), of("a", "ongoing"), of("a", "ongoing"), of("b", "resolved"), of(null, "muted")],
      ["- **`a`** 1 new · 2 still there"],
    ],
    ["of thirty", owners(30), lines(30)],
    ["of one more", owners(31), [...lines(30), "- and 1 more owner in report.json"]],
    ["of two more", owners(32), [...lines(30), "- and 2 more owners in report.json"]],
  ])("%s", (_, findings, expected) => {
    const text = expected.length === 0 ? "" : ["## Whose", "", ...expected].join("\n");
    expect(ownersMarkdown(findings)).toBe(text);
  });
});

test("an owner is code, since a tag may say anything", () => {
  expect([ownerText("@org/team"), ownerText(null)]).toEqual(["`@org/team`", "unowned"]);
});

function owners(count: number): Finding[] {
  return Array.from({ length: count }, (_, index) => of(`team-${index}`));
}

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `- **\`team-${index}\`** 1 new`);
}
