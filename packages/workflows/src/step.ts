import { appendFile, readFile } from "node:fs/promises";

import type { GithubAccess } from "@turnaway/issues";
import { z } from "zod";

/** The environment of a step, or what a test puts in its place. */
export type StepEnv = Readonly<Record<string, string | undefined>>;

/** Access to this repository with the token that the step was given. */
export function accessOf(env: StepEnv): GithubAccess {
  const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  const apiUrl = env["GITHUB_API_URL"];
  return { token: env["GITHUB_TOKEN"] ?? "", owner, repo, ...(apiUrl ? { apiUrl } : {}) };
}

/** Number of the pull request that the workflow runs for. */
export async function pullRequestOf(env: StepEnv): Promise<number> {
  return eventSchema.parse(await readJson(env["GITHUB_EVENT_PATH"] ?? "")).pull_request.number;
}

const eventSchema = z.object({ pull_request: z.object({ number: z.number().int().positive() }) });

/** Commits of a pull request. */
export interface PullRequestEnds {
  readonly base: string;
  readonly head: string;
}

/** The commits that the pull request of this workflow compares. */
export async function pullRequestEnds(env: StepEnv): Promise<PullRequestEnds> {
  const { base, head } = endsSchema.parse(
    await readJson(env["GITHUB_EVENT_PATH"] ?? ""),
  ).pull_request;
  return { base: base.sha, head: head.sha };
}

const end = z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) });
const endsSchema = z.object({ pull_request: z.object({ base: end, head: end }) });

/** Adds to the summary of the job; on a laptop, to standard output. */
export async function addSummary(text: string, env: StepEnv): Promise<void> {
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, `${text}\n`);
  else process.stdout.write(`${text}\n`);
}

/** Hands a value to the steps that follow. @throws where it has a second line */
export async function setOutput(name: string, value: string, env: StepEnv): Promise<void> {
  if (/[\r\n]/.test(value)) throw new Error(`the output ${name} would be more than one line`);
  const file = env["GITHUB_OUTPUT"];
  if (file) await appendFile(file, `${name}=${value}\n`);
  process.stdout.write(`${name}: ${value}\n`);
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8")) as unknown;
}
