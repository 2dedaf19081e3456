import type { Report } from "@turnaway/core";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { manyFindings } from "../../many-findings.ts";
import { sampleReport } from "../../sample-report.ts";
import { markdownSections } from "./markdown-sections.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { joinMarkdownSections } from "./section.ts";

const github = new MarkdownIt({ html: true });

test("joined sections are the whole Markdown report", () => {
  const report = sampleReport();
  expect(joinMarkdownSections(markdownSections(report))).toBe(renderMarkdown(report));
});

test("sections come in the order of the report", () => {
  const ids = (report: Report): string[] => markdownSections(report).map(({ id }) => id);
  const rest = ["noise", "late-packets", "trend", "totals", "coverage", "receipt"];
  expect(ids(sampleReport())).toEqual(["head", "new", "ongoing", "resolved", "muted", ...rest]);
  expect(ids(sampleReport("clear"))).toEqual(["head", "new", "ongoing", "resolved", ...rest]);
  expect(ids(sampleReport("no-data"))).toEqual(["head", "unknown", "trend", "coverage", "receipt"]);
});

test("each finding is one row with its key, most important first", () => {
  const keys = markdownSections(sampleReport())
    .flatMap(({ rows }) => rows)
    .flatMap(({ key }) => (key === null ? [] : [key]));
  expect(keys).toHaveLength(new Set(keys).size);
  expect([...keys].sort()).toEqual(
    sampleReport()
      .findings.map(({ key }) => key)
      .sort(),
  );
  expect(keys[0]).toBe("newly-rejected:10.0.3.7>10.0.9.20:6:5432");
});

describe("cutting rows from the end of any section", () => {
  const sections = markdownSections(sampleReport());
  test.each(sections.map(({ id }, index) => [id, index] as const))("keeps %s whole", (_, index) => {
    for (let kept = 0; kept <= sections[index]!.rows.length; kept += 1) {
      const cut = sections.map((section, at) =>
        at === index ? { ...section, rows: section.rows.slice(0, kept) } : section,
      );
      const tokens = github.parse(joinMarkdownSections(cut), {});
      const html = tokens.filter(({ type }) => type === "html_block").map(({ content }) => content);
      expect(html.join("").match(/<details>/g)).toHaveLength(3);
      expect(html.join("").match(/<\/details>/g)).toHaveLength(3);
      expect(tokens.filter(({ type }) => type === "fence")).toHaveLength(1);
      expect(
        tokens.filter(({ tag, type }) => tag === "h2" && type === "heading_open"),
      ).toHaveLength(7);
    }
  });
});

test("smaller limits show fewer findings in full, then briefly, then as a count", () => {
  const [, section] = markdownSections(manyFindings(30), {
    limits: { new: { full: 2, brief: 5 } },
  });
  expect(section!.rows).toHaveLength(7);
  expect(section!.rows[1]!.text).toContain("#### ");
  expect(section!.rows[2]!.text).toMatch(/^### Internal, briefly\n\n- /);
  expect(section!.rows[3]!.text).toMatch(/^- .*$/);
  expect(section!.footer).toBe("23 more are in report.json and findings.csv.");
});

test("the time zone note can be replaced, and is escaped", () => {
  const text = renderMarkdown(sampleReport(), { timezoneNote: "times in UTC, @ops" });
  expect(text).toContain("· times in UTC, `@ops`\n");
});
