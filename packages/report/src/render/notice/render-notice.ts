import type { Finding, Report } from "@turnaway/core";
import { terminalLine, terminalText } from "../../escape/terminal-text.ts";
import { factContext, type DefangOption } from "../context.ts";
import { subjectSpans } from "../finding-facts.ts";
import type { ReportChanges } from "../issue/render-changes.ts";
import { plainText } from "../text/text-layout.ts";
import { countText } from "../words.ts";

/** A short text for chat, mail and pagers, and its subject. */
export interface Notice {
  /** Printable ASCII, at most 100 characters, as mail wants it. */
  readonly subject: string;
  readonly text: string;
}

export interface NoticeOptions extends DefangOption {
  /** Where the whole report is. */
  readonly url: string | null;
}

/**
 * What changed, in a few lines: the headline, the link, and the most important of what is new or
 * worse. Rows beyond 10 of a kind are counted.
 *
 * The text is plain, and who shows it may make links of what looks like one. The only thing that
 * looks like one is `url`.
 */
export function renderNotice(
  report: Report,
  changes: ReportChanges,
  { url, ...options }: NoticeOptions,
): Notice {
  const { show, today } = factContext(report, options);
  const lines = [
    `${report.name}, ${today}: ${report.headline}`,
    ...findingLines("New", changes.added),
    ...findingLines(
      "Worse",
      changes.worse.map(({ finding }) => finding),
    ),
    ...countLine("Gone", changes.resolved),
    ...countLine("Mutes that end within a week", changes.expiring),
  ].map((line) => terminalLine(show(unlinked(terminalText(line, LINE_LIMIT)))));
  const [head = "", ...rest] = lines;
  return {
    subject: subjectOf(report, changes),
    text: [head, ...(url === null ? [] : [url]), ...rest, ""].join("\n"),
  };
}

const ROWS_SHOWN = 10;
const LINE_LIMIT = 300;
const SUBJECT_LIMIT = 100;

function findingLines(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rest = findings.length - ROWS_SHOWN;
  return [
    `${title}: ${countText(findings.length)}`,
    ...findings.slice(0, ROWS_SHOWN).map(findingLine),
    ...(rest > 0 ? [`- and ${countText(rest)} more`] : []),
  ];
}

function findingLine(finding: Finding): string {
  const subject = plainText(subjectSpans(finding)) || finding.title;
  const owner = finding.owner ?? "unowned";
  return `- ${finding.severity.toUpperCase()} ${subject} · ${finding.detection} · ${owner}`;
}

function countLine(title: string, entries: readonly unknown[]): string[] {
  return entries.length === 0 ? [] : [`${title}: ${countText(entries.length)}`];
}

function subjectOf({ name, verdict }: Report, { added, worse, resolved }: ReportChanges): string {
  const counts = [
    [added.length, "new"],
    [worse.length, "worse"],
    [resolved.length, "gone"],
  ] as const;
  const parts = counts.flatMap(([count, word]) =>
    count > 0 ? [`${countText(count)} ${word}`] : [],
  );
  const text = `${name}: ${parts.length > 0 ? parts.join(", ") : verdict}`;
  return text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, SUBJECT_LIMIT);
}

// To mail programs the name of a host is a link, to chats `@` and `<` mean something. The dots of
// an address stay: it is what the reader looks for, and `defang` is there for it.
function unlinked(text: string): string {
  return text
    .replaceAll(HOST_DOT, "[.]")
    .replaceAll("://", ": //")
    .replaceAll(/[<>@]/g, (character) => LOOK_ALIKES[character]!);
}

const HOST_DOT = /(?<=[\p{L}\p{N}_-])[.。．｡](?=[\p{L}_-])/gu;
const LOOK_ALIKES: Readonly<Record<string, string>> = { "<": "‹", ">": "›", "@": "＠" };
