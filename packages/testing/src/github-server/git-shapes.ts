import type { components } from "@octokit/openapi-types";

import { type StoredCommit, sha1 } from "./repository-content.ts";
import type { Call } from "./route.ts";
import { userShape } from "./shapes.ts";

type Schemas = components["schemas"];
type Place = Pick<Call, "store" | "api">;

export function refShape(
  place: Place,
  { branch, sha }: { readonly branch: string; readonly sha: string },
): Schemas["git-ref"] {
  const git = `${repository(place).url}/git`;
  return {
    ref: `refs/heads/${branch}`,
    node_id: `REF_${sha1(branch)}`,
    url: `${git}/refs/heads/${branch}`,
    object: { type: "commit", sha, url: `${git}/commits/${sha}` },
  };
}

/** A commit as git has it: who made it is a name. */
export function gitCommitShape(place: Place, commit: StoredCommit): Schemas["git-commit"] {
  const { url, site } = repository(place);
  const person = {
    name: commit.author,
    email: `${commit.author}@example.com`,
    date: place.store.now,
  };
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${site}/commit/${commit.sha}`,
    author: person,
    committer: person,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: parentsOf(place, commit),
    verification: UNVERIFIED,
  };
}

/** The same as GitHub has it: who made it is an account. */
export function commitShape(place: Place, commit: StoredCommit): Schemas["commit"] {
  const { url, site } = repository(place);
  const { author, committer, message, tree } = gitCommitShape(place, commit);
  const account = userShape({ login: commit.author, type: "User" }, place.api);
  return {
    url: `${url}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    html_url: `${site}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author,
      committer,
      message,
      tree,
      comment_count: 0,
      verification: UNVERIFIED,
    },
    author: account,
    committer: account,
    parents: parentsOf(place, commit),
  };
}

function parentsOf(
  place: Place,
  { parents }: StoredCommit,
): { sha: string; url: string; html_url: string }[] {
  const { url, site } = repository(place);
  return parents.map((sha) => ({
    sha,
    url: `${url}/git/commits/${sha}`,
    html_url: `${site}/commit/${sha}`,
  }));
}

const UNVERIFIED = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};

function repository({ store, api }: Place): { readonly url: string; readonly site: string } {
  const { owner, name } = store.repository;
  return { url: `${api}/repos/${owner}/${name}`, site: `https://github.com/${owner}/${name}` };
}
