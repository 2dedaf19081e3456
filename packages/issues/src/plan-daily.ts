import { reportDay } from "./compare.ts";
import type { IssueAction, IssuePlan } from "./issue-plan.ts";
import { ourIssues, type OurIssue } from "./our-issues.ts";
import type { PlanInput } from "./plan-input.ts";
import { planNew } from "./plan-new.ts";
import { planUpdate } from "./plan-update.ts";
import { retireDuplicate, supersede, supersededText } from "./retire.ts";

/** One issue a day; of all days only the newest is open. */
export function planDaily(input: PlanInput): IssuePlan {
  const { settings } = input;
  const day = reportDay(input.report);
  const ours = ourIssues(input.observed, settings.name);
  const [current, ...duplicates] = ours.filter((issue) => issue.day === day);
  if (current === undefined) {
    const previous = ours.findLast((issue) => issue.day !== undefined && issue.day < day);
    return planNew(input, { why: `no issue for ${day} yet`, previous });
  }
  const number = current.seen.number;
  const newest = newestOf(ours);
  const isNewest = newest.day === day;
  const plan = planUpdate(input, current, {
    clearDays: input.report.verdict === "clear" ? 1 : 0,
    ...(isNewest ? {} : { state: "closed", notes: [`> ${supersededText(newest.seen.number)}`] }),
  });
  const others: IssueAction[] = [
    ...duplicates
      .filter(({ seen }) => seen.state === "open")
      .map((issue) => retireDuplicate(issue, settings.name, number)),
    ...ours
      .filter(({ seen, day: other }) => seen.state === "open" && other !== day)
      .filter(({ day: other }) => other === undefined || other < newest.day!)
      .map((issue) => supersede(issue, newest.seen.number)),
  ];
  return { ...plan, actions: [...plan.actions, ...others] };
}

function newestOf(ours: readonly OurIssue[]): OurIssue {
  return ours
    .filter(({ day }) => day !== undefined)
    .reduce((best, issue) => (issue.day! > best.day! ? issue : best));
}
