import { addDays, type Finding, type Report } from "@turnaway/core";
import type { FactContext } from "../finding-facts.ts";
import { byScope, shownSections } from "../finding-sections.ts";
import { briefFinding, fullFinding, mutedFinding } from "../markdown/finding-markdown.ts";
import { muteLines } from "./mute-lines.ts";

/** A finding of the issue, rendered when it is asked for: most of 100,000 never are. */
export interface IssueRow {
  readonly status: Finding["status"];
  /** Heading of its scope, for the first of a scope. */
  readonly scope: string;
  full(): string;
  brief(): string;
}

/** The rows that could have room, and how many findings there are beyond them. */
export interface IssueRows {
  readonly rows: readonly IssueRow[];
  readonly beyond: number;
}

/** New, then still there, then gone: the next action first. */
export function issueRows(report: Report, context: FactContext): IssueRows {
  const until = addDays(context.today, MUTE_DAYS);
  const sections = shownSections(report).filter(({ status }) => status !== "muted");
  const rows: IssueRow[] = [];
  let beyond = 0;
  for (const { status, findings } of sections) {
    const shown = findings.slice(0, MOST_ROWS - rows.length);
    beyond += findings.length - shown.length;
    for (const group of byScope(shown)) {
      for (const [index, finding] of group.findings.entries()) {
        rows.push({
          status,
          scope: index === 0 ? `### ${group.title}\n\n` : "",
          full: () => context.show(fullText(finding, context, until)),
          brief: () => context.show(briefFinding(finding)),
        });
      }
    }
  }
  return { rows, beyond };
}

/** One line for each muted finding, those that end first, first. */
export function* mutedRows(report: Report, { today, show }: FactContext): Iterable<string> {
  const muted = report.findings
    .filter(({ status }) => status === "muted")
    .sort((a, b) => (untilOf(a) < untilOf(b) ? -1 : untilOf(a) > untilOf(b) ? 1 : 0));
  for (const finding of muted) yield show(mutedFinding(finding, today));
}

/** A body and three comments hold 240,000 characters, and no row is shorter than 24. */
const MOST_ROWS = 10_000;

/** How long a mute lasts that is pasted as it is shown. */
const MUTE_DAYS = 30;

function fullText(finding: Finding, context: FactContext, until: string): string {
  const text = fullFinding(finding, context);
  const mute = finding.status === "resolved" ? "" : muteLines(finding, until);
  return mute === "" ? text : `${text}\n\n${mute}`;
}

function untilOf({ mute }: Finding): string {
  return mute?.until ?? "";
}
