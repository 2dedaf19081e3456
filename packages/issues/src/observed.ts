/** What is on GitHub, as far as a plan depends on it. */
export interface Observed {
  /** Login that this run acts as: only its issues and comments are ours. */
  readonly author: string;
  /** Every issue that was listed, pull requests and other people's included. */
  readonly issues: readonly IssueSeen[];
  /** Comments by issue, for those that were read. */
  readonly comments: ReadonlyMap<number, readonly CommentSeen[]>;
}

export interface IssueSeen {
  readonly number: number;
  readonly url: string;
  readonly author: string | null;
  readonly isPullRequest: boolean;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly stateReason: string | null;
  /** ISO 8601 UTC; null while open. */
  readonly closedAt: string | null;
  /** Login; null while open, and where GitHub does not say. */
  readonly closedBy: string | null;
  readonly labels: readonly string[];
}

export interface CommentSeen {
  readonly id: number;
  readonly author: string | null;
  readonly body: string;
}
