import type { Finding } from "@turnaway/core";
import type { ReportChanges } from "@turnaway/report";
import { compare, openFindings, reportDay } from "./compare.ts";
import { composeBody } from "./compose-body.ts";
import type { IssuePlan } from "./issue-plan.ts";
import type { OurIssue } from "./our-issues.ts";
import type { PlanInput } from "./plan-input.ts";
import { assigneesOf, issueTitle, loginsOf, type IssueSettings } from "./settings.ts";

export interface NewIssue {
  /** For the log. */
  readonly why: string;
  /** The issue that it takes over from: whom that one mentioned is not mentioned again. */
  readonly previous?: OurIssue | undefined;
}

/** A new issue. What else it needs (comments, the end of others) the next round sees. */
export function planNew(input: PlanInput, { why, previous }: NewIssue): IssuePlan {
  const { report, settings, sources } = input;
  const title = issueTitle(settings, reportDay(report));
  const open = openFindings(report);
  const says = previous === undefined ? allNew(open) : compare(report, previous);
  const { body } = composeBody({
    report,
    name: settings.name,
    defang: settings.defang ?? false,
    sources,
    stored: undefined,
    // Outside the markers, so it stays as it is and nobody is mentioned again.
    outside: { before: "", after: mentionLine(settings, says.added) },
    title,
    clearDays: report.verdict === "clear" ? 1 : 0,
    closedByUs: false,
    notes: [],
  });
  return {
    actions: [
      ...missingLabel(input).map((label) => ({ kind: "ensure-label" as const, label })),
      {
        kind: "create-issue",
        title,
        body,
        labels: settings.labels,
        assignees: assigneesOf(settings, open),
        says,
      },
    ],
    issue: null,
    notes: [why],
    unread: null,
  };
}

function allNew(added: readonly Finding[]): ReportChanges {
  return { added, resolved: [], worse: [], verdict: null, expiring: [] };
}

// What some issue has need not be made.
function missingLabel({ settings, observed }: PlanInput): readonly string[] {
  return settings.labels
    .slice(0, 1)
    .filter((label) => !observed.issues.some(({ labels }) => labels.includes(label)));
}

function mentionLine(settings: IssueSettings, findings: readonly Finding[]): string {
  if (settings.notify !== "mention") return "";
  const logins = findings.flatMap(({ owner }) => loginsOf(settings, owner));
  const unique = [...new Set(logins)];
  return unique.length === 0 ? "" : `\ncc ${unique.map((login) => `@${login}`).join(" ")}`;
}
