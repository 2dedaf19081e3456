import type { components } from "@octokit/openapi-types";
import type { GithubAccount, GithubStore, StoredComment, StoredIssue } from "./store.ts";

type Schemas = components["schemas"];

/**
 * Stored things as GitHub sends them. The types come from GitHub's OpenAPI description, so the
 * compiler finds a missing field; what GitHub sends as null is null here and not absent.
 */
export function issueShape(store: GithubStore, issue: StoredIssue, api: string): Schemas["issue"] {
  const { owner, name } = store.repository;
  const repositoryUrl = `${api}/repos/${owner}/${name}`;
  const url = `${repositoryUrl}/issues/${issue.number}`;
  const site = `https://github.com/${owner}/${name}`;
  const kind = issue.isPullRequest ? "pull" : "issues";
  const htmlUrl = `${site}/${kind}/${issue.number}`;
  const assignees = issue.assignees.map((login) => userShape({ login, type: "User" }, api));
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: htmlUrl,
    id: 7_000_000 + issue.number,
    node_id: `I_${issue.number}`,
    number: issue.number,
    title: issue.title,
    user: userShape(issue.author, api),
    labels: issue.labels.map((label) => labelShape(store, label, api)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: store.commentsOf(issue.number).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : userShape(issue.closedBy, api),
    author_association: issue.author.type === "Bot" ? "NONE" : "MEMBER",
    body: issue.body,
    reactions: reactionsShape(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    ...(issue.isPullRequest && {
      draft: false,
      pull_request: {
        url: `${repositoryUrl}/pulls/${issue.number}`,
        html_url: htmlUrl,
        diff_url: `${htmlUrl}.diff`,
        patch_url: `${htmlUrl}.patch`,
        merged_at: null,
      },
    }),
  };
}

export function commentShape(
  store: GithubStore,
  comment: StoredComment,
  api: string,
): Schemas["issue-comment"] {
  const { owner, name } = store.repository;
  const url = `${api}/repos/${owner}/${name}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url,
    html_url: `https://github.com/${owner}/${name}/issues/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${api}/repos/${owner}/${name}/issues/${comment.issue}`,
    user: userShape(comment.author, api),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: comment.author.type === "Bot" ? "NONE" : "MEMBER",
    body: comment.body,
    reactions: reactionsShape(url),
    performed_via_github_app: null,
  };
}

export function labelShape(store: GithubStore, name: string, api: string): Schemas["label"] {
  const { owner, name: repo } = store.repository;
  const stored = store.labels.find((label) => label.name === name);
  return {
    id: 9000 + store.labels.findIndex((label) => label.name === name),
    node_id: `LA_${name}`,
    url: `${api}/repos/${owner}/${repo}/labels/${encodeURIComponent(name)}`,
    name,
    color: stored?.color ?? "ededed",
    default: false,
    description: stored?.description ?? null,
  };
}

export function userShape(
  { login, type }: Pick<GithubAccount, "login" | "type">,
  api: string,
): Schemas["simple-user"] {
  const name = encodeURIComponent(login);
  const url = `${api}/users/${name}`;
  return {
    login,
    id: Buffer.from(login).reduce((sum, byte) => (sum * 31 + byte) % 1_000_000, 7),
    node_id: `U_${login}`,
    avatar_url: `https://avatars.githubusercontent.com/${name}`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${name}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

function reactionsShape(url: string): Schemas["reaction-rollup"] {
  return {
    url: `${url}/reactions`,
    total_count: 0,
    "+1": 0,
    "-1": 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
}
