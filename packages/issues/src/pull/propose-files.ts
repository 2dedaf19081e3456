import { RequestError } from "@octokit/request-error";

import { readIssue, readViewer } from "../github/github-answers.ts";
import type { GithubClient } from "../github/github-client.ts";
import {
  type CommitSeen,
  type ComparisonSeen,
  type HomeSeen,
  type PullSeen,
  type PullText,
  readComparison,
  readHome,
  readPull,
  readPullText,
} from "../github/repository-answers.ts";
import {
  commitAt,
  type FileChanges,
  headOf,
  makeCommit,
  orMissing,
  treeWith,
} from "./commit-files.ts";

/** Files as they are to be, on a branch of their own. */
export interface ProposedFiles {
  /** The branch is ours alone: by it the pull request is found again. */
  readonly branch: string;
  /** The commit that the files were made from. Default: the head of the default branch */
  readonly base?: string;
  /** What differs from that commit; nothing where there is nothing to propose. */
  readonly files: FileChanges;
  readonly message: string;
  readonly title: string;
  readonly body: string;
}

/** What became of a proposal. */
export type KeptPull =
  | { readonly kind: "created" | "updated" | "unchanged"; readonly pull: PullSeen }
  /** Nothing is left to propose. */
  | { readonly kind: "closed"; readonly pull: PullSeen }
  /** There is nothing to propose, and nothing is open. */
  | { readonly kind: "not-wanted" }
  /** Somebody closed this very proposal. */
  | { readonly kind: "declined"; readonly pull: PullSeen }
  /** Commits of others are on the branch; null for people whom GitHub does not know. */
  | {
      readonly kind: "held";
      readonly by: readonly (string | null)[];
      readonly pull: PullSeen | null;
      readonly compareUrl: string;
    }
  /** The branch is there, but this repository lets no workflow open pull requests. */
  | { readonly kind: "prepared"; readonly compareUrl: string };

/**
 * A branch, a commit and a pull request, each made only when it is missing: done again it finds
 * them, whatever became of the answers.
 */
export async function proposeFiles(
  client: GithubClient,
  proposed: ProposedFiles,
): Promise<KeptPull> {
  const home = readHome(await client.repeat("GET /repos/{owner}/{repo}"));
  const head = await headOf(client, proposed.branch);
  const base = await commitAt(
    client,
    proposed.base ?? (await headOf(client, home.defaultBranch)) ?? home.defaultBranch,
  );
  const wanted = await treeWith(client, base.tree, proposed.files);
  const asked = { client, proposed, home, base, wanted };
  if (head !== undefined) return keepOnBranch(asked, head);
  if (wanted === base.tree) return { kind: "not-wanted" };
  const [last] = await findPulls(client, proposed.branch);
  if (last !== undefined && (await isDeclinedAndGone(asked, last)))
    return { kind: "declined", pull: seen(last) };
  const parents = [base.sha];
  const { sha } = await makeCommit(client, { message: proposed.message, tree: wanted, parents });
  const ref = `refs/heads/${proposed.branch}`;
  await client.once("POST /repos/{owner}/{repo}/git/refs", { ref, sha });
  return openPull(asked);
}

interface Asked {
  readonly client: GithubClient;
  readonly proposed: ProposedFiles;
  readonly home: HomeSeen;
  readonly base: CommitSeen;
  /** The tree of the base with the proposed files in it. */
  readonly wanted: string;
}

async function keepOnBranch(asked: Asked, head: string): Promise<KeptPull> {
  const { client, proposed, base, wanted } = asked;
  const viewer = readViewer(await client.graphql(VIEWER));
  const pulls = await findPulls(client, proposed.branch);
  const open = pulls.find(({ state }) => state === "open");
  const compared = readComparison(await compare(client, base.sha, head));
  const others = compared.authors.filter((author) => author !== viewer);
  if (others.length > 0) {
    const by = [...new Set(others)];
    return { kind: "held", by, pull: open ?? null, compareUrl: compareUrl(asked) };
  }
  if (wanted === base.tree) {
    return open === undefined ? { kind: "not-wanted" } : closePull(client, open);
  }
  const isThere = await hasFiles(asked, { head, compared });
  if (!isThere) await addCommit(asked, { head, compared });
  if (open !== undefined) return updateText(asked, open, { viewer, isThere });
  const [last] = pulls;
  if (isThere && last !== undefined && (await isDeclined(client, last, viewer)))
    return { kind: "declined", pull: seen(last) };
  return openPull(asked);
}

