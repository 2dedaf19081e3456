import type { Report } from "@turnaway/core";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { hostileText } from "../../hostile-text.ts";
import { manyFindings } from "../../many-findings.ts";
import { SAMPLE_KINDS, sampleReport } from "../../sample-report.ts";
import { renderChanges } from "./render-changes.ts";
import { renderIssue } from "./render-issue.ts";
import { fits, ISSUE_ROOM, takeRows } from "./room.ts";

const github = new MarkdownIt({ html: true });

test.each(SAMPLE_KINDS)("the issue of a %s report reads as its golden file", async (kind) => {
  const { body, receipt, comments, omitted } = renderIssue(sampleReport(kind));
  expect({ comments, omitted }).toEqual({ comments: [], omitted: 0 });
  await expect(`${body}\n\n${receipt}\n`).toMatchFileSnapshot(`../../../golden/issue/${kind}.md`);
});

describe("a report of many findings", () => {
  test.each([1, 30, 60, 300, 2000, 20_000])(
    "D27: of %i fits, and every one is counted",
    (count) => {
      const { body, receipt, comments, omitted } = renderIssue(manyFindings(count));
      expect(fits(`${body}\n\n${receipt}`, ISSUE_ROOM)).toBe(true);
      for (const comment of comments) expect(fits(comment, ISSUE_ROOM)).toBe(true);
      expect(comments.length).toBeLessThanOrEqual(3);
      const full = body.match(/^#### /gm)?.length ?? 0;
      const brief = [body, ...comments].join("\n").match(/^- 🔴 Critical · /gm)?.length ?? 0;
      expect(full + brief + omitted).toBe(count);
      expect(isWhole(body)).toBe(true);
    },
  );

  test("keeps the order: nothing in brief stands before something in full", () => {
    const { body, comments } = renderIssue(manyFindings(2000));
    const clients = [body, ...comments]
      .join("\n")
      .match(/^(?:#### |- )🔴 Critical · `10\.\d+\.\d+\.\d+`/gm)!
      .map((line) => line.replace(/^.*`10\.(\d+)\.(\d+)\.(\d+)`$/, "$1 $2 $3"))
      .map((text) => text.split(" ").map(Number))
      .map(([a, b, c]) => a! * 65_536 + b! * 256 + c!);
    expect(clients).toEqual(clients.toSorted((a, b) => a - b));
  });

  test("names what is only in the artifact", () => {
    const { body, omitted } = renderIssue(manyFindings(20_000));
    expect(body).toContain(`${omitted.toLocaleString("en")} more findings are in report.json`);
  });
});

test("rows are taken whole, from the front, and never beyond the room", () => {
  const row = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "binary", maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(row), fc.nat(400), fc.nat(400), (rows, units, bytes) => {
      const { rows: taken, left } = takeRows(rows, { units, bytes }, "\n");
      expect(taken).toEqual(rows.slice(0, taken.length));
      const text = taken.map((each) => `${each}\n`).join("");
      expect(text.length + left.units).toBe(units);
      expect(Buffer.byteLength(text.toWellFormed()) + left.bytes).toBeGreaterThanOrEqual(bytes);
      expect(Math.min(left.units, left.bytes)).toBeGreaterThanOrEqual(0);
      const next = rows[taken.length];
      if (next !== undefined) expect(fits(`${next}\n`, left)).toBe(false);
    }),
    { seed: 5 },
  );
});

test("D27: small rooms hold whole Markdown too", () => {
  fc.assert(
    fc.property(fc.integer({ min: 4000, max: 20_000 }), fc.nat(120), (units, count) => {
      const room = { units, bytes: units * 4 };
      const { body, receipt } = renderIssue(manyFindings(count), { room });
      expect(fits(`${body}\n\n${receipt}`, room)).toBe(true);
      expect(isWhole(body)).toBe(true);
    }),
    { seed: 5, numRuns: 40 },
  );
});

test("D30: no text of a log mentions, links, ends a fence or opens HTML", () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const report = withText(text);
      const changes = {
        added: report.findings,
        resolved: [{ key: text, finding: null }],
        worse: [{ finding: report.findings[0]!, from: "low" as const }],
        verdict: null,
        expiring: [],
      };
      const { body } = renderIssue(report);
      for (const markdown of [body, renderChanges(report, changes)]) {
        const tokens = github.parse(markdown, {});
        const inline = tokens.flatMap(({ children }) => children ?? []);
        const words = inline.filter(({ type }) => type === "text").map(({ content }) => content);
        expect(words.join("\n")).not.toMatch(/[@#<]|GH-\d|www\.|:\/\//);
        expect(inline.some(({ type }) => /link|image|html/.test(type))).toBe(false);
        const html = tokens.filter(({ type }) => type === "html_block");
        for (const { content } of html) {
          expect(content).toMatch(/^<(\/?details|summary)[>\w\s·<>/,]*\n?$/u);
        }
        // No line is a marker of ours, whatever the log says.
        expect(markdown).not.toMatch(/^<!--/m);
      }
    }),
    { seed: 5, numRuns: 150 },
  );
});

test("changes name what is new by owner, what is worse, what is gone, and nothing else", async () => {
  const report = sampleReport();
  const [first, second, third] = report.findings;
  const text = renderChanges(
    report,
    {
      added: [first!, second!],
      worse: [{ finding: third!, from: "low" }],
      resolved: [{ key: "internal-denied/10.0.9.9/tcp/80", finding: null }],
      verdict: { from: "clear", to: "findings" },
      expiring: report.findings.filter(({ status }) => status === "muted"),
    },
    { mentions: (owner) => (owner === "team-orders" ? ["kim"] : []) },
  );
  await expect(`${text}\n`).toMatchFileSnapshot("../../../golden/issue/changes.md");
});

function withText(text: string): Report {
  const report = sampleReport();
  const findings = report.findings.slice(0, 3).map((finding) => ({
    ...finding,
    key: text,
    client: text,
    owner: text,
    title: text,
    why: text,
    trace: text,
    evidence: { [text]: text },
  }));
  return { ...report, name: text, headline: text, findings };
}

// Every fence and every collapsed section that opens also closes.
function isWhole(markdown: string): boolean {
  const count = (pattern: RegExp): number => markdown.match(pattern)?.length ?? 0;
  return (
    count(/^<details>$/gm) === count(/^<\/details>$/gm) &&
    count(/^```\w+$/gm) === count(/^```$/gm) &&
    markdown.isWellFormed()
  );
}
