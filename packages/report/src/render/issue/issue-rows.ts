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

/** New, then still there, then gone: the next action first. */
export function issueRows(report: Report, context: FactContext): IssueRow[] {
  const until = addDays(context.today, MUTE_DAYS);
  return shownSections(report)
    .filter(({ status }) => status !== "muted")
    .flatMap(({ status, findings }) =>
      byScope(findings).flatMap((group) =>
        group.findings.map((finding, index) => ({
          status,
          scope: index === 0 ? `### ${group.title}\n\n` : "",
          full: () => context.show(fullText(finding, context, until)),
          brief: () => context.show(briefFinding(finding)),
        })),
      ),
    );
}

/** One line for each muted finding, those that end first, first. */
export function* mutedRows(report: Report, { today, show }: FactContext): Iterable<string> {
  const muted = report.findings
    .filter(({ status }) => status === "muted")
    .sort((a, b) => (untilOf(a) < untilOf(b) ? -1 : untilOf(a) > untilOf(b) ? 1 : 0));
  for (const finding of muted) yield show(mutedFinding(finding, today));
}

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