/** All pull requests that were ever made from a branch, the newest first. */
export async function findPulls(client: GithubClient, branch: string): Promise<PullText[]> {
  const head = `${client.access.owner}:${branch}`;
  const found = await client.pages("GET /repos/{owner}/{repo}/pulls", { head, state: "all" });
  return found.map(readPullText).toSorted((a, b) => b.number - a.number);
}

interface Branch {
  readonly head: string;
  readonly compared: ComparisonSeen;
}

// What others changed since the branch began is no reason for another commit.
async function hasFiles(
  { client, proposed, base, wanted }: Asked,
  { head, compared: { mergeBase, ahead } }: Branch,
): Promise<boolean> {
  if (ahead === 0) return false;
  const { tree } = await commitAt(client, head);
  return (
    tree ===
    (mergeBase.tree === base.tree ? wanted : await treeWith(client, mergeBase.tree, proposed.files))
  );
}

// Added to what is there and never put in its place: a push that came between is refused.
async function addCommit(
  { client, proposed, base, wanted }: Asked,
  { head, compared }: Branch,
): Promise<void> {
  const parents = compared.isBehind ? [head, base.sha] : [head];
  const { sha } = await makeCommit(client, { message: proposed.message, tree: wanted, parents });
  const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  await client.once(route, { ref: `heads/${proposed.branch}`, sha, force: false });
}

async function updateText(
  { client, proposed: { title, body } }: Asked,
  open: PullText,
  { viewer, isThere }: { readonly viewer: string; readonly isThere: boolean },
): Promise<KeptPull> {
  const isSame = open.title === title && plain(open.body) === plain(body);
  // What a person opened from the branch says what that person wrote.
  const isOurs = open.author === viewer;
  if (isOurs && !isSame) await changePull(client, open, { title, body });
  return { kind: isThere && (isSame || !isOurs) ? "unchanged" : "updated", pull: seen(open) };
}

async function closePull(client: GithubClient, open: PullText): Promise<KeptPull> {
  await changePull(client, open, { state: "closed" });
  return { kind: "closed", pull: seen(open) };
}

async function changePull(
  client: GithubClient,
  { number }: PullSeen,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const route = "PATCH /repos/{owner}/{repo}/pulls/{number}";
  readPull(await client.repeat(route, { number, ...fields }));
}

// Merged is not declined, nor is what we closed because there was nothing left to propose.
async function isDeclined(client: GithubClient, last: PullText, viewer: string): Promise<boolean> {
  if (last.isMerged) return false;
  const { number } = last;
  const issue = await client.repeat("GET /repos/{owner}/{repo}/issues/{number}", { number });
  return readIssue(issue).closedBy !== viewer;
}

// Whoever closes a pull request often deletes its branch with it.
async function isDeclinedAndGone(asked: Asked, last: PullText): Promise<boolean> {
  if (last.isMerged || last.state === "open") return false;
  const { client, base } = asked;
  const answer = await orMissing(compare(client, base.sha, last.head));
  if (answer === undefined) return false;
  if (!(await hasFiles(asked, { head: last.head, compared: readComparison(answer) }))) return false;
  return isDeclined(client, last, readViewer(await client.graphql(VIEWER)));
}

function compare(client: GithubClient, base: string, head: string): Promise<unknown> {
  const route = "GET /repos/{owner}/{repo}/compare/{range}";
  return client.repeat(route, { range: `${base}...${head}` });
}

const VIEWER = "{ viewer { login } }";

async function openPull(asked: Asked): Promise<KeptPull> {
  const { client, proposed, home } = asked;
  try {
    const answer = await client.once("POST /repos/{owner}/{repo}/pulls", {
      title: proposed.title,
      body: proposed.body,
      head: proposed.branch,
      base: home.defaultBranch,
    });
    return { kind: "created", pull: readPull(answer) };
  } catch (error) {
    if (!isForbiddenToWorkflows(error)) throw error;
    return { kind: "prepared", compareUrl: compareUrl(asked) };
  }
}

function compareUrl({ home, proposed }: Asked): string {
  const range = `${encodeURIComponent(home.defaultBranch)}...${encodeURIComponent(proposed.branch)}`;
  return `${home.url}/compare/${range}?expand=1`;
}

function seen({ number, url }: PullText): PullSeen {
  return { number, url };
}

function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

function isForbiddenToWorkflows(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status === 403 &&
    /not permitted to create or approve pull requests/i.test(error.message)
  );
}
