import type { components } from "@octokit/openapi-types";
import { userShape } from "./shapes.ts";
import type { GithubStore } from "./store.ts";

type Schemas = components["schemas"];
// Alone it has more fields than within a pull request, and lacks one that it has there.
type Repository = Omit<Schemas["full-repository"], "temp_clone_token"> &
  Pick<Schemas["repository"], "has_downloads">;

/** The whole of a repository as GitHub sends it; callers read a few of its hundred fields. */
export function repositoryShape(
  { repository: { owner, name, ...rest }, issues }: GithubStore,
  api: string,
): Repository {
  const open = issues.filter(({ state }) => state === "open").length;
  const site = `https://github.com/${owner}/${name}`;
  return {
    ...links(`${api}/repos/${owner}/${name}`),
    id: 4242,
    node_id: "R_4242",
    name,
    full_name: `${owner}/${name}`,
    owner: userShape({ login: owner, type: "User" }, api),
    private: rest.private,
    visibility: rest.private ? "private" : "public",
    html_url: site,
    git_url: `git://github.com/${owner}/${name}.git`,
    clone_url: `${site}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    svn_url: site,
    mirror_url: null,
    description: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: "main",
    fork: false,
    archived: rest.archived,
    disabled: false,
    has_issues: rest.hasIssues,
    has_projects: true,
    has_wiki: true,
    has_downloads: true,
    has_pages: false,
    has_discussions: false,
    ...counts(open),
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-11-01T00:00:00Z",
    pushed_at: "2026-11-01T00:00:00Z",
  };
}

function counts(open: number) {
  return {
    forks: 0,
    forks_count: 0,
    network_count: 0,
    open_issues: open,
    open_issues_count: open,
    size: 1,
    stargazers_count: 0,
    subscribers_count: 0,
    watchers: 0,
    watchers_count: 0,
  };
}

function links(url: string) {
  return {
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}
