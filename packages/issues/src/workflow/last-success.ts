import { z } from "zod";
import { githubError } from "../github/failures.ts";
import { parseAnswer } from "../github/github-answers.ts";
import { connectGithub, type GithubAccess } from "../github/github-client.ts";

/**
 * When the last scheduled run that succeeded was asked for, ISO 8601; null when there is none.
 *
 * Runs that a person started do not count: they may have been about any day. Nor does the time at
 * which it ran, which may be days later: what it can't have seen has to be reported again.
 *
 * @param workflow name of the workflow's file, such as `report.yml`
 * @throws TurnawayError `GITHUB`: the job needs `actions: read`
 */
export async function lastScheduledSuccess(
  access: GithubAccess,
  workflow: string,
): Promise<string | null> {
  const route = "GET /repos/{owner}/{repo}/actions/workflows/{workflow}/runs";
  const newest = { workflow, event: "schedule", status: "success", per_page: 1 };
  try {
    const answer = await connectGithub(access).repeat(route, newest);
    return (
      parseAnswer(runsSchema, answer, "runs of a workflow").workflow_runs[0]?.created_at ?? null
    );
  } catch (error) {
    const task = {
      what: "the last run that succeeded could not be found",
      permissions: "actions: read",
    };
    throw githubError(error, `${access.owner}/${access.repo}`, task);
  }
}

const runsSchema = z.object({ workflow_runs: z.array(z.object({ created_at: z.iso.datetime() })) });
