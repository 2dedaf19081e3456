import type { Report } from "@turnaway/core";
import { expect, test } from "vitest";
import { sampleReport } from "../sample-report.ts";
import { emptyText, shownSections } from "./finding-sections.ts";
import { renderMarkdown } from "./markdown/render-markdown.ts";
import { renderHtml } from "./html/render-html.ts";
import { plainText } from "./text/text-layout.ts";
import { renderText } from "./text/render-text.ts";
import { clockFor } from "./times.ts";
import { verdictText } from "./verdict.ts";

const QUIET =
  /Nothing (?:new|still there|gone)[^.]*(?<!all of it)\.|No findings, and the logs prove it/;

async function humanFormats(report: Report): Promise<string[]> {
  const text = renderText(report, { color: false, width: 1000 });
  return [text, renderMarkdown(report), await renderHtml(report)];
}

test("a clear report says what proves it", () => {
  const { word, meaning, warning } = verdictText(sampleReport("clear"), clockFor("UTC"));
  expect([word, warning]).toEqual(["Clear", false]);
  expect(plainText(meaning)).toBe(
    "No findings, and the logs prove it: 24 of 24 hours with records from 14 interfaces; " +
      "1,240,000 records in 288 files; 0 malformed and 0 skipped by AWS; newest record ends 2026-11-19 23:59.",
  );
});

test.each(["partial", "no-data"] as const)(
  "no format of a %s report reads like a quiet day",
  async (kind) => {
    for (const text of await humanFormats(sampleReport(kind))) {
      expect(text).not.toMatch(QUIET);
      expect(text).toMatch(kind === "partial" ? /PARTIAL/ : /NO DATA/);
    }
  },
);

test("a clear report does read like a quiet day", async () => {
  for (const text of await humanFormats(sampleReport("clear"))) expect(text).toMatch(QUIET);
});

test("only the problems that make a report partial stand beside its verdict", () => {
  const { problems } = verdictText(sampleReport("partial"), clockFor("UTC"));
  expect(problems.map(({ code }) => code)).toEqual(["GZIP_TRUNCATED", "HOURS_MISSING"]);
});

test("a partial report with findings says that there may be more", () => {
  const report: Report = { ...sampleReport(), verdict: "partial" };
  expect(plainText(verdictText(report, clockFor("UTC")).meaning)).toContain(
    "4 new, 3 still there, 1 gone, 1 muted in what could be read; there may be more.",
  );
});

test("a thousand problems are twenty and a count", () => {
  const [problem] = sampleReport("partial").coverage.problems;
  const report = sampleReport("partial");
  report.coverage = { ...report.coverage, problems: Array.from({ length: 1000 }, () => problem!) };
  const text = renderMarkdown(report);
  expect(text.match(/^> - `GZIP_TRUNCATED`/gm)).toHaveLength(20);
  expect(text).toContain("> - `MORE` in `report.json`: 980 more problems of the same report");
});

test("findings are ranked by scope, then severity, then the order of the report", () => {
  const [base] = sampleReport().findings;
  const findings = (
    [
      ["ingress", "critical"],
      ["internal", "low"],
      ["pipeline", "critical"],
      ["egress", "high"],
      ["internal", "critical"],
      ["internal", "low"],
    ] as const
  ).map(([scope, severity], index) => ({ ...base!, scope, severity, key: String(index) }));
  const [section] = shownSections({ ...sampleReport(), findings });
  expect(section!.findings.map(({ key }) => key)).toEqual(["4", "1", "5", "3", "0", "2"]);
});

test("a report without data shows findings about the logs and hides empty sections", () => {
  const [base] = sampleReport().findings;
  const report: Report = {
    ...sampleReport("no-data"),
    findings: [{ ...base!, scope: "pipeline" }],
  };
  expect(shownSections(report).map(({ status }) => status)).toEqual(["new"]);
});

test("an empty section of a partial report does not claim to be all", () => {
  expect(emptyText("new", sampleReport("partial"))).toBe(
    "Nothing new in what could be read, which is not all of it.",
  );
});
