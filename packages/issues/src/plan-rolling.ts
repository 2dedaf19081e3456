import type { Report } from "@turnaway/core";
import { compare, openFindings, reportDay } from "./compare.ts";
import { leave, type IssuePlan } from "./issue-plan.ts";
import { ourIssues, type OurIssue } from "./our-issues.ts";
import type { PlanInput } from "./plan-input.ts";
import { planNew } from "./plan-new.ts";
import { planUpdate } from "./plan-update.ts";
import { retireDuplicate } from "./retire.ts";

/** One open issue a report name, whose body is the newest report. */
export function planRolling(input: PlanInput): IssuePlan {
  const { settings } = input;
  const ours = ourIssues(input.observed, settings.name);
  const [current, ...duplicates] = ours.filter(({ seen }) => seen.state === "open");
  if (current === undefined) return planWithoutOpen(input, ours.at(-1));
  const plan = planOpen(input, current);
  const retired = duplicates.map((issue) =>
    retireDuplicate(issue, settings.name, current.seen.number),
  );
  return { ...plan, actions: [...retired, ...plan.actions] };
}

function planOpen(input: PlanInput, issue: OurIssue): IssuePlan {
  const { report, settings } = input;
  const day = reportDay(report);
  const number = issue.seen.number;
  if (issue.day !== undefined && issue.day > day) {
    return leave(number, `#${number} shows ${issue.day}, which is later than ${day}`);
  }
  const clearDays = clearDaysOf(report, issue, day);
  // Somebody opened it again after we closed it: for that day they are right.
  if (isReopened(issue) && issue.state?.day === day && report.verdict === "clear") {
    return planUpdate(input, issue, { state: "open", clearDays, closedByUs: true });
  }
  const close = settings.onClear === "close" && clearDays >= settings.clearDays;
  return planUpdate(input, issue, {
    clearDays,
    ...(close ? { state: "closed", sentence: clearSentence(clearDays) } : { state: "open" }),
  });
}

function planWithoutOpen(input: PlanInput, last: OurIssue | undefined): IssuePlan {
  const { report, settings } = input;
  const wanted = report.verdict !== "clear" || settings.onClear === "keep";
  if (last === undefined) {
    return wanted
      ? planNew(input, { why: "no issue yet" })
      : leave(null, "all clear, and no issue is open");
  }
  const number = last.seen.number;
  const day = reportDay(report);
  if (last.day !== undefined && last.day > day) {
    return leave(number, `#${number} shows ${last.day}, which is later than ${day}`);
  }
  if (report.verdict === "clear") return planClosed(input, last, day);
  const kept = staysClosed(input, last);
  if (kept !== undefined) return leave(number, kept);
  if (settings.onReturn === "new") {
    return planNew(input, { why: `trouble is back after #${number}`, previous: last });
  }
  return planUpdate(input, last, {
    state: "open",
    clearDays: 0,
    sentence: "Opened again: there is something to look at.",
  });
}

// GitHub closed it as we asked and kept the old text: its state does not say yet that it was us.
function planClosed(input: PlanInput, last: OurIssue, day: string): IssuePlan {
  const halfDone = last.seen.closedBy === input.observed.author && last.state?.closedByUs === false;
  if (!halfDone) return leave(last.seen.number, "all clear, and no issue is open");
  const clearDays = clearDaysOf(input.report, last, day);
  return planUpdate(input, last, {
    state: "closed",
    clearDays,
    sentence: clearSentence(clearDays),
  });
}

/** Why a closed issue is left alone; undefined when it is to be opened again. */
function staysClosed({ report, observed }: PlanInput, issue: OurIssue): string | undefined {
  const { seen, state } = issue;
  if (compare(report, issue).added.length > 0) return undefined;
  if (seen.stateReason === "not_planned" || seen.stateReason === "duplicate") {
    return `#${seen.number} was closed as not planned, and nothing is new`;
  }
  if (state?.closedByUs === true || seen.closedBy === observed.author) return undefined;
  // Whoever closed it as done is right until something is seen after that.
  const closedAt = Date.parse(seen.closedAt ?? "");
  const since = openFindings(report).some(({ lastSeen }) => Date.parse(lastSeen) > closedAt);
  const blind = report.verdict === "no-data" || report.verdict === "partial";
  return since || (blind && report.verdict !== state?.verdict)
    ? undefined
    : `#${seen.number} was closed as done, and nothing was seen since`;
}

// Reports in a row, the same day counted once.
function clearDaysOf(report: Report, issue: OurIssue, day: string): number {
  if (report.verdict !== "clear") return 0;
  const { state } = issue;
  if (state === undefined) return 1;
  if (state.day === day) return Math.max(1, state.clearDays);
  return isReopened(issue) ? 1 : state.clearDays + 1;
}

function isReopened({ seen, state }: OurIssue): boolean {
  return seen.state === "open" && state?.closedByUs === true;
}

function clearSentence(reports: number): string {
  return `Closed: all clear${reports === 1 ? "" : `, ${reports} reports in a row`}.`;
}
