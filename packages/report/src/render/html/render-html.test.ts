import { expect, test } from "vitest";
import { SAMPLE_KINDS, sampleReport } from "../../sample-report.ts";
import { renderHtml } from "./render-html.ts";

test.each(SAMPLE_KINDS)(
  "the %s page asks nothing of the network and runs no script",
  async (kind) => {
    const html = await renderHtml(sampleReport(kind));
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(
      /<script|<link|<img|<iframe|@import|url\((?!#)|<[^>]*\s(?:src|on\w+)=/,
    );
    expect(
      [...html.matchAll(/href="([^"]*)"/g)].filter(([, target]) => !target!.startsWith("#")),
    ).toEqual([]);
  },
);

test.each(SAMPLE_KINDS)(
  "the %s page has one h1, no skipped heading level and unique ids",
  async (kind) => {
    const html = await renderHtml(sampleReport(kind));
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...html.matchAll(/aria-labelledby="([^"]*)"|href="#([^"]*)"/g)];
    for (const [, labels, target] of references) {
      for (const id of (labels ?? target)!.split(" ")) expect(ids).toContain(id);
    }
  },
);

test("severity is a word and not only a colour", async () => {
  const html = await renderHtml(sampleReport());
  expect(html).toContain('<span class="badge critical">Critical</span>');
});
