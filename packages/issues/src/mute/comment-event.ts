import { TurnawayError } from "@turnaway/core";
import { z } from "zod";

/** The comment that a run was started by. */
export interface MuteComment {
  readonly id: number;
  readonly issue: number;
  readonly isOnPullRequest: boolean;
  /** Null for an account that was deleted. */
  readonly login: string | null;
  readonly isBot: boolean;
  /** As it was when it was made: a later edit is no command. */
  readonly body: string;
  readonly isNew: boolean;
}

/**
 * Reads the event of `issue_comment`, as `GITHUB_EVENT_PATH` holds it.
 *
 * @throws TurnawayError `USAGE` when it is the event of something else
 */
export function readCommentEvent(event: unknown): MuteComment {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) {
    throw new TurnawayError("USAGE", {
      what: "no comment to read",
      where: "event",
      why: "this run was not started by a comment on an issue",
      fix: "start the workflow with `on: { issue_comment: { types: [created] } }`",
    });
  }
  const { action, issue, comment } = parsed.data;
  return {
    id: comment.id,
    issue: issue.number,
    isOnPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
    login: comment.user?.login ?? null,
    isBot: comment.user?.type !== "User",
    body: comment.body ?? "",
    isNew: action === "created",
  };
}

const eventSchema = z.object({
  action: z.string(),
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  comment: z.object({
    id: z.number().int().positive(),
    body: z.string().nullish(),
    user: z.object({ login: z.string().min(1), type: z.string() }).nullish(),
  }),
});
