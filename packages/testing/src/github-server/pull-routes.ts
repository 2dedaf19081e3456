import { invalid, ok, refused, type GithubAnswer } from "./answer.ts";
import { page } from "./pages.ts";
import { pullShape } from "./pull-shape.ts";
import type { Call } from "./route.ts";
import { userShape } from "./shapes.ts";
import { checkTitle } from "./validation.ts";

export function listPulls({ store, request, api }: Call): GithubAnswer {
  const head = request.query.get("head")?.replace(/^[^:]*:/, "");
  const state = request.query.get("state") ?? "open";
  const pulls = store.content.pulls
    .filter((pull) => head === undefined || pull.head === head)
    .filter(({ number }) => state === "all" || store.issue(number)?.state === state)
    .map((pull) => pullShape({ store, api }, pull));
  return page(pulls, request, api);
}

export function createPull({ store, request, account, api }: Call): GithubAnswer {
  const { title, head, base, body } = request.body ?? {};
  const { content } = store;
  if (account.type === "Bot" && !content.workflowsMayOpenPulls) {
    return refused(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  const wrong = checkTitle(title);
  if (wrong !== undefined) return wrong;
  for (const [field, branch] of [
    ["head", head],
    ["base", base],
  ] as const) {
    if (!content.branches.has(String(branch))) return invalid("PullRequest", field, "invalid");
  }
  const from = String(head);
  if (content.ancestorsOf(content.shaOf(String(base))!).has(content.shaOf(from)!)) {
    return invalid(
      "PullRequest",
      "head",
      "custom",
      `No commits between ${String(base)} and ${from}`,
    );
  }
  if (
    content.pulls.some((pull) => pull.head === from && store.issue(pull.number)?.state === "open")
  ) {
    const message = `A pull request already exists for ${store.repository.owner}:${from}.`;
    return invalid("PullRequest", "base", "custom", message);
  }
  const issue = store.addIssue(account, {
    title: String(title),
    body: typeof body === "string" ? body : null,
    isPullRequest: true,
  });
  const pull = { number: issue.number, head: from, base: String(base), merged: false };
  content.pulls.push(pull);
  return ok(pullShape({ store, api }, pull), 201);
}

export function updatePull({ store, request, account, parameters, api }: Call): GithubAnswer {
  const { title, body, state } = request.body ?? {};
  const number = Number(parameters[0]);
  const pull = store.content.pulls.find((each) => each.number === number);
  const issue = store.issue(number);
  if (pull === undefined || issue === undefined) return refused(404, "Not Found");
  const wrong = title === undefined ? undefined : checkTitle(title);
  if (wrong !== undefined) return wrong;
  if (typeof title === "string") issue.title = title;
  if (typeof body === "string") issue.body = body;
  if (state === "open" || state === "closed") store.setState(issue, account, state);
  issue.updatedAt = store.now;
  return ok(pullShape({ store, api }, pull));
}

export function getPermission({ store, parameters, api }: Call): GithubAnswer {
  const login = parameters[0]!;
  const permission = store.content.permissions.get(login) ?? "read";
  return ok({
    permission,
    role_name: permission,
    user: {
      ...userShape({ login, type: "User" }, api),
      permissions: undefined,
      role_name: permission,
    },
  });
}

/** The same reaction of the same person again answers with the one that is there. */
export function createReaction({ store, request, account, parameters, api }: Call): GithubAnswer {
  const comment = Number(parameters[0]);
  const content = String(request.body?.content);
  if (!store.comments.some(({ id }) => id === comment)) return refused(404, "Not Found");
  if (!REACTIONS.has(content)) return invalid("Reaction", "content", "invalid");
  const { reactions } = store.content;
  const there = reactions.some(
    (each) => each.comment === comment && each.login === account.login && each.content === content,
  );
  if (!there) reactions.push({ comment, login: account.login, content });
  const shape = {
    id: reactions.findIndex((each) => each.comment === comment && each.content === content) + 1,
    node_id: `REA_${comment}`,
    user: userShape(account, api),
    content,
    created_at: store.now,
  };
  return ok(shape, there ? 200 : 201);
}

const REACTIONS = new Set(["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]);
