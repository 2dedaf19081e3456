import { createHash } from "node:crypto";

/** A pull request beyond its issue. */
export interface StoredPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  merged: boolean;
}

export interface StoredReaction {
  readonly comment: number;
  readonly login: string;
  readonly content: string;
}

/** A commit; the same commit made twice is the same. */
export interface StoredCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Login of who made it. */
  readonly author: string;
}

/** Files by path. */
export type StoredFiles = Map<string, string>;

type Permission = "admin" | "write" | "read" | "none";

/** Branches with their files and commits, pull requests, reactions, and who may do what. */
export class RepositoryContent {
  /**
   * Files by path, by branch. A test that changes them here commits as `kim` did, at the next
   * look at the branch.
   */
  readonly branches = new Map<string, StoredFiles>([["main", new Map()]]);
  /** What was committed through the interface. */
  readonly commits: { readonly branch: string; readonly message: string }[] = [];
  readonly pulls: StoredPull[] = [];
  readonly reactions: StoredReaction[] = [];
  /** Who is not here may read. */
  readonly permissions = new Map<string, Permission>([
    ["kim", "write"],
    ["lee", "admin"],
  ]);
  /** The repository's setting that lets a workflow open pull requests. */
  workflowsMayOpenPulls = true;
  private readonly heads = new Map<string, string>();
  private readonly trees = new Map<string, ReadonlyMap<string, string>>();
  private readonly made = new Map<string, StoredCommit>();

  clone(): RepositoryContent {
    const copy = new RepositoryContent();
    copy.branches.clear();
    for (const [name, files] of this.branches) copy.branches.set(name, new Map(files));
    copy.commits.push(...this.commits);
    copy.pulls.push(...structuredClone(this.pulls));
    copy.reactions.push(...this.reactions);
    for (const [login, permission] of this.permissions) copy.permissions.set(login, permission);
    copy.workflowsMayOpenPulls = this.workflowsMayOpenPulls;
    for (const [branch, sha] of this.heads) copy.heads.set(branch, sha);
    for (const [sha, files] of this.trees) copy.trees.set(sha, files);
    for (const [sha, commit] of this.made) copy.made.set(sha, commit);
    return copy;
  }

  /** The commit that a branch is at; a branch made from another one is at the same. */
  shaOf(branch: string): string | undefined {
    const files = this.branches.get(branch);
    if (files === undefined) return undefined;
    const tree = this.addTree(files);
    const head = this.heads.get(branch);
    if (head !== undefined && this.commit(head)?.tree === tree) return head;
    const parents = head === undefined ? [] : [head];
    const { sha } = this.addCommit({ tree, parents, message: "edited", author: "kim" });
    this.heads.set(branch, sha);
    return sha;
  }

  /** The same of a branch that was deleted since: where it was. */
  lastShaOf(branch: string): string | undefined {
    return this.shaOf(branch) ?? this.heads.get(branch);
  }

  /** Lets a branch be at a commit, whether it was there or not. */
  setBranch(branch: string, { sha, tree, message }: StoredCommit): void {
    const isNew = [...this.branches.keys()].every((name) => !this.historyOf(name).has(sha));
    this.heads.set(branch, sha);
    this.branches.set(branch, new Map(this.trees.get(tree)));
    if (isNew) this.commits.push({ branch, message });
  }

  tree(sha: string): ReadonlyMap<string, string> | undefined {
    return this.trees.get(sha);
  }

  commit(sha: string): StoredCommit | undefined {
    return this.made.get(sha);
  }

  addTree(files: ReadonlyMap<string, string>): string {
    const sha = sha1(JSON.stringify([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))));
    if (!this.trees.has(sha)) this.trees.set(sha, new Map(files));
    return sha;
  }

  addCommit(commit: Omit<StoredCommit, "sha">): StoredCommit {
    const stored = { sha: sha1(JSON.stringify(commit)), ...commit };
    this.made.set(stored.sha, stored);
    return stored;
  }

  /** Commits that lead to a commit, the commit among them, the nearest first. */
  ancestorsOf(sha: string): ReadonlyMap<string, StoredCommit> {
    const found = new Map<string, StoredCommit>();
    const queue = [sha];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const commit = this.commit(next);
      if (commit === undefined || found.has(next)) continue;
      found.set(next, commit);
      queue.push(...commit.parents);
    }
    return found;
  }

  private historyOf(branch: string): ReadonlyMap<string, StoredCommit> {
    const head = this.shaOf(branch);
    return head === undefined ? new Map() : this.ancestorsOf(head);
  }
}

/** As git names a file's content. */
export function blobSha(text: string): string {
  return sha1(`blob ${Buffer.byteLength(text)}\0${text}`);
}

export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
