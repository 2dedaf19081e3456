import type { Report } from "@turnaway/core";
import { factContext, type DefangOption, type RenderOptions } from "../context.ts";
import { emptyText, shownSections } from "../finding-sections.ts";
import { markdownSections } from "../markdown/markdown-sections.ts";
import { joinMarkdownSections, type MarkdownSectionId } from "../markdown/section.ts";
import { countText } from "../words.ts";
import { issueRows, mutedRows, type IssueRow } from "./issue-rows.ts";
import { ownersMarkdown } from "./owner-groups.ts";
import { fits, ISSUE_ROOM, minus, share, takeRows, type Room } from "./room.ts";

export interface IssueOptions extends RenderOptions, DefangOption {
  /** What the body may take. Default {@link ISSUE_ROOM}. */
  readonly room?: Room;
  /** Most comments that continue a body that is full. Default 3. */
  readonly maxComments?: number;
  /** What a reader should know about the issue itself, in Markdown. */
  readonly notes?: readonly string[];
}

/** The Markdown of an issue, and of the comments that continue it. */
export interface IssueText {
  readonly body: string;
  /** The receipt at the end of the body: it differs from run to run when nothing else does. */
  readonly receipt: string;
  readonly comments: readonly string[];
  /** Findings that stand in `report.json` only. */
  readonly omitted: number;
}

/**
 * The report as the text of an issue that fits, by whole rows.
 *
 * Findings come in full for as long as there is room, the rest as one line each in a collapsed
 * section, then in comments; what has no line even there is counted. What stands below the
 * findings gives way first: the receipt, then the coverage, and so on.
 */
export function renderIssue(report: Report, options: IssueOptions = {}): IssueText {
  const { room = ISSUE_ROOM, maxComments = 3, notes = [] } = options;
  const context = factContext(report, options);
  const sections = otherSections(report, options);
  const head = [
    sections.get("head") ?? "",
    ...notes,
    context.show(ownersMarkdown(report.findings)),
  ];
  const start = head.filter((text) => text !== "").join("\n\n");
  const below = tail(sections, share(minus(room, start), 0.5));
  const forFindings = minus(minus(minus(room, start), below.text), HEADINGS_ROOM);
  const muted = mutedSection(
    report,
    takeRows(mutedRows(report, context), share(forFindings, 0.15), "\n").rows,
  );
  const { rows, beyond } = issueRows(report, context);
  const found = placeFindings(report, rows, minus(forFindings, muted));
  const { lines, left } = commentTexts(found.waiting, maxComments);
  const omitted = left.length + beyond;
  const rest = restSection(found.brief, { continued: lines.length, omitted });
  const body = [start, ...found.sections, rest, muted, below.text].filter((text) => text !== "");
  return { body: body.join("\n\n"), receipt: below.receipt, comments: lines, omitted };
}

// What stands in the body in a place of its own.
const PLACED: ReadonlySet<MarkdownSectionId> = new Set([
  "head",
  "new",
  "ongoing",
  "resolved",
  "muted",
  "receipt",
]);

// Least needed first.
const GIVES_WAY: readonly MarkdownSectionId[] = [
  "receipt",
  "coverage",
  "totals",
  "late-packets",
  "trend",
  "noise",
];

// Headings of sections and scopes, the lines around the rest, and the receipt's blank lines.
const HEADINGS_ROOM = " ".repeat(1500);
const COMMENT_ROOM: Room = { units: ISSUE_ROOM.units - 500, bytes: ISSUE_ROOM.bytes - 500 };

function otherSections(report: Report, options: IssueOptions): Map<MarkdownSectionId, string> {
  const sections = markdownSections({ ...report, findings: [] }, options);
  return new Map(
    sections.map((section) => [section.id, joinMarkdownSections([section]).trimEnd()]),
  );
}

