import type { components } from "@octokit/openapi-types";
import { ok, refused, type GithubAnswer } from "./answer.ts";
import { blobSha, sha1 } from "./repository-content.ts";
import type { Call } from "./route.ts";

type Schemas = components["schemas"];

/** One file of a branch, as `GET /contents/{path}` answers for files. */
export function getContents({ store, request, parameters, api }: Call): GithubAnswer {
  const branch = request.query.get("ref") ?? "main";
  const path = parameters[0]!;
  const text = store.content.branches.get(branch)?.get(path);
  return text === undefined ? refused(404, "Not Found") : ok(fileShape({ store, api }, path, text));
}

/** Writes a file as one commit; `sha` has to be that of the file there is. */
export function putContents({ store, request, parameters, api }: Call): GithubAnswer {
  const { message, content, sha, branch = "main" } = request.body ?? {};
  const path = parameters[0]!;
  if (typeof message !== "string" || typeof content !== "string") {
    return refused(422, 'Invalid request.\n\n"message", "content" weren\'t supplied.');
  }
  const files = store.content.branches.get(String(branch));
  if (files === undefined) return refused(404, `Branch ${String(branch)} not found`);
  const before = files.get(path);
  if (before !== undefined && sha === undefined) {
    return refused(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (sha !== undefined && (before === undefined || sha !== blobSha(before))) {
    return refused(409, `${path} does not match the sha that was supplied`);
  }
  const text = Buffer.from(content, "base64").toString("utf8");
  files.set(path, text);
  store.content.commits.push({ branch: String(branch), message });
  const commit = { sha: store.content.shaOf(String(branch)), message };
  return ok(
    { content: fileShape({ store, api }, path, text), commit },
    before === undefined ? 201 : 200,
  );
}

export function getRef({ store, parameters, api }: Call): GithubAnswer {
  const branch = parameters[0]!.replace(/^heads\//, "");
  return store.content.branches.has(branch)
    ? ok(refShape({ store }, branch, api))
    : refused(404, "Not Found");
}

/** A new branch; one that is there already is left as it is. */
export function createRef({ store, request, api }: Call): GithubAnswer {
  const { ref, sha } = request.body ?? {};
  const [, branch] = /^refs\/heads\/(.+)$/.exec(String(ref)) ?? [];
  if (branch === undefined) return refused(422, "Reference name must start with 'refs/'.");
  const { branches } = store.content;
  if (branches.has(branch)) return refused(422, "Reference already exists");
  const base = [...branches.keys()].find((name) => store.content.shaOf(name) === sha);
  if (base === undefined) return refused(422, "Object does not exist");
  branches.set(branch, new Map(branches.get(base)));
  return ok(refShape({ store }, branch, api), 201);
}

function refShape({ store }: Pick<Call, "store">, branch: string, api: string): object {
  const { owner, name } = store.repository;
  const sha = store.content.shaOf(branch)!;
  const git = `${api}/repos/${owner}/${name}/git`;
  return {
    ref: `refs/heads/${branch}`,
    node_id: `REF_${sha1(branch)}`,
    url: `${git}/refs/heads/${branch}`,
    object: { type: "commit", sha, url: `${git}/commits/${sha}` },
  };
}

function fileShape(
  { store, api }: Pick<Call, "store" | "api">,
  path: string,
  text: string,
): Schemas["content-file"] {
  const { owner, name } = store.repository;
  const sha = blobSha(text);
  const self = `${api}/repos/${owner}/${name}/contents/${path}?ref=main`;
  const git = `${api}/repos/${owner}/${name}/git/blobs/${sha}`;
  const html = `https://github.com/${owner}/${name}/blob/main/${path}`;
  return {
    type: "file",
    encoding: "base64",
    size: Buffer.byteLength(text),
    name: path.split("/").at(-1)!,
    path,
    // GitHub breaks the lines of what it sends.
    content: Buffer.from(text).toString("base64").replaceAll(/.{60}/g, "$&\n"),
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: `https://raw.githubusercontent.com/${owner}/${name}/main/${path}`,
    _links: { self, git, html },
  };
}
