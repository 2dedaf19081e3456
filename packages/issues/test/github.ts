import type { Report } from "@turnaway/core";
import {
  startGithubServer,
  WORKFLOW_TOKEN,
  type GithubServer,
  type GithubServerOptions,
} from "@turnaway/testing/github-server";
import {
  deliverReport,
  type Delivery,
  type GithubAccess,
  type IssueSettings,
} from "../src/index.ts";
import { SETTINGS } from "./sample-settings.ts";

export interface DeliverOptions {
  readonly dryRun?: boolean;
  readonly publicOk?: boolean;
  readonly timeoutMs?: number;
}

/** A server of its own for one test, and the delivery to it, with short seconds. */
export interface Setting {
  readonly server: GithubServer;
  readonly deliver: (
    report: Report,
    settings?: Partial<IssueSettings>,
    options?: DeliverOptions,
  ) => Promise<Delivery>;
}

/** The workflow's own access, with short seconds. */
export function accessTo({ url }: GithubServer, timeoutMs: number): GithubAccess {
  return {
    token: WORKFLOW_TOKEN,
    owner: "octo",
    repo: "network",
    apiUrl: url,
    pace: { secondMs: 1, timeoutMs, writeGapMs: 0, attempts: 3 },
  };
}

export async function withGithub<T>(
  work: (setting: Setting) => Promise<T>,
  options: GithubServerOptions = {},
): Promise<T> {
  const server = await startGithubServer(options);
  try {
    return await work({
      server,
      deliver: (report, settings = {}, { timeoutMs = 5000, ...options } = {}) =>
        deliverReport({
          report,
          settings: { ...SETTINGS, ...settings },
          publicOk: false,
          ...options,
          access: accessTo(server, timeoutMs),
        }),
    });
  } finally {
    await server.close();
  }
}
