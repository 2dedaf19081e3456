import { addDays, type Finding, type Report } from "@turnaway/core";
import { describe, expect, test, vi } from "vitest";
import { renderChanges, renderHtml, renderIssue, renderMarkdown, renderText } from "../index.ts";
import { manyFindings } from "../many-findings.ts";
import { sampleReport } from "../sample-report.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

/** The day of the samples. */
const TODAY = "2026-11-19";

const FORMATS: readonly [name: string, render: (report: Report) => string | Promise<string>][] = [
  ["text", (report) => renderText(report, { color: false, width: 200 })],
  ["Markdown", (report) => renderMarkdown(report)],
  ["HTML", (report) => renderHtml(report)],
  ["the issue", (report) => renderIssue(report).body],
];

describe.each(FORMATS)("in %s", (name, render) => {
  test("muted findings are counted and listed, with who, why and until when", async () => {
    const said = plain(await render(muted("2026-12-31", 2)));
    expect(said).toContain("Muted · 2");
    expect(said).toContain("muted by kim until 2026-12-31: our own vulnerability scanner");
  });

  test.skipIf(name === "text")("they are collapsed", async () => {
    const rendered = await render(muted("2026-12-31", 1));
    expect(rendered).toMatch(/<details[^>]*>\s*<summary>(<b>|<h2>)Muted · 1/);
  });

  test.each([
    [0, "(ends today)"],
    [1, "(ends in 1 day)"],
    [7, "(ends in 7 days)"],
    [8, null],
  ])("a mute that ends in %i days says %s", async (days, notice) => {
    const said = plain(await render(muted(addDays(TODAY, days), 1)));
    if (notice === null) expect(said).not.toContain("(ends ");
    else expect(said).toContain(notice);
  });

  test("a finding whose mute ended is back, and says so in full and in brief", async () => {
    const back = "back: the mute of kim ended 2026-11-18";
    const [one] = ended().findings;
    expect(plain(await render(ended()))).toContain(back);
    const many = manyFindings(200);
    const last = { ...one!, severity: "info" as const };
    const said = plain(await render({ ...many, findings: [...many.findings, last] }));
    expect(said).toContain(back);
  });
});

test("the comment announces what ends within the week and says what is back", () => {
  const text = renderChanges(ended(), {
    added: ended().findings,
    resolved: [],
    worse: [],
    verdict: null,
    expiring: muted("2026-11-24", 1).findings,
  });
  expect(plain(text)).toContain("back: the mute of kim ended 2026-11-18");
  expect(text).toContain("### Mutes that end within a week · 1");
});

test("each open finding of the issue has the lines that mute it", () => {
  const report = sampleReport();
  const open = report.findings.filter(({ status }) => status === "new" || status === "ongoing");
  const { body } = renderIssue(report);
  expect(body.match(/<summary>Mute it<\/summary>/g)).toHaveLength(open.length);
  for (const { key } of open) expect(body).toContain(`- match: { key: ${JSON.stringify(key)} }`);
});

function muted(until: string, count: number): Report {
  const scanner = sampleReport().findings.find(({ status }) => status === "muted")!;
  const findings = Array.from({ length: count }, (_, index): Finding => ({
    ...scanner,
    key: `${scanner.key}/${index}`,
    mute: { reason: "our own vulnerability scanner", owner: "kim", until },
  }));
  return { ...sampleReport(), counts: { new: 0, ongoing: 0, resolved: 0, muted: count }, findings };
}

function ended(): Report {
  const [finding] = sampleReport().findings;
  const mute = { reason: "planned", owner: "kim", until: "2026-11-18" };
  return {
    ...sampleReport(),
    counts: { new: 1, ongoing: 0, resolved: 0, muted: 0 },
    findings: [{ ...finding!, mute }],
  };
}

// Without the marks of the formats and the breaks of their lines.
function plain(rendered: string): string {
  return rendered.replaceAll(/<[^>]+>|`/g, "").replaceAll(/\s+/g, " ");
}
