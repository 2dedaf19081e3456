import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import {
  type GithubServer,
  GithubStore,
  startGithubServer,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { afterAll, afterEach, beforeEach } from "vitest";

export const CHECKOUT = path.join(import.meta.dirname, "../../..");

/** The token of a pull request from a fork. */
export const READER = "fork-token";

/** How a step ended, with all that it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly log: string;
}

/** What a step runs in: a folder of its own, and a GitHub with one pull request for each test. */
export interface StepWorld {
  readonly file: (name: string) => string;
  readonly github: GithubServer;
  /** Runs a script of this package as a workflow does, without any credentials of AWS. */
  readonly run: (
    script: string,
    args: readonly string[],
    how?: { readonly token?: string; readonly env?: NodeJS.ProcessEnv },
  ) => Promise<Ended>;
  /** Texts of the comments. */
  readonly bodies: () => (string | null)[];
}

/** Makes the world of the steps that a test file tries. */
export function stepWorld(name: string): StepWorld {
  const folder = mkdtempSync(path.join(tmpdir(), `turnaway-${name}-`));
  const file = (name: string): string => path.join(folder, name);
  let github: GithubServer;
  beforeEach(async () => {
    const reader = { ...WORKFLOW_BOT, access: "read" } as const;
    const accounts = { [WORKFLOW_TOKEN]: WORKFLOW_BOT, [READER]: reader };
    github = await startGithubServer({ store: withPullRequest(), accounts });
    for (const name of ["summary.md", "output"]) writeFileSync(file(name), "");
    writeFileSync(file("event.json"), JSON.stringify({ pull_request: PULL_REQUEST }));
  });
  afterEach(() => github.close());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    file,
    get github() {
      return github;
    },
    run: (script, args, { token = WORKFLOW_TOKEN, env = {} } = {}) =>
      runStep(script, args, {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: "true",
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_PATH: file("event.json"),
        GITHUB_OUTPUT: file("output"),
        GITHUB_REPOSITORY: "octo/network",
        GITHUB_STEP_SUMMARY: file("summary.md"),
        GITHUB_TOKEN: token,
        ...env,
      }),
    bodies: () => github.store.comments.map(({ body }) => body),
  };
}

const PULL_REQUEST = {
  number: 1,
  base: { sha: "b".repeat(40) },
  head: { sha: "a".repeat(40) },
};

function withPullRequest(): GithubStore {
  const store = new GithubStore();
  store.addIssue(
    { login: "kim", type: "User", access: "write" },
    { title: "Keep logs for two years", isPullRequest: true },
  );
  return store;
}

async function runStep(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const at = path.join(CHECKOUT, "packages/workflows/src", script);
  const child = spawn(process.execPath, [at, ...args], {
    cwd: CHECKOUT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, log, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, log: out + log };
}
