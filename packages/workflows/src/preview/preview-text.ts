import { markdownCodeCell, markdownTextCell, terminalText } from "@turnaway/report";
import { createTwoFilesPatch } from "diff";

import {
  compareFindings,
  type FailedReport,
  type FindingChange,
  type MadeReport,
} from "./compare-reports.ts";

/** What is said of a pull request. */
export interface PreviewText {
  /** Whether the report is another one. */
  readonly isChanged: boolean;
  /** Whether there is no report any more. */
  readonly isBroken: boolean;
  readonly text: string;
}

/** What a comment holds, below what GitHub refuses; a job's summary holds more. */
export const COMMENT_LENGTH = 60_000;
export const SUMMARY_LENGTH = 900_000;

/**
 * How the report changes, as Markdown of at most that many bytes: the findings that come, go and
 * change, and the difference of the text, collapsed. What has no room is left out by whole lines,
 * and counted.
 */
export function previewText(
  base: MadeReport | FailedReport,
  head: MadeReport | FailedReport,
  maxLength: number,
): PreviewText {
  if (head.kind === "failed") return broken("With this change there is no report:", head);
  if (base.kind === "failed") {
    const said = "There is a report. The base has none, so nothing can be compared:";
    return { ...broken(said, base), isBroken: false };
  }
  const changes = compareFindings(base, head);
  const lines = differentLines(base.markdown, head.markdown);
  if (lines.length === 0 && changes.length === 0) {
    const text = `${TITLE}\n\nIt stays the same.`;
    return { isChanged: false, isBroken: false, text };
  }
  const table = findingTable(changes, maxLength / 3);
  const intro = [TITLE, "", countedChanges(changes), ...(table === "" ? [] : ["", table])].join(
    "\n",
  );
  const room = maxLength - byteLength(intro) - 500;
  return { isChanged: true, isBroken: false, text: `${intro}\n\n${collapsedDiff(lines, room)}` };
}

const LONGEST_LINE = 2000;

const TITLE = "### The report over simulated traffic";

function broken(said: string, { why }: FailedReport): PreviewText {
  const lines = why.split("\n").slice(-20);
  const shown = lines.map((line) => terminalText(line, LONGEST_LINE));
  const text = `${TITLE}\n\n${said}\n\n${fenced("text", shown)}`;
  return { isChanged: true, isBroken: true, text };
}

function countedChanges(changes: readonly FindingChange[]): string {
  const count = (kind: FindingChange["kind"]): number =>
    changes.filter((change) => change.kind === kind).length;
  const parts = [
    `${count("added")} more`,
    `${count("gone")} fewer`,
    `${count("changed")} with other values`,
  ];
  return changes.length === 0
    ? "The same findings, in other words or with other figures beside them."
    : `Findings: ${parts.join(", ")}.`;
}

const WORDS = { added: "more", gone: "fewer", changed: "changed" } as const;

function findingTable(changes: readonly FindingChange[], maxLength: number): string {
  if (changes.length === 0) return "";
  const rows = changes.map(({ kind, finding, fields }) => {
    const what = fields.length === 0 ? "" : fields.map(markdownCodeCell).join(", ");
    const cells = [
      WORDS[kind],
      markdownTextCell(finding.severity),
      markdownCodeCell(finding.key),
      markdownTextCell(finding.title),
      what,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const { taken, omitted } = takeLines(rows, maxLength);
  const head = ["| | severity | key | title | what changed |", "| --- | --- | --- | --- | --- |"];
  const rest = omitted === 0 ? [] : ["", `${omitted} more findings have no room here.`];
  return [...head, ...taken, ...rest].join("\n");
}

/** A unified difference without the names of the files. */
function differentLines(base: string, head: string): string[] {
  if (base === head) return [];
  const patch = createTwoFilesPatch("base", "head", base, head, "", "", { context: 2 });
  const lines = patch.trimEnd().split("\n");
  return lines
    .slice(lines.findIndex((line) => line.startsWith("@@")))
    .map((line) => terminalText(line, LONGEST_LINE));
}

function collapsedDiff(lines: readonly string[], maxLength: number): string {
  const { taken, omitted } = takeLines(lines, maxLength);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const summary = `Difference of the Markdown: +${count("+")} −${count("-")} lines`;
  const rest = omitted === 0 ? [] : ["", `${omitted} more lines have no room here.`];
  return [
    "<details>",
    `<summary>${summary}</summary>`,
    "",
    fenced("diff", taken),
    ...rest,
    "",
    "</details>",
  ].join("\n");
}

function takeLines(
  lines: readonly string[],
  maxLength: number,
): { taken: readonly string[]; omitted: number } {
  let room = maxLength;
  const end = lines.findIndex((line) => (room -= byteLength(line) + 1) < 0);
  const taken = end < 0 ? lines : lines.slice(0, end);
  return { taken, omitted: lines.length - taken.length };
}

/** Longer than any fence within, so that nothing in it gets out. */
function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
