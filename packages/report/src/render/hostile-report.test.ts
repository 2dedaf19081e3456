import type { Report } from "@turnaway/core";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { parse as parseHtml } from "parse5";
import { expect, test, vi } from "vitest";
import { withText } from "../hostile-report.ts";
import { hostileText } from "../hostile-text.ts";
import { renderCsv, renderHtml, renderMarkdown, renderText } from "../index.ts";
import { sampleReport } from "../sample-report.ts";
import { displayWidth } from "./text/wrap.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const KINDS = ["typical", "partial", "cloudwatch"] as const;
const github = new MarkdownIt({ html: true, linkify: true });

function holds(check: (report: Report, harmless: Report) => void | Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.constantFrom(...KINDS), hostileText(), async (kind, text) => {
      await check(withText(sampleReport(kind), text), withText(sampleReport(kind), "word"));
    }),
    { numRuns: 30 },
  );
}

test("D32: text has no control character, fits its width and starts no workflow command", () =>
  holds((report) => {
    for (const width of [40, 80, 100]) {
      const lines = renderText(report, { color: false, width }).split("\n");
      for (const line of lines) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]|^\s*::.*::|##\[/u);
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  }));

test("D31: Markdown keeps its structure, and only code spans hold what could mean something", () =>
  holds((report, harmless) => {
    expect(markdownShape(renderMarkdown(report))).toEqual(markdownShape(renderMarkdown(harmless)));
    for (const text of markdownWords(renderMarkdown(report))) expect(text).not.toMatch(/[@#<>`]/);
  }));

test("D31: HTML keeps its elements and attributes", () =>
  holds(async (report, harmless) => {
    expect(htmlShape(await renderHtml(report))).toEqual(htmlShape(await renderHtml(harmless)));
  }));

test("D34: CSV keeps its rows and columns and has no formula", () =>
  holds((report) => {
    const rows = parseCsv(renderCsv(report));
    expect(rows).toHaveLength(report.findings.length + 1);
    for (const cell of rows.flat()) {
      if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }
  }));

// Block tokens in order: what a reader sees as headings, lists, quotes and HTML.
function markdownShape(markdown: string): string[] {
  return github
    .parse(markdown, {})
    .map(({ type, content }) => (type === "html_block" ? content.replace(/\d+/g, "n") : type));
}

function markdownWords(markdown: string): string[] {
  const inline = github.parse(markdown, {}).flatMap(({ children }) => children ?? []);
  const kinds = new Set(inline.map(({ type }) => type));
  for (const kind of [
    "text",
    "code_inline",
    "strong_open",
    "strong_close",
    "softbreak",
    "em_open",
    "em_close",
  ]) {
    kinds.delete(kind);
  }
  expect([...kinds]).toEqual([]);
  return inline.filter(({ type }) => type === "text").map(({ content }) => content);
}

interface HtmlNode {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly HtmlNode[];
}

function htmlShape(html: string): string[] {
  const shape: string[] = [];
  const visit = (node: HtmlNode): void => {
    // A sentence may have code or not; everything else is fixed.
    if (node.nodeName !== "#text" && node.nodeName !== "code") {
      shape.push(`${node.nodeName} ${JSON.stringify(node.attrs ?? [])}`);
    }
    for (const child of node.childNodes ?? []) visit(child);
  };
  visit(parseHtml(html));
  return shape;
}
