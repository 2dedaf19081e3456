import { isGone } from "../github/failures.ts";
import type { GithubClient } from "../github/github-client.ts";
import {
  type CommitSeen,
  readCommit,
  readPaths,
  readSha,
  readTree,
} from "../github/repository-answers.ts";

/** Files by path from the top of the repository; null deletes one. */
export type FileChanges = Readonly<Record<string, string | null>>;

/** The tree of a commit with other files in it: the same files make the same tree. */
export async function treeWith(
  client: GithubClient,
  base: string,
  files: FileChanges,
): Promise<string> {
  const gone = Object.keys(files).filter((path) => files[path] === null);
  // GitHub refuses to delete what is not there.
  const paths = gone.length === 0 ? null : await pathsIn(client, base);
  const tree = Object.entries(files)
    .filter(([path, text]) => text !== null || (paths?.has(path) ?? true))
    .map(([path, text]) => ({
      path,
      mode: "100644",
      type: "blob",
      ...(text === null ? { sha: null } : { content: text }),
    }));
  if (tree.length === 0) return base;
  const made = { base_tree: base, tree };
  return readTree(await client.repeat("POST /repos/{owner}/{repo}/git/trees", made));
}

/** A commit that no branch has yet: made twice it does no harm. */
export async function makeCommit(
  client: GithubClient,
  commit: {
    readonly message: string;
    readonly tree: string;
    readonly parents: readonly string[];
  },
): Promise<CommitSeen> {
  const route = "POST /repos/{owner}/{repo}/git/commits";
  return readCommit(await client.repeat(route, { ...commit }));
}

export async function commitAt(client: GithubClient, sha: string): Promise<CommitSeen> {
  const route = "GET /repos/{owner}/{repo}/git/commits/{sha}";
  return readCommit(await client.repeat(route, { sha }));
}

/** The commit that a branch is at; undefined where there is no such branch. */
export async function headOf(client: GithubClient, branch: string): Promise<string | undefined> {
  const route = "GET /repos/{owner}/{repo}/git/ref/{ref}";
  const answer = await orMissing(client.repeat(route, { ref: `heads/${branch}` }));
  return answer === undefined ? undefined : readSha(answer);
}

/** The answer, or undefined where there is no such thing. */
export function orMissing(asked: Promise<unknown>): Promise<unknown> {
  return asked.catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
}

async function pathsIn(client: GithubClient, tree: string): Promise<ReadonlySet<string> | null> {
  const route = "GET /repos/{owner}/{repo}/git/trees/{tree}";
  return readPaths(await client.repeat(route, { tree, recursive: "1" }));
}
