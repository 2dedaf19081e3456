import type { Report } from "@turnaway/core";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { parseFragment } from "parse5";
import { expect, test } from "vitest";
import { hostileText } from "../hostile-text.ts";
import { sampleReport } from "../sample-report.ts";
import { htmlSpans } from "./html/spans-html.ts";
import { markdownSpans } from "./markdown/finding-markdown.ts";
import { receiptFacts } from "./report-facts.ts";
import type { Span } from "./spans.ts";
import { factLines, plainText, textLayout } from "./text/text-layout.ts";

const CONSOLE =
  "https://eu-central-1.console.aws.amazon.com/athena/home?region=eu-central-1#/query-editor/history/3f2a";

type Query = Report["receipt"]["queries"][number];

function withQuery(own: Partial<Query>): Report {
  const report = sampleReport("clear");
  const query = { name: "detections", id: "3f2a", scannedBytes: 12_400_000, durationMs: 4310 };
  return { ...report, receipt: { ...report.receipt, queries: [{ ...query, ...own }] } };
}

function querySpans(own: Partial<Query>): readonly Span[] {
  return receiptFacts(withQuery(own)).at(-1)!.spans;
}

test.each<[string, Partial<Query>, string]>([
  ["bytes and time", {}, "detections 3f2a · 12.4 MB · 4.31 s"],
  ["what it cost", { costUsd: 1.234 }, "detections 3f2a · 12.4 MB · $1.23 · 4.31 s"],
  ["that it cost little", { costUsd: 0.000_06 }, "detections 3f2a · 12.4 MB · < $0.01 · 4.31 s"],
  ["that it was free", { costUsd: 0 }, "detections 3f2a · 12.4 MB · no cost · 4.31 s"],
  ["how long it waited", { queuedMs: 810 }, "detections 3f2a · 12.4 MB · 4.31 s, queued 0.81 s"],
  ["records", { scannedRecords: 1204 }, "detections 3f2a · 12.4 MB · 1,204 records · 4.31 s"],
])("a query says %s", (_, own, text) => {
  expect(plainText(querySpans(own))).toBe(text);
});

test("the engine says what all queries cost and waited", () => {
  const report = sampleReport("cloudwatch");
  expect(plainText(receiptFacts(report)[0]!.spans)).toBe(
    "cloudwatch · 46.2 GB scanned · $0.23 · 29.8 s, queued 3.81 s",
  );
});

test("the id leads to the console in Markdown and HTML, and in text the address stands whole", () => {
  const spans = querySpans({ consoleUrl: CONSOLE });
  expect(markdownSpans(spans)).toContain(`[\`3f2a\`](<${CONSOLE}>)`);
  expect(htmlSpans(spans)).toContain(`<a href="${CONSOLE}" rel="noreferrer"><code>3f2a</code></a>`);
  const lines = factLines({ label: "Query", spans }, textLayout({ color: false, width: 40 }), "  ");
  expect(lines.filter((line) => line.trim() === CONSOLE)).toHaveLength(1);
});

test("a link leads to a web address that is what it was, or there is none", () => {
  const url = fc.oneof(
    hostileText(),
    hostileText().map((text) => `https://console.aws.amazon.com/athena${text}`),
    hostileText().map((text) => `https://trino.example:8443/ui/#${text}`),
  );
  fc.assert(
    fc.property(url, (consoleUrl) => {
      const spans = querySpans({ consoleUrl });
      const targets = [htmlTargets(htmlSpans(spans)), markdownTargets(markdownSpans(spans))];
      for (const found of targets) {
        expect(found.length).toBeLessThanOrEqual(1);
        for (const target of found) {
          expect(new URL(target).origin).toBe(new URL(consoleUrl).origin);
          expect(target).toMatch(/^https?:\/\/[\x21-\x7e]*$/);
        }
      }
      expect(targets[0]).toHaveLength(targets[1]!.length);
    }),
    { numRuns: 500 },
  );
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://user:pw@host/"])(
  "%s is no link",
  (consoleUrl) => {
    const spans = querySpans({ consoleUrl });
    expect(htmlTargets(htmlSpans(spans))).toEqual([]);
    expect(markdownTargets(markdownSpans(spans))).toEqual([]);
  },
);

// All elements of a receipt's line are links and code.
function htmlTargets(html: string): string[] {
  const { childNodes } = parseFragment(html);
  return childNodes.flatMap((node) => {
    if (!("attrs" in node)) return [];
    expect(["a", "code"]).toContain(node.nodeName);
    return node.attrs.flatMap(({ name, value }) => (name === "href" ? [value] : []));
  });
}

function markdownTargets(markdown: string): string[] {
  return new MarkdownIt({ html: true })
    .parseInline(markdown, {})
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => {
      const href = token.attrGet("href");
      return href === null ? [] : [String(href)];
    });
}
