import type { IssueSeen, Observed } from "./observed.ts";
import { readState, type IssueState, type StoredState } from "./issue-state.ts";
import { bodyDay, splitBody, type MarkedBody } from "./markers.ts";

/** An issue that shows a report of ours, with what its body says. */
export interface OurIssue {
  readonly seen: IssueSeen;
  readonly parts: MarkedBody;
  readonly stored: StoredState;
  /** Undefined where the state is missing or damaged. */
  readonly state: IssueState | undefined;
  /** Day of the report that it shows; undefined when all trace of it was lost. */
  readonly day: string | undefined;
}

/**
 * The issues of a report, lowest number first: marker and author both have to fit.
 *
 * Anybody can write a marker, so a marker alone proves nothing; a pull request is never ours. Nor
 * is any more what we closed as a duplicate, even where GitHub kept its text.
 */
export function ourIssues({ issues, author }: Observed, name: string): OurIssue[] {
  return issues
    .filter((issue) => !issue.isPullRequest && issue.author === author)
    .filter(({ stateReason, closedBy }) => stateReason !== "duplicate" || closedBy !== author)
    .flatMap((seen) => {
      const parts = splitBody(seen.body, name);
      return parts === undefined ? [] : [ourIssue(seen, parts)];
    })
    .sort((a, b) => a.seen.number - b.seen.number);
}

function ourIssue(seen: IssueSeen, parts: MarkedBody): OurIssue {
  const stored = readState(parts.ours);
  const state = stored.kind === "state" ? stored.state : undefined;
  return { seen, parts, stored, state, day: state?.day ?? bodyDay(parts.ours) };
}
