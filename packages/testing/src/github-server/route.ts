import { repositoryShape } from "./repository-shape.ts";
import { invalid, ok, refused, type GithubAnswer } from "./answer.ts";
import { createComment, deleteComment, listComments, updateComment } from "./comment-routes.ts";
import { getContents, putContents } from "./content-routes.ts";
import {
  compareCommits,
  createCommit,
  createRef,
  createTree,
  getCommit,
  getRef,
  getTree,
  updateRef,
} from "./git-routes.ts";
import {
  addAssignees,
  addLabels,
  createIssue,
  getIssue,
  listIssues,
  updateIssue,
} from "./issue-routes.ts";
import { page } from "./pages.ts";
import type { GithubRequest } from "./request.ts";
import { createPull, createReaction, getPermission, listPulls, updatePull } from "./pull-routes.ts";
import { listWorkflowRuns } from "./run-routes.ts";
import { labelShape, userShape } from "./shapes.ts";
import type { GithubAccount, GithubStore } from "./store.ts";

/** A request with what a handler needs to answer it. */
export interface Call {
  readonly request: GithubRequest;
  readonly store: GithubStore;
  readonly account: GithubAccount;
  /** What the path has in place of each `{}`. */
  readonly parameters: readonly string[];
  /** Base of the links that are sent. */
  readonly api: string;
}

/** Does what the request asks. */
export function route(call: Omit<Call, "parameters">): GithubAnswer {
  const { request, store, account } = call;
  if (request.path === "/graphql") return viewer(call);
  const base = `/repos/${store.repository.owner}/${store.repository.name}`;
  if (request.path === "/user") return currentUser(call);
  if (request.path !== base && !request.path.startsWith(`${base}/`)) {
    return refused(404, "Not Found");
  }
  const path = request.path.slice(base.length);
  const refusal = refuseAll(request, path, store, account);
  if (refusal !== undefined) return refusal;
  for (const [operation, handle] of ROUTES) {
    const [method, pattern] = operation.split(" ") as [string, string];
    const match = new RegExp(`^${pattern.replaceAll("{}", "([^/]+)")}$`).exec(path);
    if (method === request.method && match !== null) {
      return handle({ ...call, parameters: match.slice(1).map(decodeURIComponent) });
    }
  }
  return refused(404, "Not Found");
}

const ROUTES: readonly (readonly [string, (call: Call) => GithubAnswer])[] = [
  ["GET ", ({ store, api }) => ok(repositoryShape(store, api))],
  ["GET /issues", listIssues],
  ["POST /issues", createIssue],
  ["GET /issues/{}", getIssue],
  ["PATCH /issues/{}", updateIssue],
  ["POST /issues/{}/labels", addLabels],
  ["POST /issues/{}/assignees", addAssignees],
  ["GET /issues/{}/comments", listComments],
  ["POST /issues/{}/comments", createComment],
  ["PATCH /issues/comments/{}", updateComment],
  ["DELETE /issues/comments/{}", deleteComment],
  ["POST /issues/comments/{}/reactions", createReaction],
  ["GET /collaborators/{}/permission", getPermission],
  ["GET /contents/{}", getContents],
  ["PUT /contents/{}", putContents],
  ["GET /git/ref/{}", getRef],
  ["POST /git/refs", createRef],
  ["PATCH /git/refs/{}", updateRef],
  ["GET /git/commits/{}", getCommit],
  ["POST /git/commits", createCommit],
  ["GET /git/trees/{}", getTree],
  ["POST /git/trees", createTree],
  ["GET /compare/{}", compareCommits],
  ["GET /pulls", listPulls],
  ["POST /pulls", createPull],
  ["PATCH /pulls/{}", updatePull],
  ["GET /actions/workflows/{}/runs", listWorkflowRuns],
  ["GET /labels", listLabels],
  ["POST /labels", createLabel],
];

// What GitHub refuses before it looks at the request itself.
function refuseAll(
  { method }: GithubRequest,
  path: string,
  { repository }: GithubStore,
  { access }: GithubAccount,
): GithubAnswer | undefined {
  if (method === "GET") {
    return path.startsWith("/issues") && !repository.hasIssues
      ? refused(410, "Issues has been disabled in this repository.")
      : undefined;
  }
  if (repository.archived) return refused(403, "Repository was archived so is read-only.");
  if (access === "read") return refused(403, "Resource not accessible by integration");
  if (path.startsWith("/issues") && !repository.hasIssues) {
    return refused(410, "Issues has been disabled in this repository.");
  }
  return undefined;
}

function currentUser({ account, api }: Omit<Call, "parameters">): GithubAnswer {
  // The token of a workflow is an installation's, and that is nobody.
  return account.type === "Bot"
    ? refused(403, "Resource not accessible by integration")
    : ok(userShape(account, api));
}

function viewer({ request, account }: Omit<Call, "parameters">): GithubAnswer {
  const query = String(request.body?.query).replaceAll(/\s+/g, "");
  return query.includes("{viewer{login}}")
    ? ok({ data: { viewer: { login: account.login } } })
    : ok({ errors: [{ type: "undefinedField", message: "Not a query this server knows" }] });
}

function listLabels({ store, request, api }: Call): GithubAnswer {
  const labels = store.labels.map(({ name }) => labelShape(store, name, api));
  return page(labels, request, api);
}

function createLabel({ store, request, api }: Call): GithubAnswer {
  const { name, color, description } = request.body ?? {};
  if (typeof name !== "string" || name === "") return invalid("Label", "name", "missing_field");
  if (name.length > 50) return invalid("Label", "name", "custom", "name is too long");
  if (store.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) {
    return invalid("Label", "name", "already_exists");
  }
  store.labels.push({
    name,
    color: typeof color === "string" ? color : "ededed",
    description: typeof description === "string" ? description : null,
  });
  return ok(labelShape(store, name, api), 201);
}
