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
  const close =
    settings.onClear === "close" &&
    clearDays >= settings.clearDays &&
    // Somebody opened it again after we closed it: not on the same day.
    !(issue.state?.closedByUs === true && issue.state.day === day);
  return planUpdate(input, issue, {
    clearDays,
    ...(close
      ? { state: "closed", sentence: clearSentence(settings.clearDays) }
      : { state: "open" }),
  });
}

function planWithoutOpen(input: PlanInput, last: OurIssue | undefined): IssuePlan {
  const { report, settings } = input;
  const wanted = report.verdict !== "clear" || settings.onClear === "keep";
  if (last === undefined) {
    return wanted ? planNew(input, "no issue yet") : leave(null, "all clear, and no issue is open");
  }
  const number = last.seen.number;
  const day = reportDay(report);
  if (last.day !== undefined && last.day > day) {
    return leave(number, `#${number} shows ${last.day}, which is later than ${day}`);
  }
  if (report.verdict === "clear") return planClosed(input, last, day);
  const kept = staysClosed(report, last);
  if (kept !== undefined) return leave(number, kept);
  if (settings.onReturn === "new") return planNew(input, `trouble is back after #${number}`);
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
  return planUpdate(input, last, {
    state: "closed",
    clearDays: clearDaysOf(input.report, last, day),
    sentence: clearSentence(input.settings.clearDays),
  });
}

/** Why a closed issue is left alone; undefined when it is to be opened again. */
function staysClosed(report: Report, { seen, state }: OurIssue): string | undefined {
  if (state?.closedByUs === true) return undefined;
  const isNew = compare(report, state).added.length > 0;
  const declined = seen.stateReason === "not_planned" || seen.stateReason === "duplicate";
  if (isNew) return undefined;
  if (declined) return `#${seen.number} was closed as not planned, and nothing is new`;
  // Whoever closed it as done is right until something is seen after that.
  const closedAt = Date.parse(seen.closedAt ?? "");
  const since = openFindings(report).some(({ lastSeen }) => Date.parse(lastSeen) > closedAt);
  const blind = report.verdict === "no-data" || report.verdict === "partial";
  return since || (blind && report.verdict !== state?.verdict)
    ? undefined
    : `#${seen.number} was closed as done, and nothing was seen since`;
}

function clearDaysOf(report: Report, { state, seen }: OurIssue, day: string): number {
  if (report.verdict !== "clear") return 0;
  if (state === undefined) return 1;
  const reopened = state.closedByUs && seen.state === "open";
  if (reopened) return state.day === day ? 0 : 1;
  return state.day === day ? Math.max(1, state.clearDays) : state.clearDays + 1;
}

function clearSentence(days: number): string {
  return `Closed: all clear${days === 1 ? "" : ` for ${days} days in a row`}.`;
}
