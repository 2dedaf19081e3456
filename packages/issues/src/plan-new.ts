import { openFindings, reportDay } from "./compare.ts";
import { composeBody } from "./compose-body.ts";
import type { IssuePlan } from "./issue-plan.ts";
import type { PlanInput } from "./plan-input.ts";
import { assigneesOf, issueTitle, loginsOf } from "./settings.ts";

/** A new issue. What else it needs (comments, the end of others) the next round sees. */
export function planNew({ report, settings, sources }: PlanInput, why: string): IssuePlan {
  const title = issueTitle(settings, reportDay(report));
  const open = openFindings(report);
  const { body } = composeBody({
    report,
    name: settings.name,
    sources,
    stored: undefined,
    // Outside the markers, so it stays as it is and nobody is mentioned again.
    outside: { before: "", after: mentionLine({ report, settings }) },
    title,
    clearDays: report.verdict === "clear" ? 1 : 0,
    closedByUs: false,
    notes: [],
  });
  return {
    actions: [
      ...settings.labels.slice(0, 1).map((label) => ({ kind: "ensure-label" as const, label })),
      {
        kind: "create-issue",
        title,
        body,
        labels: settings.labels,
        assignees: assigneesOf(settings, open),
      },
    ],
    issue: null,
    notes: [why],
    unread: null,
  };
}

function mentionLine({ report, settings }: Pick<PlanInput, "report" | "settings">): string {
  if (settings.notify !== "mention") return "";
  const logins = openFindings(report).flatMap(({ owner }) => loginsOf(settings, owner));
  const unique = [...new Set(logins)];
  return unique.length === 0 ? "" : `\ncc ${unique.map((login) => `@${login}`).join(" ")}`;
}
