import type { IssueSeen, Observed } from "../observed.ts";
import { ourIssues, type OurIssue } from "../our-issues.ts";
import type { IssueSettings } from "../settings.ts";
import { readIssue } from "./github-answers.ts";
import type { GithubClient, Parameters } from "./github-client.ts";

export interface Search {
  readonly settings: IssueSettings;
  readonly author: string;
  /** The day that the report is about. */
  readonly day: string;
  /** ISO 8601; in `daily` mode no issue of that day was touched before. */
  readonly since: string;
}

/**
 * The issues that could be ours, by listing: the search of GitHub lags behind, and that is how
 * duplicates are made.
 *
 * Open ones with the label come first, which on most days is all. Then closed ones. Only before an
 * issue is made or opened are all of the author's looked at: somebody may have taken the label
 * off, and there may be thousands.
 *
 * @param isSettled whether with these there is nothing to do
 */
export async function findIssues(
  client: GithubClient,
  search: Search,
  isSettled: (issues: readonly IssueSeen[]) => boolean,
): Promise<IssueSeen[]> {
  const { settings, since } = search;
  const recent = settings.issueMode === "daily" ? { since } : {};
  const label = settings.labels.slice(0, 1);
  const labels = label.length === 0 ? {} : { labels: label.join(",") };
  const found = await list(client, search, { state: "open", ...labels });
  if (isFound(found, search)) return found;
  found.push(...(await list(client, search, { state: "closed", ...labels, ...recent })));
  if (isFound(found, search) || label.length === 0 || isSettled(found)) return found;
  const all = await list(client, search, { state: "all", ...recent });
  const known = new Set(found.map(({ number }) => number));
  return [...found, ...all.filter(({ number }) => !known.has(number))];
}

async function list(
  client: GithubClient,
  { author }: Search,
  filter: Parameters,
): Promise<IssueSeen[]> {
  const items = await client.pages("GET /repos/{owner}/{repo}/issues", {
    creator: author,
    ...filter,
  });
  return items.map(readIssue);
}

/** The issue that the report belongs to is there. */
function isFound(issues: readonly IssueSeen[], search: Search): boolean {
  return ours(issues, search).some(({ seen, day }) =>
    search.settings.issueMode === "daily" ? day === search.day : seen.state === "open",
  );
}

function ours(issues: readonly IssueSeen[], { author, settings }: Search): OurIssue[] {
  const observed: Observed = { author, issues, comments: new Map() };
  return ourIssues(observed, settings.name);
}
