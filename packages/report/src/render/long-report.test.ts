import { expect, test, vi } from "vitest";
import { renderCsv, renderHtml, renderJson, renderMarkdown, renderText } from "../index.ts";
import { manyFindings } from "../many-findings.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const REST = "98,900 more are in report.json and findings.csv.";

test("a report with 100,000 findings stays readable and says what it leaves out", async () => {
  const report = manyFindings(100_000);
  const text = renderText(report, { color: false, width: 100 });
  const markdown = renderMarkdown(report);
  const html = await renderHtml(report);
  for (const rendered of [text, markdown, html]) {
    expect(rendered).toContain(REST);
    expect(rendered.length).toBeLessThan(2_000_000);
    expect(rendered).toContain("10.0.0.99");
    expect(rendered).toContain("10.0.4.75");
    expect(rendered).not.toContain("10.0.4.76");
  }
});

test("report.json and findings.csv hold every finding", () => {
  const report = manyFindings(5000);
  expect(renderJson(report).match(/"key": /g)).toHaveLength(5000);
  expect(renderCsv(report).split("\n")).toHaveLength(5002);
});
