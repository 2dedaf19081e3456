import { GITHUB_FAULTS, type GithubFault } from "./faults.ts";
import type { GithubServer } from "./github-server.ts";
import type { GithubStore } from "./store.ts";

/** One thing that goes wrong in one request of a run. */
export interface GithubInjection {
  readonly fault: keyof typeof GITHUB_FAULTS;
  /** `before`: the work is not done; `after`: it is done, and only the answer suffers. */
  readonly stage: "before" | "after";
  /** Index of the request in a clean run. */
  readonly at: number;
  /** What that request is, as `operationOf` names it. */
  readonly operation: string;
}

/** Every fault before and after every request of a clean run, by the operations of that run. */
export function injectionsInto(operations: readonly string[]): GithubInjection[] {
  const faults = Object.entries(GITHUB_FAULTS) as [GithubInjection["fault"], GithubFault][];
  return operations.flatMap((operation, at) =>
    faults.flatMap(([fault, { kind }]) =>
      STAGES.filter((stage) => isDifferent(kind, operation, stage)).map((stage) => ({
        fault,
        stage,
        at,
        operation,
      })),
    ),
  );
}

/** Lets it go wrong in a run that begins now; the requests after it are answered as ever. */
export function injectAt(
  server: GithubServer,
  { fault, stage, at }: Pick<GithubInjection, "fault" | "stage" | "at">,
  times = 1,
): void {
  const first = server.requests.length + at;
  const when = (): boolean => server.requests.length > first;
  server.inject({ fault: GITHUB_FAULTS[fault], stage, when, times });
}

/** What a person at the site sees in the end: two runs that end alike are equal in it. */
export interface GithubSite {
  readonly issues: readonly object[];
  readonly comments: readonly object[];
}

export function siteOf({ issues, comments }: GithubStore): GithubSite {
  return {
    issues: issues.map(({ number, title, body, state, stateReason, labels, assignees }) => ({
      number,
      title,
      body,
      state,
      stateReason,
      labels,
      assignees,
    })),
    comments: comments.map(({ issue, author, body }) => ({ issue, author: author.login, body })),
  };
}

const STAGES = ["before", "after"] as const;

function isDifferent(
  kind: GithubFault["kind"],
  operation: string,
  stage: GithubInjection["stage"],
): boolean {
  // Only a change can keep what was there, and it is an answer.
  if (kind === "old-body") return stage === "after" && operation.startsWith("PATCH");
  // An answer that is only late has its work done.
  if (kind === "slow") return stage === "after";
  // Where nothing is changed it makes no difference when it goes wrong.
  return stage === "after" || !(operation.startsWith("GET") || operation.endsWith("/graphql"));
}
