import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { sampleReport } from "../sample-report.ts";
import { renderCsv } from "./csv.ts";
import { emptyText } from "./finding-sections.ts";
import { renderHtml } from "./html/render-html.ts";
import { renderMarkdown } from "./markdown/render-markdown.ts";
import { plainText } from "./text/text-layout.ts";
import { renderText } from "./text/render-text.ts";
import { clockFor } from "./times.ts";
import { verdictText } from "./verdict.ts";

const FORMATS: Record<string, (report: Report) => string | Promise<string>> = {
  text: (report) => renderText(report, { color: false, width: 1000 }),
  Markdown: (report) => renderMarkdown(report),
  HTML: (report) => renderHtml(report),
};

const meaning = (report: Report): string => plainText(verdictText(report, clockFor("UTC")).meaning);

describe.each(Object.entries(FORMATS))("a report from Logs Insights as %s", (_, render) => {
  test("says that it counts as logged, and never that it counts once", async () => {
    const text = await render(sampleReport("cloudwatch"));
    expect(text).toContain("Totals, counted as logged, at every interface");
    expect(text).not.toContain("counted once");
    expect(await render(sampleReport())).toContain("counted once");
  });

  test("says what was not asked, and does not take it for none", async () => {
    const text = await render(sampleReport("cloudwatch"));
    expect(text).toContain("Not asked: needs both directions of a conversation side by side.");
    expect(text).not.toContain("No late packets");
    expect(text).toContain("Not in this report");
    expect(text).toMatch(/newly-accepted.*reject-spike.*: needs days of history/);
  });

  test("counts no files where there are none to count", async () => {
    for (const verdict of ["findings", "no-data"] as const) {
      const text = await render({ ...sampleReport("cloudwatch"), verdict });
      expect(text).not.toMatch(/\b0 (?:files|bytes|headers)\b/);
      expect(text).toContain("84,240,100 log events");
    }
  });
});

test("findings.csv says at its end how a row is counted, where that is not once", () => {
  const columns = (report: Report): string[] => renderCsv(report).split("\n")[0]!.trim().split(",");
  expect(columns(sampleReport("cloudwatch"))).toEqual([...columns(sampleReport()), "counted"]);
  expect(renderCsv(sampleReport("cloudwatch")).trim().split("\n").slice(1)).toSatisfy(
    (rows: string[]) => rows.every((row) => row.trim().endsWith(",as-logged")),
  );
});

describe("silence of an engine that was not asked for everything", () => {
  const clear: Report = {
    ...sampleReport("clear"),
    absent: sampleReport("cloudwatch").absent,
  };

  test("is silence of what was asked", () => {
    expect(meaning(clear)).toMatch(
      /^No findings in what was asked, and the logs prove it: .* 8 of 15 detections were not asked/,
    );
    expect(emptyText("new", clear)).toBe("Nothing new in what was asked.");
  });

  test("is whole when only other parts are absent", () => {
    const report: Report = { ...clear, absent: [{ section: "files", reason: "needs files" }] };
    expect(meaning(report)).toMatch(/^No findings, and the logs prove it: .* 23:59\.$/);
    expect(emptyText("new", report)).toBe("Nothing new.");
  });
});
