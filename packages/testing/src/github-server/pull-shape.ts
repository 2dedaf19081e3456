import type { components } from "@octokit/openapi-types";
import { repositoryShape } from "./repository-shape.ts";
import type { StoredPull } from "./repository-content.ts";
import type { Call } from "./route.ts";
import { userShape } from "./shapes.ts";

type PullRequest = components["schemas"]["pull-request"];

/** A pull request as GitHub sends it: the whole of it, which a listing shortens. */
export function pullShape(
  { store, api }: Pick<Call, "store" | "api">,
  pull: StoredPull,
): PullRequest {
  const { owner, name } = store.repository;
  const issue = store.issue(pull.number)!;
  const url = `${api}/repos/${owner}/${name}`;
  const htmlUrl = `https://github.com/${owner}/${name}/pull/${pull.number}`;
  const end = (branch: string): PullRequest["head"] => ({
    ref: branch,
    label: `${owner}:${branch}`,
    sha: store.content.lastShaOf(branch)!,
    user: userShape({ login: owner, type: "User" }, api),
    repo: repositoryShape(store, api),
  });
  return {
    ...links(url, htmlUrl, pull.number),
    ...counts(),
    id: 8_000_000 + pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    body: issue.body,
    user: userShape(issue.author, api),
    labels: [],
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    author_association: "NONE",
    auto_merge: null,
    draft: false,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged: pull.merged,
    merged_at: pull.merged ? issue.closedAt : null,
    merged_by: null,
    merge_commit_sha: null,
    mergeable: null,
    mergeable_state: "unknown",
    maintainer_can_modify: false,
    head: end(pull.head),
    base: end(pull.base),
  };
}

function counts() {
  return {
    additions: 1,
    deletions: 0,
    changed_files: 1,
    commits: 1,
    comments: 0,
    review_comments: 0,
  };
}

function links(url: string, htmlUrl: string, number: number) {
  const own = `${url}/pulls/${number}`;
  const issue = `${url}/issues/${number}`;
  const statuses = `${url}/statuses/0000000000000000000000000000000000000000`;
  const all = {
    comments: { href: `${issue}/comments` },
    commits: { href: `${own}/commits` },
    statuses: { href: statuses },
    html: { href: htmlUrl },
    issue: { href: issue },
    review_comments: { href: `${own}/comments` },
    review_comment: { href: `${url}/pulls/comments{/number}` },
    self: { href: own },
  };
  return {
    url: own,
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: issue,
    commits_url: `${own}/commits`,
    review_comments_url: `${own}/comments`,
    review_comment_url: `${url}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    _links: all,
  };
}
