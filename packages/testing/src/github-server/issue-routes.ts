import { invalid, ok, refused, type GithubAnswer } from "./answer.ts";
import { page } from "./pages.ts";
import type { Call } from "./route.ts";
import { issueShape, labelShape } from "./shapes.ts";
import type { StoredIssue } from "./store.ts";
import { checkBody, checkTitle, textList } from "./validation.ts";

/** Filtered as `state`, `labels`, `creator` and `since` say; pull requests are among them. */
export function listIssues({ store, request, api }: Call): GithubAnswer {
  const { query } = request;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const creator = query.get("creator");
  const since = query.get("since");
  const found = store.issues.filter(
    (issue) =>
      (state === "all" || issue.state === state) &&
      labels.every((label) => issue.labels.includes(label)) &&
      (creator === null || issue.author.login === creator) &&
      (since === null || Date.parse(issue.updatedAt) >= Date.parse(since)),
  );
  const ordered = query.get("direction") === "asc" ? found : found.toReversed();
  return page(
    ordered.map((issue) => issueShape(store, issue, api)),
    request,
    api,
  );
}

export function createIssue({ store, request, account, api }: Call): GithubAnswer {
  const { title, body = null, labels, assignees } = request.body ?? {};
  const wrong = checkTitle(title) ?? checkBody("Issue", body);
  if (wrong !== undefined) return wrong;
  const stranger = textList(assignees).find(
    (login) => !store.repository.collaborators.includes(login),
  );
  if (stranger !== undefined) return invalid("Issue", "assignees", "invalid");
  const issue = store.addIssue(account, {
    title: String(title),
    body: body as string | null,
    // GitHub drops what the caller may not set, and says nothing.
    labels: account.access === "write" ? textList(labels) : [],
    assignees: account.access === "write" ? textList(assignees) : [],
  });
  return ok(issueShape(store, issue, api), 201);
}

export function getIssue(call: Call): GithubAnswer {
  return withIssue(call, (issue) => ok(issueShape(call.store, issue, call.api)));
}

export function updateIssue(call: Call): GithubAnswer {
  const { store, request, account, api } = call;
  return withIssue(call, (issue) => {
    const fields = request.body ?? {};
    const wrong =
      (fields.title === undefined ? undefined : checkTitle(fields.title)) ??
      checkBody("Issue", fields.body ?? null);
    if (wrong !== undefined) return wrong;
    if (typeof fields.title === "string") issue.title = fields.title;
    if (typeof fields.body === "string") issue.body = fields.body;
    if (fields.labels !== undefined) issue.labels = textList(fields.labels);
    if (fields.assignees !== undefined) issue.assignees = textList(fields.assignees);
    if (fields.state === "open" || fields.state === "closed") {
      const reason = (fields.state_reason ?? null) as StoredIssue["stateReason"];
      store.setState(issue, account, fields.state, reason);
    }
    issue.updatedAt = store.now;
    return ok(issueShape(store, issue, api));
  });
}

export function addLabels(call: Call): GithubAnswer {
  const { store, request, account, api } = call;
  return withIssue(call, (issue) => {
    if (account.access === "write") {
      for (const label of textList(request.body?.labels)) {
        store.ensureLabel(label);
        if (!issue.labels.includes(label)) issue.labels.push(label);
      }
    }
    return ok(issue.labels.map((label) => labelShape(store, label, api)));
  });
}

/** Adds those who can be assigned; GitHub passes over the others without a word. */
export function addAssignees(call: Call): GithubAnswer {
  const { store, request, api } = call;
  return withIssue(call, (issue) => {
    for (const login of textList(request.body?.assignees)) {
      const known = store.repository.collaborators.includes(login);
      if (known && !issue.assignees.includes(login)) issue.assignees.push(login);
    }
    return ok(issueShape(store, issue, api), 201);
  });
}

function withIssue(
  { store, parameters }: Call,
  handle: (issue: StoredIssue) => GithubAnswer,
): GithubAnswer {
  const issue = store.issue(Number(parameters[0]));
  return issue === undefined ? refused(404, "Not Found") : handle(issue);
}
