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

type Permission = "admin" | "write" | "read" | "none";

/** Branches with their files, pull requests, reactions, and who may do what. */
export class RepositoryContent {
  /** Files by path, by branch. Every write is a commit. */
  readonly branches = new Map<string, Map<string, string>>([["main", new Map()]]);
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

  clone(): RepositoryContent {
    const copy = new RepositoryContent();
    copy.branches.clear();
    for (const [name, files] of this.branches) copy.branches.set(name, new Map(files));
    copy.commits.push(...this.commits);
    copy.pulls.push(...structuredClone(this.pulls));
    copy.reactions.push(...this.reactions);
    for (const [login, permission] of this.permissions) copy.permissions.set(login, permission);
    copy.workflowsMayOpenPulls = this.workflowsMayOpenPulls;
    return copy;
  }

  /** The commit that a branch is at; a branch made from another one is at the same. */
  shaOf(branch: string): string | undefined {
    const files = this.branches.get(branch);
    return files === undefined
      ? undefined
      : sha1(JSON.stringify([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))));
  }
}

/** As git names a file's content. */
export function blobSha(text: string): string {
  return sha1(`blob ${Buffer.byteLength(text)}\0${text}`);
}

export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
