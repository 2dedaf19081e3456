import { didYouMean, type KeyMute } from "@turnaway/core";
import { isBlankedKey, markdownCode, markdownText } from "@turnaway/report";
import { githubError, isGone, isLocked } from "../github/failures.ts";
import { readComment, readIssue, readViewer } from "../github/github-answers.ts";
import { connectGithub, type GithubAccess, type GithubClient } from "../github/github-client.ts";
import { settle } from "../github/settle.ts";
import { stateKey } from "../issue-state.ts";
import { commentMarker, commentPurpose } from "../markers.ts";
import { ourIssues, type OurIssue } from "../our-issues.ts";
import { readCommentEvent, type MuteComment } from "./comment-event.ts";
import { proposedText, refusedText } from "./mute-texts.ts";
import { parseMuteCommand } from "./parse-command.ts";
import { proposeMute, type Proposed } from "./propose-mute.ts";
import { readMayWrite } from "../github/repository-answers.ts";

export interface MuteRequest {
  /** The event of `issue_comment`, parsed from the file at `GITHUB_EVENT_PATH`. */
  readonly event: unknown;
  readonly access: GithubAccess;
  /** Name of the report, as its issue is marked with. */
  readonly name: string;
  /** Path of `mutes.yml` from the top of the repository. */
  readonly mutesPath: string;
  /** YYYY-MM-DD, where the days of a mute begin to count. */
  readonly today: string;
}

/** What became of the comment; `why` is one line for the log. */
export type MuteOutcome =
  /** Nothing for us, and nobody is told. */
  | { readonly kind: "ignored"; readonly why: string }
  /** Not done, and the person was told: by an answer, or by a reaction alone. */
  | { readonly kind: "refused"; readonly why: string }
  | Proposed;

/**
 * Turns `/mute KEY 30d REASON`, a comment on the report's issue by somebody who may write, into a
 * pull request that changes `mutes.yml`.
 *
 * The comment is hostile until all of this is known. Branch and answer are named after it, so the
 * run may be repeated at any point: there is one branch, one commit, one pull request, one answer.
 * Needs `contents: write`, `pull-requests: write` and `issues: write`.
 *
 * @throws TurnawayError `USAGE` for another event, `GITHUB` with what to do
 */
export async function runMute(request: MuteRequest): Promise<MuteOutcome> {
  const comment = readCommentEvent(request.event);
  const nothing = reasonToIgnore(comment, request);
  if (nothing !== undefined) return { kind: "ignored", why: nothing };
  const client = connectGithub(request.access);
  try {
    return await settle(client, () => answer({ request, client, comment }));
  } catch (error) {
    throw githubError(error, `${request.access.owner}/${request.access.repo}`, TASK);
  }
}

const TASK = {
  what: "the mute could not be proposed",
  permissions: "contents: write, pull-requests: write, issues: write",
};

interface Asked {
  readonly request: MuteRequest;
  readonly client: GithubClient;
  readonly comment: MuteComment;
}

// What the event alone tells, before anybody is asked.
function reasonToIgnore(comment: MuteComment, { today }: MuteRequest): string | undefined {
  if (parseMuteCommand(comment.body, today).kind === "none") return "the comment is no command";
  if (!comment.isNew) return "only a new comment is a command";
  if (comment.isOnPullRequest) return "the comment is on a pull request";
  if (comment.isBot || comment.login === null) return "the comment is no person's";
  return undefined;
}

async function answer(asked: Asked): Promise<MuteOutcome> {
  const { request, client, comment } = asked;
  const author = readViewer(await client.graphql("{ viewer { login } }"));
  const seen = readIssue(
    await client.repeat("GET /repos/{owner}/{repo}/issues/{number}", { number: comment.issue }),
  );
  const [issue] = ourIssues({ author, issues: [seen], comments: new Map() }, request.name);
  if (issue === undefined) return { kind: "ignored", why: "the issue is not of this report" };
  if (!(await mayWrite(asked))) {
    // No answer: anybody could make us write.
    await react(asked, "-1");
    return { kind: "refused", why: "who asks may not write to this repository" };
  }
  const wanted = understand(asked, issue);
  if (typeof wanted === "string") {
    await say(asked, author, refusedText(wanted));
    await react(asked, "confused");
    return { kind: "refused", why: wanted };
  }
  const outcome = await proposeMute(client, {
    mute: wanted,
    path: request.mutesPath,
    issue: comment.issue,
    comment: comment.id,
  });
  await say(asked, author, proposedText(outcome, wanted));
  await react(asked, outcome.kind === "unwritable" ? "confused" : "+1");
  return outcome;
}

/** The mute that is asked for, or why it can't be. */
function understand({ request, comment }: Asked, issue: OurIssue): KeyMute | string {
  const command = parseMuteCommand(comment.body, request.today);
  if (command.kind !== "mute") return command.kind === "wrong" ? command.why : "it is no command";
  const { key, until, reason } = command;
  if (isBlankedKey(key)) {
    return "this report is masked without a key, so that name would mute other findings, too";
  }
  const { state } = issue;
  // Where the issue does not remember all of them, any key may be one.
  if (state !== undefined && state.omitted === 0 && !isKnown(state.findings, key, state.expiring)) {
    const near = didYouMean(key, [...state.findings.keys()]);
    const hint = near === undefined ? "" : ` (${markdownText(near)})`;
    return `${markdownCode(key)} is no open finding of this issue${hint}`;
  }
  return { key, until, reason, owner: comment.login! };
}

function isKnown(
  findings: ReadonlyMap<string, unknown>,
  key: string,
  expiring: ReadonlySet<string>,
): boolean {
  return findings.has(stateKey(key)) || expiring.has(stateKey(key));
}

async function mayWrite({ client, comment }: Asked): Promise<boolean> {
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  return readMayWrite(await client.repeat(route, { username: comment.login }));
}

// Once for each comment: our answer is found by its marker and its author.
async function say(
  { request, client, comment }: Asked,
  author: string,
  text: string,
): Promise<void> {
  const route = "/repos/{owner}/{repo}/issues/{number}/comments";
  const purpose = `mute:${comment.id}`;
  const number = comment.issue;
  const comments = (await client.pages(`GET ${route}`, { number })).map(readComment);
  const isSaid = comments.some(
    (each) => each.author === author && commentPurpose(each.body, request.name) === purpose,
  );
  if (isSaid) return;
  const body = `${commentMarker(request.name, purpose)}\n\n${text}`;
  try {
    readComment(await client.once(`POST ${route}`, { number, body }));
  } catch (error) {
    // Then the reaction says it.
    if (!isLocked(error)) throw error;
  }
}

async function react({ client, comment }: Asked, content: "+1" | "-1" | "confused"): Promise<void> {
  const route = "POST /repos/{owner}/{repo}/issues/comments/{id}/reactions";
  await client.repeat(route, { id: comment.id, content }).catch((error: unknown) => {
    if (!isGone(error) && !isLocked(error)) throw error;
  });
}
