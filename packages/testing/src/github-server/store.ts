import { RepositoryContent } from "./repository-content.ts";

/** Who sends a request, by token. */
export interface GithubAccount {
  readonly login: string;
  readonly type: "User" | "Bot";
  /** `write`: may create and label; `comment`: issues only, its labels are dropped; `read`. */
  readonly access: "write" | "comment" | "read";
}

export interface StoredIssue {
  readonly number: number;
  readonly author: GithubAccount;
  readonly createdAt: string;
  readonly isPullRequest: boolean;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  labels: string[];
  assignees: string[];
  locked: boolean;
  updatedAt: string;
  closedAt: string | null;
  closedBy: GithubAccount | null;
}

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly author: GithubAccount;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
}

export interface StoredLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** A run of a workflow. */
export interface StoredRun {
  /** Name of its file. */
  readonly workflow: string;
  readonly event: string;
  /** Null while it runs. */
  readonly conclusion: "success" | "failure" | "cancelled" | null;
  readonly createdAt: string;
}

export interface StoredRepository {
  readonly owner: string;
  readonly name: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  /** Logins that can be assigned. */
  readonly collaborators: string[];
}

/** Everything the server remembers. Tests read it, and change it as a person at the site would. */
export class GithubStore {
  readonly repository: StoredRepository;
  readonly issues: StoredIssue[] = [];
  readonly comments: StoredComment[] = [];
  readonly labels: StoredLabel[] = [];
  readonly runs: StoredRun[] = [];
  /** Files, branches, pull requests; a copy has its own. */
  content = new RepositoryContent();
  /** Time of everything that happens; a test moves it. */
  now = "2026-11-20T08:00:00Z";
  private lastCommentId = 1000;

  constructor(repository: Partial<StoredRepository> = {}) {
    this.repository = {
      owner: "octo",
      name: "network",
      private: true,
      archived: false,
      hasIssues: true,
      collaborators: ["kim", "lee"],
      ...repository,
    };
  }

  /** A copy to go on from, so that what came before happens once for many runs. */
  clone(): GithubStore {
    const copy = new GithubStore(structuredClone(this.repository));
    copy.issues.push(...structuredClone(this.issues));
    copy.comments.push(...structuredClone(this.comments));
    copy.labels.push(...structuredClone(this.labels));
    copy.runs.push(...this.runs);
    copy.content = this.content.clone();
    copy.now = this.now;
    copy.lastCommentId = this.lastCommentId;
    return copy;
  }

  addIssue(
    author: GithubAccount,
    fields: Pick<StoredIssue, "title"> & Partial<Omit<StoredIssue, "number" | "author">>,
  ): StoredIssue {
    const issue: StoredIssue = {
      number: (this.issues.at(-1)?.number ?? 0) + 1,
      author,
      createdAt: this.now,
      isPullRequest: false,
      body: null,
      state: "open",
      stateReason: null,
      labels: [],
      assignees: [],
      locked: false,
      updatedAt: this.now,
      closedAt: null,
      closedBy: null,
      ...fields,
    };
    for (const label of issue.labels) this.ensureLabel(label);
    this.issues.push(issue);
    return issue;
  }

  issue(number: number): StoredIssue | undefined {
    return this.issues.find((issue) => issue.number === number);
  }

  setState(
    issue: StoredIssue,
    by: GithubAccount,
    state: StoredIssue["state"],
    reason: StoredIssue["stateReason"] = null,
  ): void {
    if (state === "closed") {
      if (issue.state === "open") issue.closedAt = this.now;
      issue.closedBy = by;
      issue.stateReason = reason ?? "completed";
    } else if (issue.state === "closed") {
      issue.closedAt = null;
      issue.closedBy = null;
      issue.stateReason = "reopened";
    }
    issue.state = state;
    issue.updatedAt = this.now;
  }

  addComment(author: GithubAccount, issue: StoredIssue, body: string): StoredComment {
    this.lastCommentId += 1;
    const comment: StoredComment = {
      id: this.lastCommentId,
      issue: issue.number,
      author,
      createdAt: this.now,
      body,
      updatedAt: this.now,
    };
    this.comments.push(comment);
    issue.updatedAt = this.now;
    return comment;
  }

  commentsOf(number: number): StoredComment[] {
    return this.comments.filter((comment) => comment.issue === number);
  }

  ensureLabel(name: string): void {
    if (this.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) return;
    this.labels.push({ name, color: "ededed", description: null });
  }
}
