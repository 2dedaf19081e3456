import { RequestError } from "@octokit/request-error";
import { githubError, isLocked, secondsToWait } from "../github/failures.ts";
import { BadAnswer, readComment, readViewer } from "../github/github-answers.ts";
import { connectGithub, type GithubAccess, type GithubClient } from "../github/github-client.ts";
import { settle } from "../github/settle.ts";
import type { CommentSeen } from "../observed.ts";

export interface CommentRequest {
  readonly access: GithubAccess;
  /** Number of the issue or pull request. */
  readonly issue: number;
  /** First line of the comment, an HTML comment: by it and its author it is found again. */
  readonly marker: string;
  /** What follows the marker. */
  readonly text: string;
  /** Whether one is made where there is none; otherwise only the one that is there is changed. */
  readonly isWanted: boolean;
}

export type KeptComment =
  | { readonly kind: "created" | "updated" | "unchanged" | "not-wanted" }
  /** The token may not write here, as that of a pull request from a fork. */
  | { readonly kind: "forbidden"; readonly why: string };

/**
 * Keeps one comment up to date, however often it is run.
 *
 * It is looked for before anything is made, and never made again because an answer was lost. Where
 * two runs raced, the older one stays.
 *
 * @throws TurnawayError `GITHUB`
 */
export async function keepComment(request: CommentRequest): Promise<KeptComment> {
  const client = connectGithub(request.access);
  try {
    return await settle(client, () => keep(client, request));
  } catch (error) {
    if (isForbidden(error)) return { kind: "forbidden", why: error.message };
    const { owner, repo } = request.access;
    throw githubError(error, `${owner}/${repo}#${request.issue}`, TASK);
  }
}

const TASK = { what: "the comment could not be kept", permissions: "pull-requests: write" };

const COMMENTS = "/repos/{owner}/{repo}/issues/{number}/comments";
const COMMENT = "/repos/{owner}/{repo}/issues/comments/{id}";

async function keep(client: GithubClient, request: CommentRequest): Promise<KeptComment> {
  const author = readViewer(await client.graphql("{ viewer { login } }"));
  const listed = await client.pages(`GET ${COMMENTS}`, { number: request.issue });
  const [ours, ...others] = listed.map(readComment).filter(isOurs(author, request));
  for (const { id } of others) await client.repeat(`DELETE ${COMMENT}`, { id });
  const body = `${request.marker}\n\n${request.text}`;
  if (ours === undefined) {
    if (!request.isWanted) return { kind: "not-wanted" };
    const made = await client.once(`POST ${COMMENTS}`, { number: request.issue, body });
    requireText(made, body);
    return { kind: "created" };
  }
  if (isSame(ours.body, body)) return { kind: "unchanged" };
  requireText(await client.repeat(`PATCH ${COMMENT}`, { id: ours.id, body }), body);
  return { kind: "updated" };
}

// Anybody can write a marker, so it proves nothing without the author.
function isOurs(author: string, { marker }: CommentRequest): (comment: CommentSeen) => boolean {
  return (comment) => comment.author === author && comment.body.split(/\r?\n/, 1)[0] === marker;
}

function requireText(answer: unknown, sent: string): void {
  if (!isSame(readComment(answer).body, sent)) {
    throw new BadAnswer("GitHub accepted the text and kept another one");
  }
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(one) === plain(other);
}

function isForbidden(error: unknown): error is RequestError {
  if (!(error instanceof RequestError) || error.status !== 403) return false;
  return isLocked(error) || secondsToWait(error, 1) === undefined;
}
