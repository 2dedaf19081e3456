import type { IssueAction } from "./issue-plan.ts";
import { ourComments, planComment } from "./plan-comment.ts";
import type { PlanInput } from "./plan-input.ts";

/** The comments that continue a full body: brought up to date in place, and no more than needed. */
export function planContinued(
  input: PlanInput,
  issue: number,
  texts: readonly string[],
): IssueAction[] {
  const wanted = texts.flatMap((text, index) =>
    planComment(input, {
      issue,
      purpose: purposeOf(index),
      text: `_The report goes on, ${index + 1} of ${texts.length}_\n\n${text}`,
    }),
  );
  const purposes = new Set(texts.map((_, index) => purposeOf(index)));
  const extra = ourComments(input, issue).filter(
    ({ purpose }) => purpose.startsWith(PREFIX) && !purposes.has(purpose),
  );
  return [
    ...wanted,
    ...extra.map(({ seen }) => ({ kind: "delete-comment" as const, issue, comment: seen.id })),
  ];
}

const PREFIX = "continued:";

function purposeOf(index: number): string {
  return `${PREFIX}${index + 1}`;
}
