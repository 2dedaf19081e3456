import { muteInFile, TurnawayError, type KeyMute } from "@turnaway/core";
import { RequestError } from "@octokit/request-error";
import { isGone } from "../github/failures.ts";
import type { GithubClient } from "../github/github-client.ts";
import { commitText, pullText } from "./mute-texts.ts";
import {
  readFile,
  readHome,
  readPull,
  readSha,
  type FileSeen,
  type HomeSeen,
  type PullSeen,
} from "./repository-answers.ts";

export interface Proposal {
  readonly mute: KeyMute;
  /** Path of `mutes.yml` in the repository. */
  readonly path: string;
  readonly issue: number;
  readonly comment: number;
}

/** What became of a proposal. */
export type Proposed =
  | { readonly kind: "proposed"; readonly pull: PullSeen }
  /** The branch is there, but this repository lets no workflow open pull requests. */
  | { readonly kind: "prepared"; readonly compareUrl: string }
  /** Muted as long already. */
  | { readonly kind: "unchanged"; readonly until: string }
  /** The file can't take it. */
  | { readonly kind: "unwritable"; readonly why: string };

/**
 * A branch of the comment's own, a commit and a pull request, each made only when it is missing:
 * done again it finds them, whatever became of the answers.
 */
export async function proposeMute(client: GithubClient, proposal: Proposal): Promise<Proposed> {
  const branch = `turnaway/mute-${proposal.comment}`;
  const pull = await findPull(client, branch);
  if (pull !== undefined) return { kind: "proposed", pull };
  const home = readHome(await client.repeat("GET /repos/{owner}/{repo}"));
  try {
    const unchanged = await commitMute(client, proposal, { branch, home });
    if (unchanged !== undefined) return unchanged;
  } catch (error) {
    if (!(error instanceof TurnawayError && error.code === "CONFIG")) throw error;
    return { kind: "unwritable", why: error.message };
  }
  return openPull(client, proposal, { branch, home });
}

interface Place {
  readonly branch: string;
  readonly home: HomeSeen;
}

async function findPull(client: GithubClient, branch: string): Promise<PullSeen | undefined> {
  const { owner } = client.access;
  const head = `${owner}:${branch}`;
  const found = await client.pages("GET /repos/{owner}/{repo}/pulls", { head, state: "all" });
  return found.map(readPull)[0];
}

async function commitMute(
  client: GithubClient,
  { mute, path, issue }: Proposal,
  { branch, home }: Place,
): Promise<Proposed | undefined> {
  const hasBranch = (await headOf(client, branch)) !== undefined;
  const file = await readMutes(client, path, hasBranch ? branch : home.defaultBranch);
  const { text, change, until } = muteInFile(file?.text ?? "", path, mute);
  if (change === "none") return hasBranch ? undefined : { kind: "unchanged", until };
  if (!hasBranch) {
    const sha = await headOf(client, home.defaultBranch);
    await client.once("POST /repos/{owner}/{repo}/git/refs", { ref: `refs/heads/${branch}`, sha });
  }
  await client.once("PUT /repos/{owner}/{repo}/contents/{path}", {
    path,
    branch,
    message: commitText(mute, issue),
    content: Buffer.from(text).toString("base64"),
    ...(file !== undefined && { sha: file.sha }),
  });
  return undefined;
}

async function openPull(
  client: GithubClient,
  { mute, issue }: Proposal,
  { branch, home }: Place,
): Promise<Proposed> {
  try {
    const answer = await client.once("POST /repos/{owner}/{repo}/pulls", {
      ...pullText(mute, issue),
      head: branch,
      base: home.defaultBranch,
    });
    return { kind: "proposed", pull: readPull(answer) };
  } catch (error) {
    if (!isForbiddenToWorkflows(error)) throw error;
    const range = `${encodeURIComponent(home.defaultBranch)}...${encodeURIComponent(branch)}`;
    return { kind: "prepared", compareUrl: `${home.url}/compare/${range}?expand=1` };
  }
}

async function readMutes(
  client: GithubClient,
  path: string,
  ref: string,
): Promise<FileSeen | undefined> {
  const route = "GET /repos/{owner}/{repo}/contents/{path}";
  const answer = await orMissing(client.repeat(route, { path, ref }));
  return answer === undefined ? undefined : readFile(answer);
}

async function headOf(client: GithubClient, branch: string): Promise<string | undefined> {
  const route = "GET /repos/{owner}/{repo}/git/ref/{ref}";
  const answer = await orMissing(client.repeat(route, { ref: `heads/${branch}` }));
  return answer === undefined ? undefined : readSha(answer);
}

function orMissing(asked: Promise<unknown>): Promise<unknown> {
  return asked.catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
}

function isForbiddenToWorkflows(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status === 403 &&
    /not permitted to create or approve pull requests/i.test(error.message)
  );
}