function tail(
  sections: ReadonlyMap<MarkdownSectionId, string>,
  room: Room,
): { text: string; receipt: string } {
  const kept = new Map([...sections].filter(([id]) => id === "receipt" || !PLACED.has(id)));
  for (const id of GIVES_WAY) {
    if (fits([...kept.values()].join("\n\n"), room)) break;
    kept.delete(id);
  }
  const receipt = kept.get("receipt") ?? "";
  kept.delete("receipt");
  return { text: [...kept.values()].join("\n\n"), receipt };
}

interface Placed {
  readonly sections: readonly string[];
  /** One line each, in the collapsed section. */
  readonly brief: readonly string[];
  /** No room in the body. */
  readonly waiting: readonly IssueRow[];
}

function placeFindings(report: Report, rows: readonly IssueRow[], room: Room): Placed {
  const all = takeRows(fullTexts(rows), room).rows.length;
  // When not everything fits in full, a third of the room shows many more findings in brief.
  const full = all === rows.length ? all : takeRows(fullTexts(rows), share(room, 0.66)).rows.length;
  const { rows: shown, left } = takeRows(fullTexts(rows.slice(0, full)), room);
  const brief = takeRows(briefTexts(rows.slice(full)), left, "\n").rows;
  return {
    sections: findingSections(report, rows.slice(0, full), shown),
    brief,
    waiting: rows.slice(full + brief.length),
  };
}

function* fullTexts(rows: readonly IssueRow[]): Iterable<string> {
  for (const row of rows) yield row.scope + row.full();
}

function* briefTexts(rows: readonly IssueRow[]): Iterable<string> {
  for (const row of rows) yield row.brief();
}

function findingSections(
  report: Report,
  rows: readonly IssueRow[],
  texts: readonly string[],
): string[] {
  return shownSections(report)
    .filter(({ status }) => status !== "muted")
    .map(({ status, title, findings }) => {
      const own = texts.filter((_, index) => rows[index]!.status === status);
      const missing = findings.length - own.length;
      const below = missing > 0 ? [`${countText(missing)} of them below, one line each.`] : [];
      const heading = `## ${title} · ${countText(findings.length)}`;
      const empty = findings.length === 0 ? [emptyText(status, report)] : [];
      return [heading, ...empty, ...own, ...below].join("\n\n");
    });
}

function restSection(
  brief: readonly string[],
  { continued, omitted }: { continued: number; omitted: number },
): string {
  const counts = omittedLine(omitted);
  if (brief.length === 0) return counts;
  const title = `<details>\n<summary><b>The rest, briefly · ${countText(brief.length)}</b></summary>`;
  const more = continued > 0 ? ["The list goes on in the comments."] : [];
  return [title, brief.join("\n"), "</details>", ...more, ...(counts === "" ? [] : [counts])].join(
    "\n\n",
  );
}

function omittedLine(omitted: number): string {
  if (omitted === 0) return "";
  return `${countText(omitted)} more ${omitted === 1 ? "finding is" : "findings are"} in report.json and findings.csv only.`;
}

function mutedSection(report: Report, rows: readonly string[]): string {
  const count = report.findings.filter(({ status }) => status === "muted").length;
  if (count === 0) return "";
  const missing = count - rows.length;
  const more =
    missing > 0 ? [`${countText(missing)} more are in report.json and findings.csv.`] : [];
  const title = `<details>\n<summary><b>Muted · ${countText(count)}</b></summary>`;
  return [title, rows.join("\n"), ...more, "</details>"].join("\n\n");
}

function commentTexts(
  waiting: readonly IssueRow[],
  maxComments: number,
): { lines: string[]; left: readonly IssueRow[] } {
  const lines: string[] = [];
  let left = waiting;
  while (left.length > 0 && lines.length < maxComments) {
    const { rows } = takeRows(briefTexts(left), COMMENT_ROOM, "\n");
    if (rows.length === 0) break;
    lines.push(rows.join("\n"));
    left = left.slice(rows.length);
  }
  return { lines, left };
}
