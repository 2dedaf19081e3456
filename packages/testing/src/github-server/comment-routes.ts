import { ok, refused, type GithubAnswer } from "./answer.ts";
import { page } from "./pages.ts";
import type { Call } from "./route.ts";
import { commentShape } from "./shapes.ts";
import { checkBody } from "./validation.ts";

/** Oldest first, as GitHub lists them. */
export function listComments({ store, request, parameters, api }: Call): GithubAnswer {
  const number = Number(parameters[0]);
  if (store.issue(number) === undefined) return refused(404, "Not Found");
  const comments = store.commentsOf(number).map((comment) => commentShape(store, comment, api));
  return page(comments, request, api);
}

export function createComment({ store, request, account, parameters, api }: Call): GithubAnswer {
  const issue = store.issue(Number(parameters[0]));
  if (issue === undefined) return refused(404, "Not Found");
  if (issue.locked) {
    return refused(403, "Unable to create comment because issue is locked.");
  }
  const body = request.body?.body;
  const wrong = checkBody("IssueComment", body, true);
  if (wrong !== undefined) return wrong;
  return ok(commentShape(store, store.addComment(account, issue, String(body)), api), 201);
}

export function updateComment({ store, request, parameters, api }: Call): GithubAnswer {
  const comment = store.comments.find(({ id }) => id === Number(parameters[0]));
  if (comment === undefined) return refused(404, "Not Found");
  const body = request.body?.body;
  const wrong = checkBody("IssueComment", body, true);
  if (wrong !== undefined) return wrong;
  comment.body = String(body);
  comment.updatedAt = store.now;
  return ok(commentShape(store, comment, api));
}

export function deleteComment({ store, parameters }: Call): GithubAnswer {
  const index = store.comments.findIndex(({ id }) => id === Number(parameters[0]));
  if (index < 0) return refused(404, "Not Found");
  store.comments.splice(index, 1);
  return { status: 204, body: null };
}
