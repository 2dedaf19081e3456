import { RequestError } from "@octokit/request-error";
import { TurnawayError, type ErrorDetail } from "@turnaway/core";
import { BadAnswer } from "./github-answers.ts";

/** Seconds to wait before looking again; undefined when waiting will not help. */
export function secondsToWait(error: unknown, tried: number): number | undefined {
  if (error instanceof BadAnswer) return tried * tried;
  if (!(error instanceof RequestError)) return undefined;
  // Octokit gives lost connections and timeouts the status 500.
  if (error.status >= 500) return tried * tried;
  if (!isRateLimit(error)) return undefined;
  const header = (name: string): number => Number(error.response?.headers[name] ?? Number.NaN);
  const after = header("retry-after");
  if (after >= 0) return after;
  const reset = header("x-ratelimit-reset");
  const isPrimary = error.response?.headers["x-ratelimit-remaining"] === "0";
  return isPrimary && reset >= 0 ? Math.max(0, reset - Date.now() / 1000) + 1 : 60;
}

/** The issue or comment of a request is not there any more, or somewhere else. */
export function isGone(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 404 || error.status === 410);
}

export function isLocked(error: unknown): boolean {
  return error instanceof RequestError && error.status === 403 && /locked/i.test(error.message);
}

/** A 422 that names the assignees, and so would hold up the whole issue. */
export function isAboutAssignees(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422 && /assignees/.test(error.message);
}

/** What was tried, for who reads that it failed. */
export interface GithubTask {
  readonly what: string;
  /** As a workflow grants them: `issues: write`. */
  readonly permissions: string;
}

const POSTING: GithubTask = {
  what: "the report could not be posted",
  permissions: "issues: write",
};

/** What a person reads: what failed, why, and the change to make. */
export function githubError(
  error: unknown,
  repository: string,
  { what, permissions }: GithubTask = POSTING,
): TurnawayError {
  if (error instanceof TurnawayError) return error;
  return new TurnawayError(
    "GITHUB",
    { what, where: repository, ...explain(error, permissions) },
    { cause: error },
  );
}

type Explanation = Pick<ErrorDetail, "why" | "fix">;

function explain(error: unknown, permissions: string): Explanation {
  if (error instanceof BadAnswer) {
    return { why: error.message, fix: "look at what stands between this runner and GitHub" };
  }
  if (!(error instanceof RequestError)) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
  return (
    explainStatus(error, permissions) ?? {
      why: `GitHub answered ${error.status}, ${firstLine(error)}`,
    }
  );
}

function explainStatus(error: RequestError, permissions: string): Explanation | undefined {
  const message = firstLine(error);
  if (isRateLimit(error)) {
    return { why: `GitHub limits this token: ${message}`, fix: "run it again later" };
  }
  switch (error.status) {
    case 401:
      return {
        why: `GitHub refuses the token: ${message}`,
        fix: "give `github-token` a token that is valid, as `${{ github.token }}` is within its job",
      };
    case 403:
      return /archived/i.test(message)
        ? { why: message, fix: "unarchive the repository, or set `issue-mode: none`" }
        : {
            why: `the token may not do this: ${message}`,
            fix: `add \`permissions: { ${permissions} }\` to the job`,
          };
    case 404:
      return {
        why: "the repository does not exist, or the token may not see it",
        fix: `check its name, and that the job has \`permissions: { ${permissions} }\``,
      };
    case 410:
      return {
        why: `issues are turned off, or the issue is gone: ${message}`,
        fix: "turn on Issues in the settings of the repository, or set `issue-mode: none`",
      };
    case 422:
      return {
        why: `GitHub finds the request invalid: ${message}`,
        // Of what we write GitHub takes every length; what people wrote around it stays theirs.
        ...(/too long/i.test(message) && {
          fix: "shorten the text around the report in the issue",
        }),
      };
    default:
      return error.status >= 500
        ? { why: `GitHub did not answer: ${message}`, fix: "run it again later" }
        : undefined;
  }
}

function isRateLimit(error: RequestError): boolean {
  const headers = error.response?.headers ?? {};
  return (
    error.status === 429 ||
    (error.status === 403 &&
      (/\brate limit/i.test(error.message) ||
        headers["retry-after"] !== undefined ||
        headers["x-ratelimit-remaining"] === "0"))
  );
}

function firstLine({ message }: RequestError): string {
  return message
    .split("\n", 1)[0]!
    .replace(/ - https:\/\/docs\.github\.com\S*$/, "")
    .slice(0, 300)
    .replace(/\.$/, "");
}
