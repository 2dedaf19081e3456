import type { components } from "@octokit/openapi-types";
import { ok, refused, type GithubAnswer } from "./answer.ts";
import { blobSha } from "./repository-content.ts";
import type { Call } from "./route.ts";

type Schemas = components["schemas"];

/** One file of a branch or commit, as `GET /contents/{path}` answers for files. */
export function getContents({ store, request, parameters, api }: Call): GithubAnswer {
  const { content } = store;
  const ref = request.query.get("ref") ?? "main";
  const path = parameters[0]!;
  const tree = content.tree(content.commit(content.shaOf(ref) ?? ref)?.tree ?? "");
  const text = tree?.get(path);
  return text === undefined ? refused(404, "Not Found") : ok(fileShape({ store, api }, path, text));
}

/** Writes a file as one commit; `sha` has to be that of the file there is. */
export function putContents({ store, request, account, parameters, api }: Call): GithubAnswer {
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
  const { content: repository } = store;
  const commit = repository.addCommit({
    tree: repository.addTree(new Map(files).set(path, text)),
    parents: [repository.shaOf(String(branch))!],
    message,
    author: account.login,
  });
  repository.setBranch(String(branch), commit);
  return ok(
    { content: fileShape({ store, api }, path, text), commit: { sha: commit.sha, message } },
    before === undefined ? 201 : 200,
  );
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
