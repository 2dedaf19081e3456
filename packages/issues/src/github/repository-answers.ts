import { z } from "zod";
import { parseAnswer } from "./github-answers.ts";

/** A pull request, open or not. */
export interface PullSeen {
  readonly number: number;
  readonly url: string;
}

/** The same with what it says, and who says it. */
export interface PullText extends PullSeen {
  readonly author: string | null;
  readonly state: "open" | "closed";
  readonly isMerged: boolean;
  /** The commit that its branch is at, or was when somebody deleted it. */
  readonly head: string;
  readonly title: string;
  readonly body: string;
}

/** A file of a branch; the sha says which version a change was made from. */
export interface FileSeen {
  readonly text: string;
  readonly sha: string;
}

export interface HomeSeen {
  readonly defaultBranch: string;
  readonly url: string;
}

export function readPull(answer: unknown): PullSeen {
  const { number, html_url: url } = parseAnswer(pullSchema, answer, "a pull request");
  return { number, url };
}

export function readPullText(answer: unknown): PullText {
  const pull = parseAnswer(pullTextSchema, answer, "a pull request");
  return {
    number: pull.number,
    url: pull.html_url,
    author: pull.user?.login ?? null,
    state: pull.state,
    isMerged: typeof pull.merged_at === "string",
    head: pull.head.sha,
    title: pull.title,
    body: pull.body ?? "",
  };
}

export function readFile(answer: unknown): FileSeen {
  const { content, sha } = parseAnswer(fileSchema, answer, "a file");
  return { text: Buffer.from(content, "base64").toString("utf8"), sha };
}

export function readHome(answer: unknown): HomeSeen {
  const home = parseAnswer(homeSchema, answer, "a repository");
  return { defaultBranch: home.default_branch, url: home.html_url };
}

export function readSha(answer: unknown): string {
  return parseAnswer(refSchema, answer, "a branch").object.sha;
}

/** A commit by its tree, which is the same for the same files. */
export interface CommitSeen {
  readonly sha: string;
  readonly tree: string;
}

export function readCommit(answer: unknown): CommitSeen {
  const { sha, tree } = parseAnswer(commitSchema, answer, "a commit");
  return { sha, tree: tree.sha };
}

export function readTree(answer: unknown): string {
  return parseAnswer(treeSchema, answer, "a tree").sha;
}

/** Paths of the files in a tree; null where GitHub cut the list. */
export function readPaths(answer: unknown): ReadonlySet<string> | null {
  const { tree, truncated } = parseAnswer(listedTreeSchema, answer, "a tree");
  return truncated ? null : new Set(tree.map(({ path }) => path));
}

/** What a branch has beside the commit that it is compared with. */
export interface ComparisonSeen {
  readonly mergeBase: CommitSeen;
  /** Whether the commit has anything that the branch has not. */
  readonly isBehind: boolean;
  /** Commits of the branch alone. */
  readonly ahead: number;
  /** Who made them; null for somebody whom GitHub does not know, and where it did not list all. */
  readonly authors: readonly (string | null)[];
}

export function readComparison(answer: unknown): ComparisonSeen {
  const compared = parseAnswer(comparisonSchema, answer, "a comparison");
  const authors = compared.commits.map(({ author }) => author?.login ?? null);
  const base = compared.merge_base_commit;
  return {
    mergeBase: { sha: base.sha, tree: base.commit.tree.sha },
    isBehind: compared.behind_by > 0,
    ahead: compared.ahead_by,
    authors: authors.length < compared.ahead_by ? [...authors, null] : authors,
  };
}

/** Whether somebody may write, as `maintain` and `admin` may, too. */
export function readMayWrite(answer: unknown): boolean {
  const { permission } = parseAnswer(permissionSchema, answer, "a permission");
  return permission === "write" || permission === "admin" || permission === "maintain";
}

const pullSchema = z.object({ number: z.number().int(), html_url: z.string() });
const fileSchema = z.object({
  type: z.literal("file"),
  encoding: z.literal("base64"),
  content: z.string(),
  sha: z.string(),
});
const homeSchema = z.object({ default_branch: z.string().min(1), html_url: z.string() });
const refSchema = z.object({ object: z.object({ sha: z.string().min(1) }) });
const sha = z.string().min(1);
const pullTextSchema = pullSchema.extend({
  user: z.object({ login: z.string() }).nullish(),
  head: z.object({ sha }),
  state: z.enum(["open", "closed"]),
  merged_at: z.string().nullish(),
  title: z.string(),
  body: z.string().nullish(),
});
const commitSchema = z.object({ sha, tree: z.object({ sha }) });
const treeSchema = z.object({ sha });
const listedTreeSchema = z.object({
  tree: z.array(z.object({ path: z.string() })),
  truncated: z.boolean(),
});
const comparisonSchema = z.object({
  merge_base_commit: z.object({ sha, commit: z.object({ tree: z.object({ sha }) }) }),
  ahead_by: z.number().int(),
  behind_by: z.number().int(),
  commits: z.array(z.object({ author: z.object({ login: z.string().optional() }).nullish() })),
});
const permissionSchema = z.object({ permission: z.string() });
