import type { Finding } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { sampleReport } from "../../sample-report.ts";
import { renderChanges, type ChangesOptions, type ReportChanges } from "./render-changes.ts";

const REPORT = { ...sampleReport(), counts: { new: 4, ongoing: 3, resolved: 1, muted: 1 } };
const NONE: ReportChanges = { added: [], resolved: [], worse: [], verdict: null, expiring: [] };
const DAY = "Thursday 19 November 2026";

const [SAMPLE] = REPORT.findings;
const finding = (more: Partial<Finding>): Finding => ({ ...SAMPLE!, owner: null, ...more });
const A = finding({ server: "10.0.9.20" });
const MUTE = { reason: "known", owner: "kim", until: "2026-11-18" };

function partsOf(changes: Partial<ReportChanges>, options: ChangesOptions = {}): string[] {
  return renderChanges(REPORT, { ...NONE, ...changes }, options).split("\n\n");
}

describe("the first line", () => {
  test("says how many are open, where the verdict is what it was", () => {
    expect(partsOf({})).toEqual([`${DAY} · 7 open now`]);
  });

  test("says what the verdict became, and the headline", () => {
    const [line, ...more] = partsOf({ verdict: { from: "clear", to: "findings" } });
    expect(line).toMatch(new RegExp(`^${DAY} · \\*\\*clear → findings\\*\\* · 4 new: orders-api`));
    expect(more).toEqual([]);
  });
});

describe("what is new", () => {
  test("stands by owner, with whom to ask", () => {
    const mentions = (owner: string | null): string[] => (owner === null ? [] : ["kim", "lee"]);
    const added = [A, finding({ owner: "orders" }), finding({ owner: "orders" })];
    const [, title, ...blocks] = partsOf({ added }, { mentions });
    expect(title).toBe("### New · 3");
    expect(blocks.map((block) => block.split("\n").length)).toEqual([1, 2, 1, 1]);
    expect([blocks[0], blocks[2]]).toEqual(["**`orders`** @kim @lee", "**unowned**"]);
  });

  test("asks nobody where nobody is named", () => {
    expect(partsOf({ added: [finding({ owner: "orders" })] })).toContain("**`orders`**");
  });

  test("is apart from what a mute does not hide any more", () => {
    const back = finding({ status: "ongoing", mute: MUTE });
    const fresh = finding({ status: "new", mute: MUTE });
    const known = finding({ status: "ongoing", mute: null });
    const parts = partsOf({ added: [back, fresh, known] });
    expect(parts.filter((part) => part.startsWith("###"))).toEqual([
      "### New · 2",
      "### Back: the mute is over · 1",
    ]);
    expect(parts.at(-1)).toMatch(
      /^- .* · back: the mute of `kim` ended 2026-11-18; its reason was/,
    );
  });
});

test("what is worse says what it was", () => {
  const [, title, row] = partsOf({ worse: [{ finding: A, from: "low" }] });
  expect(title).toBe("### Worse · 1");
  expect(row).toMatch(/^- 🔴 Critical · .* · was low$/);
});

test("what is gone is named as the report has it, or by its key", () => {
  const resolved = [
    { key: "a/b", finding: null },
    { key: "k", finding: A },
  ];
  const [, title, rows] = partsOf({ resolved });
  expect(title).toBe("### Gone · 2");
  expect(rows).toMatch(/^- `a\/b`\n- 🔴 Critical · `10\.0\.3\.7` → `10\.0\.9\.20`/);
});

test("a mute that ends says when", () => {
  const muted = finding({ status: "muted", mute: { ...MUTE, until: "2026-11-24" } });
  const [, title, row] = partsOf({ expiring: [muted] });
  expect(title).toBe("### Mutes that end within a week · 1");
  expect(row).toContain("until 2026-11-24 (ends in 5 days)");
});

test.each([
  [50, 50, ""],
  [51, 51, "- and 1 more"],
  [1060, 51, "- and 1,010 more"],
])("of %i rows fifty are shown, and the others counted", (count, lines, last) => {
  const resolved = Array.from({ length: count }, (_, index) => ({
    key: `k/${index}`,
    finding: null,
  }));
  const [, title, rows] = partsOf({ resolved });
  expect(title).toBe(`### Gone · ${count.toLocaleString("en")}`);
  const shown = rows!.split("\n");
  expect(shown).toHaveLength(lines);
  expect(shown[49]).toBe("- `k/49`");
  expect(shown[50] ?? "").toBe(last);
});

test("addresses are defanged where that is asked for", () => {
  const text = partsOf({ added: [A] }, { defang: true }).join("\n");
  expect(text).toContain("10.0.9[.]20");
  expect(text).not.toContain("10.0.9.20");
});
