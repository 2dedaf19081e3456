import { z } from "zod";
import type { CommentSeen, IssueSeen } from "../observed.ts";

/** An answer that is not what GitHub sends: cut, from a proxy, or with other text than was sent. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
}

/** What the listing and every write of an issue answer. */
export function readIssue(answer: unknown): IssueSeen {
  const issue = parseAnswer(issueSchema, answer, "an issue");
  return {
    number: issue.number,
    url: issue.html_url,
    author: issue.user?.login ?? null,
    isPullRequest: issue.pull_request !== undefined,
    title: issue.title,
    body: issue.body ?? "",
    state: issue.state,
    stateReason: issue.state_reason ?? null,
    closedAt: issue.closed_at ?? null,
    closedBy: issue.closed_by?.login ?? null,
    labels: issue.labels.flatMap((label) =>
      typeof label === "string" ? label : (label.name ?? []),
    ),
  };
}

export function readComment(answer: unknown): CommentSeen {
  const comment = parseAnswer(commentSchema, answer, "a comment");
  return { id: comment.id, author: comment.user?.login ?? null, body: comment.body ?? "" };
}

export interface RepositorySeen {
  readonly isPublic: boolean;
  readonly isArchived: boolean;
}

export function readRepository(answer: unknown): RepositorySeen {
  const repository = parseAnswer(repositorySchema, answer, "a repository");
  return { isPublic: !repository.private, isArchived: repository.archived };
}

export function readViewer(answer: unknown): string {
  return parseAnswer(viewerSchema, answer, "the current user").viewer.login;
}

// An account that was deleted is null.
const user = z.object({ login: z.string() }).nullish();

const issueSchema = z.object({
  number: z.number().int(),
  html_url: z.string(),
  user,
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]),
  state_reason: z.string().nullish(),
  closed_at: z.string().nullish(),
  closed_by: user,
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  pull_request: z.unknown().optional(),
});

const commentSchema = z.object({ id: z.number().int(), user, body: z.string().nullish() });
const repositorySchema = z.object({ private: z.boolean(), archived: z.boolean() });
const viewerSchema = z.object({ viewer: z.object({ login: z.string().min(1) }) });

/** What the schema makes of an answer; what it does not know is no answer of GitHub's. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadAnswer(
    `the answer is not ${what}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  );
}
