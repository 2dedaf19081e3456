import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type MadeReport, type PreviewFinding, readReport } from "./compare-reports.ts";
import { COMMENT_LENGTH, previewText } from "./preview-text.ts";

function finding(key: string, more: Partial<PreviewFinding> = {}): PreviewFinding {
  return { key, severity: "high", title: `${key} is refused`, records: 12, ...more };
}

function report(findings: readonly PreviewFinding[], ...lines: readonly string[]): MadeReport {
  const receipt = `<details>\n<summary><b>Receipt</b></summary>\n\n- ${Math.random()} s\n\n</details>\n`;
  const markdown = ["# Report", "", "one", "two", "three", ...lines, "", receipt].join("\n");
  return readReport(markdown, JSON.stringify({ findings }));
}

const SCAN = finding("port-scan/10.0.9.20");
const LOST = finding("egress-denied/10.0.5.8/tcp/443", { severity: "medium" });

describe("the preview", () => {
  test("says what comes, goes and changes, with the difference of the text", async () => {
    const base = report([SCAN, LOST], "ten scans", "an egress");
    const more = { severity: "critical", records: 13 };
    const head = report([finding("newly-rejected/a|b/tcp/1"), { ...SCAN, ...more }], "nine scans");
    const preview = previewText(base, head, COMMENT_LENGTH);
    expect(preview).toMatchObject({ isChanged: true, isBroken: false });
    await expect(preview.text).toMatchFileSnapshot("../../golden/preview.md");
  });

  test("of two runs with the same result is that nothing changes, whatever the receipts say", () => {
    const preview = previewText(report([SCAN], "same"), report([SCAN], "same"), COMMENT_LENGTH);
    expect(preview).toMatchObject({ isChanged: false });
    expect(preview.text).toContain("It stays the same.");
  });

  test("of other words about the same findings says so", () => {
    const { text } = previewText(report([SCAN], "old"), report([SCAN], "new"), COMMENT_LENGTH);
    expect(text).toContain("The same findings, in other words");
    expect(text).toContain("\n-old\n+new\n");
  });

  test("of a change that breaks the report shows the end of what the command said", () => {
    const why = ["first", ...Array.from({ length: 30 }, () => "…"), "error: ```SELECT``` fails"];
    const head = { kind: "failed", why: why.join("\n") } as const;
    const preview = previewText(report([SCAN]), head, COMMENT_LENGTH);
    expect(preview).toMatchObject({ isChanged: true, isBroken: true });
    expect(preview.text).toContain("\n````text\n");
    expect(preview.text).toContain("error: ```SELECT``` fails\n````");
    expect(preview.text).not.toContain("first");
  });

  test("of a base that has no report is no fault of the change", () => {
    const base = { kind: "failed", why: "unknown option" } as const;
    expect(previewText(base, report([SCAN]), COMMENT_LENGTH)).toMatchObject({ isBroken: false });
  });
});

describe("whatever the reports say", () => {
  test("it fits, by whole lines, and counts what it leaves out", () => {
    const many = Array.from({ length: 3000 }, (_, index) => finding(`port-scan/10.0.9.${index}`));
    const lines = many.map(({ title }) => `${title} 🛑`);
    const { text } = previewText(report([]), report(many, ...lines), COMMENT_LENGTH);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LENGTH);
    const rows = text.match(/^\| more \|/gm)!.length;
    expect(text).toContain(`\n${3000 - rows} more findings have no room here.\n`);
    const shown = text.match(/^\+.*🛑$/gm)!.length;
    expect(text).toMatch(/\n\d+ more lines have no room here\.\n/);
    expect(shown).toBeGreaterThan(100);
    expect(text).toMatch(/<\/details>$/);
  });

  test("nothing gets out of the block of the difference", () => {
    const hostile = fc.stringMatching(/^[`~]{0,6}(@all|<\/details>|<img>|::stop::|#1)?[`~]{0,6}$/);
    fc.assert(
      fc.property(fc.array(hostile), fc.array(hostile), (before, after) => {
        const base = report([], ...before);
        const { text, isChanged } = previewText(base, report([], ...after), COMMENT_LENGTH);
        if (!isChanged) return;
        const [, fence = "", inside = ""] = /^(`{3,})diff\n([^]*?)\n\1$/m.exec(text)!;
        expect(inside.split("\n").filter((line) => line.includes(fence))).toEqual([]);
        expect(text.slice(text.indexOf(inside) + inside.length)).toBe(`\n${fence}\n\n</details>`);
      }),
    );
  });
});
