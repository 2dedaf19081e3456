import { ok, refused, type GithubAnswer } from "./answer.ts";
import { commitShape, gitCommitShape, refShape } from "./git-shapes.ts";
import { blobSha, type StoredCommit } from "./repository-content.ts";
import type { Call } from "./route.ts";

export function getRef({ store, parameters, api }: Call): GithubAnswer {
  const branch = parameters[0]!.replace(/^heads\//, "");
  const sha = store.content.shaOf(branch);
  return sha === undefined
    ? refused(404, "Not Found")
    : ok(refShape({ store, api }, { branch, sha }));
}

/** A new branch; one that is there already is left as it is. */
export function createRef({ store, request, api }: Call): GithubAnswer {
  const { ref, sha } = request.body ?? {};
  const [, branch] = /^refs\/heads\/(.+)$/.exec(String(ref)) ?? [];
  if (branch === undefined) return refused(422, "Reference name must start with 'refs/'.");
  const { content } = store;
  if (content.branches.has(branch)) return refused(422, "Reference already exists");
  const commit = commitFor(store, String(sha));
  if (commit === undefined) return refused(422, "Object does not exist");
  content.setBranch(branch, commit);
  return ok(refShape({ store, api }, { branch, sha: commit.sha }), 201);
}

/** Moves a branch, without `force` only to a commit that has all of it. */
export function updateRef({ store, request, parameters, api }: Call): GithubAnswer {
  const branch = parameters[0]!.replace(/^heads\//, "");
  const { sha, force } = request.body ?? {};
  const { content } = store;
  const head = content.shaOf(branch);
  const commit = commitFor(store, String(sha));
  if (head === undefined) return refused(422, "Reference does not exist");
  if (commit === undefined) return refused(422, "Object does not exist");
  if (force !== true && !content.ancestorsOf(commit.sha).has(head)) {
    return refused(422, "Update is not a fast forward");
  }
  content.setBranch(branch, commit);
  return ok(refShape({ store, api }, { branch, sha: commit.sha }));
}

export function getCommit({ store, parameters, api }: Call): GithubAnswer {
  const commit = commitFor(store, parameters[0]!);
  return commit === undefined
    ? refused(404, "Not Found")
    : ok(gitCommitShape({ store, api }, commit));
}

/** A commit that no branch has yet. */
export function createCommit({ store, request, account, api }: Call): GithubAnswer {
  const { message, tree, parents = [] } = request.body ?? {};
  const above = (parents as string[]).map((sha) => commitFor(store, sha));
  if (store.content.tree(String(tree)) === undefined || above.includes(undefined)) {
    return refused(422, "Tree SHA or parent SHA does not exist");
  }
  const commit = store.content.addCommit({
    tree: String(tree),
    parents: parents as string[],
    message: String(message),
    author: account.login,
  });
  return ok(gitCommitShape({ store, api }, commit), 201);
}

export function getTree({ store, request, parameters, api }: Call): GithubAnswer {
  const sha = parameters[0]!;
  const files = store.content.tree(sha);
  if (files === undefined) return refused(404, "Not Found");
  if (request.query.get("recursive") === null) return refused(501, "Only recursive here");
  return ok(treeShape(api, sha, files));
}

/** The tree that it is based on, with files written and deleted. */
export function createTree({ store, request, api }: Call): GithubAnswer {
  const { base_tree: base, tree = [] } = request.body ?? {};
  const { content } = store;
  const before = typeof base === "string" ? content.tree(base) : new Map<string, string>();
  if (before === undefined) return refused(404, "Not Found");
  const files = new Map(before);
  const entries = tree as { path: string; content?: string; sha?: string | null }[];
  if (entries.length === 0) return refused(422, "Invalid tree info");
  for (const { path, content: text, sha } of entries) {
    if (text !== undefined) files.set(path, text);
    else if (sha !== null) return refused(501, "Only texts and deletions here");
    else if (!files.delete(path)) return refused(422, "GitRPC::BadObjectState");
  }
  const sha = content.addTree(files);
  return ok(treeShape(api, sha, files), 201);
}

/** What the second of two commits has beside the first. */
export function compareCommits({ store, parameters, api }: Call): GithubAnswer {
  const { content } = store;
  const [base, head] = parameters[0]!.split("...").map((sha) => commitFor(store, sha));
  if (base === undefined || head === undefined) return refused(404, "Not Found");
  const ours = content.ancestorsOf(head.sha);
  const theirs = content.ancestorsOf(base.sha);
  const mergeBase = [...ours.values()].find(({ sha }) => theirs.has(sha));
  if (mergeBase === undefined) return refused(404, "No common ancestor");
  const ahead = [...ours.values()].filter(({ sha }) => !theirs.has(sha)).toReversed();
  const behind = [...theirs.keys()].filter((sha) => !ours.has(sha)).length;
  const shape = (commit: StoredCommit) => commitShape({ store, api }, commit);
  const site = `https://github.com/${store.repository.owner}/${store.repository.name}/compare/${parameters[0]!}`;
  return ok({
    url: `${api}/compare`,
    html_url: site,
    permalink_url: site,
    diff_url: `${site}.diff`,
    patch_url: `${site}.patch`,
    base_commit: shape(base),
    merge_base_commit: shape(mergeBase),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: ahead.map(shape),
    files: [],
  });
}

function statusOf(ahead: number, behind: number): string {
  if (behind > 0) return ahead > 0 ? "diverged" : "behind";
  return ahead > 0 ? "ahead" : "identical";
}

// A branch's own commit exists once somebody has looked at the branch.
function commitFor(store: Call["store"], sha: string): StoredCommit | undefined {
  for (const branch of store.content.branches.keys()) store.content.shaOf(branch);
  return store.content.commit(sha);
}

function treeShape(api: string, sha: string, files: ReadonlyMap<string, string>): object {
  return {
    sha,
    url: `${api}/git/trees/${sha}`,
    truncated: false,
    tree: [...files].map(([path, text]) => ({
      path,
      mode: "100644",
      type: "blob",
      sha: blobSha(text),
      size: Buffer.byteLength(text),
      url: `${api}/git/blobs/${blobSha(text)}`,
    })),
  };
}
