import type { IssueAction } from "./issue-plan.ts";
import { dayMarker, joinBody, reportMarker, retiredMarker } from "./markers.ts";
import type { OurIssue } from "./our-issues.ts";

/**
 * Closes the later one of two issues that a race made. Its marker changes in the same request,
 * so it is never found as the report again.
 */
export function retireDuplicate(
  { seen, parts }: OurIssue,
  name: string,
  original: number,
): IssueAction {
  const ours = parts.ours.replace(
    reportMarker(name),
    `${retiredMarker(name)}\n\n> Duplicate of #${original}.\n`,
  );
  return {
    kind: "update-issue",
    issue: seen.number,
    why: `close it as a duplicate of #${original}`,
    fields: { body: joinBody({ ...parts, ours }), state: "closed", stateReason: "duplicate" },
  };
}

/** Closes the issue of an earlier day, with a link to the one that took over. */
export function supersede({ seen, parts, day }: OurIssue, by: number): IssueAction {
  const said = `> ${supersededText(by)}`;
  const isSaid = day === undefined || parts.ours.includes(`\n${said}\n`);
  const ours = isSaid
    ? parts.ours
    : parts.ours.replace(dayMarker(day), `${dayMarker(day)}\n\n${said}`);
  return {
    kind: "update-issue",
    issue: seen.number,
    why: `close it, superseded by #${by}`,
    fields: { body: joinBody({ ...parts, ours }), state: "closed", stateReason: "completed" },
  };
}

export function supersededText(by: number): string {
  return `Superseded by #${by}.`;
}
