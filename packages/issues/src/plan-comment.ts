import type { ReportChanges } from "@turnaway/report";
import type { IssueAction } from "./issue-plan.ts";
import { commentMarker, commentPurpose } from "./markers.ts";
import type { CommentSeen } from "./observed.ts";
import type { PlanInput } from "./plan-input.ts";

export interface WantedComment {
  readonly issue: number;
  /** What it is for: there is one comment of ours for each purpose. */
  readonly purpose: string;
  readonly text: string;
  readonly says?: ReportChanges;
}

/** Posts the comment, brings the one that is there up to date, or leaves it as it is. */
export function planComment(
  input: PlanInput,
  { issue, purpose, text, says }: WantedComment,
): IssueAction[] {
  const body = `${commentMarker(input.settings.name, purpose)}\n\n${text}`;
  const there = findComment(input, issue, purpose);
  if (there === undefined) return [{ kind: "create-comment", issue, body, says }];
  return there.body === body ? [] : [{ kind: "update-comment", issue, comment: there.id, body }];
}

/** Our comment for a purpose: by its marker and its author, for anybody can write a marker. */
export function findComment(
  input: PlanInput,
  issue: number,
  purpose: string,
): CommentSeen | undefined {
  return ourComments(input, issue).find((comment) => comment.purpose === purpose)?.seen;
}

/** Comments of ours on an issue, oldest first, as far as they were read. */
export function ourComments(
  { observed, settings }: PlanInput,
  issue: number,
): { readonly seen: CommentSeen; readonly purpose: string }[] {
  return (observed.comments.get(issue) ?? [])
    .filter(({ author }) => author === observed.author)
    .flatMap((seen) => {
      const purpose = commentPurpose(seen.body, settings.name);
      return purpose === undefined ? [] : [{ seen, purpose }];
    });
}
