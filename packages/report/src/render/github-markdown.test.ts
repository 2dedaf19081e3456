import type { Report } from "@turnaway/core";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test, vi } from "vitest";
import { withText } from "../hostile-report.ts";
import { hostileText } from "../hostile-text.ts";
import { renderChanges, renderIssue, renderMarkdown } from "../index.ts";
import { sampleReport, type SampleKind } from "../sample-report.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

/**
 * What GitHub makes of a text, judged by the GFM parser that its specification has: links, HTML,
 * tables, footnotes and tasks are nodes. What GitHub adds to plain text afterwards is judged by
 * {@link GITHUB_REFERENCES}.
 */
interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly lang?: string | null;
  readonly checked?: boolean | null;
  readonly children?: readonly MarkdownNode[];
}

describe("of a log's text nothing is left but code and plain words, in", () => {
  const places: readonly [name: string, render: (report: Report) => string][] = [
    ["the issue", (report) => Object.values(renderIssue(report)).flat().join("\n\n")],
    ["a defanged issue", (report) => renderIssue(report, { defang: true }).body],
    ["the summary", (report) => renderMarkdown(report, { sources: [report.name] })],
    ["the comment", changesOf],
  ];
  const kinds: readonly SampleKind[] = ["typical", "partial", "cloudwatch"];

  test.each(places)("%s", (_, render) => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), attackText(), (kind, text) => {
        const markdown = render(withText(sampleReport(kind), text));
        const tree = parse(markdown);
        expect(shapeOf(tree)).toEqual(shapeOf(parse(render(withText(sampleReport(kind), "word")))));
        for (const words of textsOf(tree)) {
          for (const reference of GITHUB_REFERENCES) expect(words).not.toMatch(reference);
        }
        expect(markdown).not.toMatch(/[\p{Cf}\p{Co}]|[^\P{Cc}\n]/u);
        expect(markdown).not.toMatch(/^\s*::[^\n]*::|##\[/m);
      }),
      { seed: 5, numRuns: 120 },
    );
  });
});

test.each([
  ["@octo", "mention"],
  ["#12", "issue"],
  ["GH-12", "issue"],
  ["octo/net#1", "issue elsewhere"],
  ["octo@0123456", "commit"],
  ["0123456789abcdef0123456789abcdef01234567", "commit"],
  ["www.evil.example", "link"],
  ["x ![a](b) <b>x</b> [^1] :tada:", "others"],
])("the judge itself sees %s as a %s", (text) => {
  const tree = parse(text);
  const isSeen =
    shapeOf(tree).join() !== shapeOf(parse("word")).join() ||
    textsOf(tree).some((words) => GITHUB_REFERENCES.some((each) => each.test(words)));
  expect(isSeen).toBe(true);
});

// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
const GITHUB_REFERENCES: readonly RegExp[] = [
  /(?<![\w`])@[a-z0-9]/i,
  /#\d/,
  /\bGH-\d/i,
  /(?<![\w-])[0-9a-f]{7,40}(?![\w-])/,
  /\w@[0-9a-f]{7,40}/,
  /:\/\/|www\./i,
  /:[a-z0-9_+-]+:/i,
  // Math; a price is none.
  /\$(?!\d)/,
  // A repository may link any prefix with a number.
  /\b[A-Z][A-Z0-9]+-\d/,
];

function attackText(): fc.Arbitrary<string> {
  const inRow = fc
    .tuple(fc.constantFrom(...IN_ROW), hostileText())
    .map(([attack, other]) => `${attack} ${other}`);
  return fc.oneof(hostileText(), inRow);
}

const IN_ROW = [
  "- [ ] task",
  "- [x] @octo",
  "[^1]",
  "[^1]: note",
  "[ref]: http://evil.example",
  "[ref]",
  "octo/net@0123456789abcdef",
  "JIRA-12",
  "\u202e21-HG",
  "G\u200bH-12",
  "＠octo",
  "xn--80ak6aa92e.com",
  "ftp://evil.example",
  "javascript:alert(1)",
  "<https://evil.example>",
  "<!-- turnaway:report:production -->",
  "<!-- turnaway:end:production -->",
  "<details open><summary>x",
  "::set-output name=a::b",
  "::add-mask::x",
  "`a` @octo `b`",
  "(`a`) `b`@octo",
  "``` @octo ```",
  "~~~\n@octo\n~~~",
  "\\`@octo\\`",
  "&#96;&#64;octo",
  "> [!WARNING]",
  "***@octo***",
  "$$x$$",
  "```mermaid\ngraph LR\n```",
];

function changesOf(report: Report): string {
  const [first, second] = report.findings;
  if (first === undefined) return "";
  return renderChanges(report, {
    added: report.findings,
    resolved: [
      { key: first.key, finding: null },
      { key: first.key, finding: second ?? first },
    ],
    worse: [{ finding: first, from: "low" }],
    verdict: { from: "clear", to: "findings" },
    expiring: report.findings.filter(({ status }) => status === "muted"),
  });
}

function parse(markdown: string): MarkdownNode {
  return fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  }) as MarkdownNode;
}

// A sentence may have code or not, and a chart its numbers; everything else is the template's.
function shapeOf(node: MarkdownNode): string[] {
  const inside = (node.children ?? []).flatMap(shapeOf);
  switch (node.type) {
    case "text":
    case "inlineCode":
      return [];
    case "html":
      return [`html ${node.value!.replaceAll(/[\d,]+/g, "n")}`];
    case "code":
      return [`code ${node.lang} ${node.value!.split("\n").length} lines`];
    case "link":
      return [`link ${node.url}`, ...inside];
    default:
      return [`${node.type} ${node.checked ?? ""}`.trim(), ...inside];
  }
}

function textsOf({ type, value, children = [] }: MarkdownNode): string[] {
  return type === "text" ? [value!] : children.flatMap(textsOf);
}
