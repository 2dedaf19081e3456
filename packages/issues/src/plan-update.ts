import { renderChanges, type ChangesOptions, type ReportChanges } from "@turnaway/report";
import { compare, isChange, reportDay } from "./compare.ts";
import { composeBody, isUntouched, type Composed } from "./compose-body.ts";
import type { IssueAction, IssueFields, IssuePlan } from "./issue-plan.ts";
import { digest } from "./issue-state.ts";
import { withLongerHistory } from "./longer-history.ts";
import { planContinued } from "./plan-continued.ts";
import { findComment, planComment } from "./plan-comment.ts";
import type { OurIssue } from "./our-issues.ts";
import type { PlanInput } from "./plan-input.ts";
import { assigneesOf, issueTitle, loginsOf } from "./settings.ts";

/** What becomes of an issue besides its text. */
export interface Fate {
  readonly state?: "open" | "closed";
  readonly clearDays: number;
  /** Whether the issue is to be known as closed by us. Default: what `state` and the issue say. */
  readonly closedByUs?: boolean;
  /** A sentence of the comment that goes with it. */
  readonly sentence?: string;
  /** Markdown lines at the head of the body. */
  readonly notes?: readonly string[];
}

/**
 * Brings an issue up to date: comments first, then the body, whose state says that they were made.
 *
 * So a run that dies between the two makes the same comment again in its plan, finds it by its
 * marker, and goes on to the body.
 */
export function planUpdate(asked: PlanInput, issue: OurIssue, fate: Fate): IssuePlan {
  const input = { ...asked, report: withLongerHistory(asked.report, issue.state) };
  const { report, observed } = input;
  const changes = compare(report, issue);
  const composed = compose(input, issue, fate);
  const fields = changedFields(input, { issue, composed, fate });
  const number = issue.seen.number;
  // Without a difference in the body the comment was made by the run that wrote it.
  const wantsComment =
    (fate.sentence !== undefined || isChange(changes)) && fields.body !== undefined;
  const wantsContinued = composed.continued.length > 0 || (issue.state?.continued ?? 0) > 0;
  const comments = observed.comments.get(number);
  const actions: IssueAction[] = [
    // Before the comment: when that is there, this was done.
    ...assigneeActions(
      input,
      issue,
      wantsComment && !alreadySaid(input, issue) ? changes.added : [],
    ),
    ...(wantsComment ? planChangesComment(input, issue, { changes, fate }) : []),
    ...(wantsContinued ? planContinued(input, number, composed.continued) : []),
    ...labelActions(input, issue),
    ...(Object.keys(fields).length === 0
      ? []
      : [{ kind: "update-issue" as const, issue: number, why: whyOf(fields), fields }]),
  ];
  return {
    actions,
    issue: number,
    notes: storedNote(issue),
    unread: comments === undefined && (wantsComment || wantsContinued) ? number : null,
  };
}

function planChangesComment(
  input: PlanInput,
  issue: OurIssue,
  { changes, fate: { sentence } }: { changes: ReportChanges; fate: Fate },
): IssueAction[] {
  const { report } = input;
  const number = issue.seen.number;
  const purpose = purposeOf(input, issue);
  const said = isChange(changes) ? renderChanges(report, changes, wordingOf(input)) : "";
  const text = [sentence ?? "", said].filter((part) => part !== "").join("\n\n");
  // A run that died after its comment may have opened the issue too: then the sentence that said
  // so is right, though there is no reason any more to say it.
  const there = findComment(input, number, purpose);
  if (sentence === undefined && there?.body.endsWith(`\n\n${said}`) === true) return [];
  return planComment(input, { issue: number, purpose, text, says: changes });
}

function compose({ report, settings, sources }: PlanInput, issue: OurIssue, fate: Fate): Composed {
  return composeBody({
    report,
    name: settings.name,
    defang: settings.defang ?? false,
    sources,
    stored: issue.stored,
    outside: issue.parts,
    // No title is empty, so this one stays somebody's.
    title: titleToWrite(settings, issue, reportDay(report)) ?? issue.state?.title ?? "",
    clearDays: fate.clearDays,
    closedByUs:
      fate.closedByUs ??
      (fate.state === "closed" || (fate.state === undefined && isClosedByUs(issue))),
    notes: fate.notes ?? [],
  });
}

function changedFields(
  { report, settings }: PlanInput,
  { issue, composed, fate }: { issue: OurIssue; composed: Composed; fate: Fate },
): IssueFields {
  const { seen, state, parts } = issue;
  const title = titleToWrite(settings, issue, reportDay(report));
  const same =
    state !== undefined &&
    state.content === composed.state.content &&
    state.day === composed.state.day &&
    state.clearDays === composed.state.clearDays &&
    state.closedByUs === composed.state.closedByUs &&
    state.title === composed.state.title &&
    isUntouched(parts.ours, state);
  return {
    ...(title !== undefined && title !== seen.title && { title }),
    ...(!same && { body: composed.body }),
    ...(fate.state !== undefined && fate.state !== seen.state && stateFields(fate.state)),
  };
}

function stateFields(state: "open" | "closed"): IssueFields {
  return { state, stateReason: state === "closed" ? "completed" : "reopened" };
}

// A title that somebody changed is theirs. Where the state was lost, ours is what we would have
// written on the day that the issue shows.
function titleToWrite(
  settings: PlanInput["settings"],
  { seen, state, day: shown }: OurIssue,
  day: string,
): string | undefined {
  const ours = state?.title ?? (shown === undefined ? undefined : issueTitle(settings, shown));
  return ours === seen.title ? issueTitle(settings, day) : undefined;
}

function isClosedByUs({ seen, state }: OurIssue): boolean {
  return seen.state === "closed" && (state?.closedByUs ?? false);
}

// The same for every run that starts from the same body, however often it is tried.
function purposeOf({ report }: PlanInput, { state, stored }: OurIssue): string {
  const base =
    state === undefined ? stored.kind : digest(`${state.day} ${state.content}`).slice(0, 8);
  return `changes:${reportDay(report)}:${base}`;
}

function alreadySaid(input: PlanInput, issue: OurIssue): boolean {
  return findComment(input, issue.seen.number, purposeOf(input, issue)) !== undefined;
}

function wordingOf({ settings }: PlanInput): ChangesOptions {
  return {
    mentions: (owner) => (settings.notify === "mention" ? loginsOf(settings, owner) : []),
    defang: settings.defang ?? false,
  };
}

function labelActions({ settings }: PlanInput, { seen }: OurIssue): IssueAction[] {
  const [label] = settings.labels;
  return label === undefined || seen.labels.includes(label)
    ? []
    : [{ kind: "add-labels", issue: seen.number, labels: [label] }];
}

function assigneeActions(
  { settings }: PlanInput,
  { seen }: OurIssue,
  added: readonly { readonly owner: string | null }[],
): IssueAction[] {
  const assignees = assigneesOf(settings, added);
  return assignees.length === 0 ? [] : [{ kind: "add-assignees", issue: seen.number, assignees }];
}

function whyOf(fields: IssueFields): string {
  const parts = [
    ...(fields.body === undefined ? [] : ["its text"]),
    ...(fields.title === undefined ? [] : ["its title"]),
    ...(fields.state === undefined ? [] : [fields.state === "closed" ? "close it" : "reopen it"]),
  ];
  return parts.join(", ");
}

function storedNote({ seen, stored }: OurIssue): string[] {
  return stored.kind === "state"
    ? []
    : [`the state in #${seen.number} is ${stored.kind}: history comes from the rollup`];
}
