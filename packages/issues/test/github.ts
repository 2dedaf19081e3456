import type { Report } from "@turnaway/core";
import {
  startGithubServer,
  WORKFLOW_TOKEN,
  type GithubServer,
} from "@turnaway/testing/github-server";
import { deliverReport, type Delivery, type IssueSettings } from "../src/index.ts";
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

export async function withGithub<T>(work: (setting: Setting) => Promise<T>): Promise<T> {
  const server = await startGithubServer();
  try {
    return await work({
      server,
      deliver: (report, settings = {}, { timeoutMs = 5000, ...options } = {}) =>
        deliverReport({
          report,
          settings: { ...SETTINGS, ...settings },
          publicOk: false,
          ...options,
          access: {
            token: WORKFLOW_TOKEN,
            owner: "octo",
            repo: "network",
            apiUrl: server.url,
            pace: { secondMs: 1, timeoutMs, writeGapMs: 0, attempts: 3 },
          },
        }),
    });
  } finally {
    await server.close();
  }
}
