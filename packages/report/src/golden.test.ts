import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { renderCsv, renderHtml, renderJson, renderMarkdown, renderText } from "./index.ts";
import { SAMPLE_KINDS, sampleReport } from "./sample-report.ts";
import type { Report } from "@turnaway/core";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const FORMATS: Record<string, (report: Report) => string | Promise<string>> = {
  txt: (report) => renderText(report, { color: false, width: 100 }),
  md: (report) => renderMarkdown(report),
  html: (report) => renderHtml(report),
  json: renderJson,
  csv: renderCsv,
};

describe.each(SAMPLE_KINDS)("the %s sample", (kind) => {
  test.each(Object.keys(FORMATS))("is the reviewed %s file", async (format) => {
    const text = await FORMATS[format]!(sampleReport(kind));
    await expect(text).toMatchFileSnapshot(`../golden/${kind}.${format}`);
  });

  test("is the same bytes when rendered again", async () => {
    for (const render of Object.values(FORMATS)) {
      expect(await render(sampleReport(kind))).toBe(await render(sampleReport(kind)));
    }
  });
});

test("a terminal with colour gets the same text and ANSI colours only", async () => {
  const plain = renderText(sampleReport(), { color: false, width: 100 });
  const coloured = renderText(sampleReport(), { color: true, width: 100 });
  expect(coloured).not.toBe(plain);
  expect(stripVTControlCharacters(coloured)).toBe(plain);
  expect(plain).not.toContain("\u001b");
});
