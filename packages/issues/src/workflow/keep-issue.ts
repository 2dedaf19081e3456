import { githubError } from "../github/failures.ts";
import { readIssue, readViewer } from "../github/github-answers.ts";
import { applyAction } from "../github/apply-action.ts";
import { connectGithub, type GithubAccess, type GithubClient } from "../github/github-client.ts";
import { settle } from "../github/settle.ts";
import type { IssueFields } from "../issue-plan.ts";
import type { IssueSeen } from "../observed.ts";

export interface IssueRequest {
  readonly access: GithubAccess;
  /** First line of the issue, an HTML comment: by it and its author it is found again. */
  readonly marker: string;
  readonly title: string;
  /** What follows the marker; a person's text in the issue is not kept. */
  readonly text: string;
  readonly labels: readonly string[];
  /** Whether there is anything to tell: opens the issue, and without it closes the open one. */
  readonly isOpen: boolean;
}

export interface KeptIssue {
  readonly kind: "created" | "updated" | "reopened" | "closed" | "unchanged" | "not-wanted";
  /** Null where there is none, and none is wanted. */
  readonly number: number | null;
}

/**
 * Keeps one issue about one thing, however often it is run: open while there is something to tell,
 * closed when there is not, and opened again when it is back. What a person closed as not planned
 * stays closed until there is something else to tell.
 *
 * It is looked for before anything is made, and never made again because an answer was lost. Where
 * two runs raced, the older one stays.
 *
 * @throws TurnawayError `GITHUB`: the job needs `issues: write`
 */
export async function keepIssue(request: IssueRequest): Promise<KeptIssue> {
  const client = connectGithub(request.access);
  try {
    return await settle(client, () => keep(client, request));
  } catch (error) {
    const { owner, repo } = request.access;
    const task = { what: "the issue could not be kept", permissions: "issues: write" };
    throw githubError(error, `${owner}/${repo}`, task);
  }
}

async function keep(client: GithubClient, request: IssueRequest): Promise<KeptIssue> {
  const { title, labels, isOpen } = request;
  const body = `${request.marker}\n\n${request.text}`;
  const [ours, ...others] = await findOurs(client, request.marker);
  for (const other of others.filter(({ state }) => state === "open"))
    await change(client, other.number, { state: "closed", stateReason: "duplicate" });
  if (ours === undefined) {
    if (!isOpen) return { kind: "not-wanted", number: null };
    for (const label of labels) await applyAction(client, { kind: "ensure-label", label });
    const made = await applyAction(client, {
      kind: "create-issue",
      title,
      body,
      labels,
      assignees: [],
    });
    return { kind: "created", number: made!.number };
  }
  const { number } = ours;
  const texts = textFields(ours, title, body);
  const isSame = Object.keys(texts).length === 0;
  if (ours.state === "closed" && (!isOpen || (isSame && ours.stateReason === "not_planned")))
    return { kind: "unchanged", number };
  const fields = { ...texts, ...stateFields(ours, isOpen) };
  if (Object.keys(fields).length === 0) return { kind: "unchanged", number };
  await change(client, number, fields);
  if (!isOpen) return { kind: "closed", number };
  return { kind: ours.state === "closed" ? "reopened" : "updated", number };
}

// Anybody can write a marker, so it proves nothing without the author.
async function findOurs(client: GithubClient, marker: string): Promise<IssueSeen[]> {
  const author = readViewer(await client.graphql("{ viewer { login } }"));
  const route = "GET /repos/{owner}/{repo}/issues";
  const listed = await client.pages(route, { creator: author, state: "all" });
  return listed
    .map(readIssue)
    .filter((issue) => !issue.isPullRequest && issue.author === author)
    .filter(({ body }) => body.split(/\r?\n/, 1)[0] === marker)
    .filter(({ stateReason }) => stateReason !== "duplicate")
    .toSorted((a, b) => a.number - b.number);
}

function textFields(ours: IssueSeen, title: string, body: string): IssueFields {
  return {
    ...(ours.title === title ? {} : { title }),
    ...(plain(ours.body) === plain(body) ? {} : { body }),
  };
}

function stateFields({ state }: IssueSeen, isOpen: boolean): IssueFields {
  if (isOpen) return state === "open" ? {} : { state: "open", stateReason: "reopened" };
  return { state: "closed", stateReason: "completed" };
}

async function change(client: GithubClient, issue: number, fields: IssueFields): Promise<void> {
  await applyAction(client, { kind: "update-issue", issue, why: "it is kept", fields });
}

function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}
