import { wrongInput } from "./inputs.ts";

/** What the Action knows of the job that it is a step of. */
export interface Job {
  readonly owner: string;
  readonly repo: string;
  /** Default is github.com's. */
  readonly apiUrl: string | undefined;
  /** Where files of this job may lie; gone after it. */
  readonly tempFolder: string;
  /** Whether it is about a pull request from a fork: its token reads only, its secrets are empty. */
  readonly isFork: boolean;
  /** Whether anybody can read what the run leaves behind; null where the event does not say. */
  readonly isPublic: boolean | null;
}

/** Reads the variables that Actions sets, and the event that started the run. */
export function readJob(env: NodeJS.ProcessEnv, event: unknown): Job {
  const [owner, repo, ...more] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  if (!owner || !repo || more.length > 0) {
    throw wrongInput(
      "GITHUB_REPOSITORY",
      `received "${env["GITHUB_REPOSITORY"] ?? ""}"`,
      "run it as a step of a workflow, where Actions sets it",
    );
  }
  return {
    owner,
    repo,
    apiUrl: env["GITHUB_API_URL"] || undefined,
    tempFolder: env["RUNNER_TEMP"] || ".",
    isFork:
      env["GITHUB_EVENT_NAME"] === "pull_request" &&
      valueAt(event, ["pull_request", "head", "repo", "full_name"]) !== `${owner}/${repo}`,
    isPublic: isPublic(valueAt(event, ["repository", "private"])),
  };
}

function isPublic(isPrivate: unknown): boolean | null {
  return typeof isPrivate === "boolean" ? !isPrivate : null;
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt((value as Record<string, unknown>)[key], rest);
}
