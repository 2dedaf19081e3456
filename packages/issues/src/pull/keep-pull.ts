import { githubError } from "../github/failures.ts";
import { connectGithub, type GithubAccess } from "../github/github-client.ts";
import { settle } from "../github/settle.ts";
import { type KeptPull, proposeFiles, type ProposedFiles } from "./propose-files.ts";

export interface PullRequest extends ProposedFiles {
  readonly access: GithubAccess;
}

/**
 * Keeps one pull request that changes files, however often it is run: opened when there is
 * something to propose, brought up to date, and closed when there is nothing left. It is found
 * again by its branch, to which commits are only ever added; commits of other people on it are
 * left alone, and so is a pull request that somebody closed, until there is something else to
 * propose.
 *
 * @throws TurnawayError `GITHUB`: the job needs `contents: write` and `pull-requests: write`
 */
export async function keepPull({ access, ...proposed }: PullRequest): Promise<KeptPull> {
  const client = connectGithub(access);
  try {
    return await settle(client, () => proposeFiles(client, proposed));
  } catch (error) {
    throw githubError(error, `${access.owner}/${access.repo}`, TASK);
  }
}

const TASK = {
  what: "the pull request could not be kept",
  permissions: "contents: write, pull-requests: write",
};
