import type { components } from "@octokit/openapi-types";
import { ok, type GithubAnswer } from "./answer.ts";
import { page } from "./pages.ts";
import { repositoryShape } from "./repository-shape.ts";
import type { Call } from "./route.ts";
import type { GithubStore, StoredRun } from "./store.ts";

type Run = components["schemas"]["workflow-run"];

/** Newest first, as GitHub lists them; `status` names a status or a conclusion. */
export function listWorkflowRuns({ store, request, parameters, api }: Call): GithubAnswer {
  const { query } = request;
  const [event, status] = [query.get("event"), query.get("status")];
  const found = store.runs
    .filter(({ workflow }) => workflow === parameters[0])
    .filter((run) => event === null || run.event === event)
    .filter((run) => status === null || (run.conclusion ?? "in_progress") === status)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const listed = page(
    found.map((run) => runShape(store, run, api)),
    request,
    api,
  );
  return { ...ok({ total_count: found.length, workflow_runs: listed.body }), ...headersOf(listed) };
}

function headersOf({ headers }: GithubAnswer): Pick<GithubAnswer, "headers"> {
  return headers === undefined ? {} : { headers };
}

function runShape(store: GithubStore, run: StoredRun, api: string): Run {
  // As part of something else its licence has another shape, and there is none.
  const repository = { ...repositoryShape(store, api), license: null };
  const id = 5000 + store.runs.indexOf(run);
  const url = `${repository.url}/actions/runs/${id}`;
  return {
    id,
    node_id: `WFR_${id}`,
    name: run.workflow,
    path: `.github/workflows/${run.workflow}`,
    display_title: run.workflow,
    run_number: id,
    event: run.event,
    status: run.conclusion === null ? "in_progress" : "completed",
    conclusion: run.conclusion,
    workflow_id: 77,
    head_branch: "main",
    head_sha: "0".repeat(40),
    head_commit: null,
    head_repository: repository,
    repository,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.createdAt,
    url,
    html_url: `${repository.html_url}/actions/runs/${id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repository.url}/check-suites/1`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${repository.url}/actions/workflows/77`,
  };
}
