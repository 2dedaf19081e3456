import { GITHUB_FAULTS, type GithubServer } from "@turnaway/testing/github-server";
import { describe, expect, test } from "vitest";
import { accessTo, withGithub } from "../../test/github.ts";
import { lastScheduledSuccess } from "./last-success.ts";

const SCHEDULED = { workflow: "report.yml", event: "schedule", conclusion: "success" } as const;

function ask(server: GithubServer): Promise<string | null> {
  return lastScheduledSuccess(accessTo(server, 5000), "report.yml");
}

describe("the last scheduled success", () => {
  test("is the newest one, whatever failed, was cancelled or was started by hand since", () =>
    withGithub(async ({ server }) => {
      server.store.runs.push(
        { ...SCHEDULED, createdAt: "2026-11-17T06:00:00Z" },
        { ...SCHEDULED, createdAt: "2026-11-18T06:00:00Z" },
        { ...SCHEDULED, createdAt: "2026-11-19T06:00:00Z", conclusion: "failure" },
        { ...SCHEDULED, createdAt: "2026-11-19T07:00:00Z", conclusion: "cancelled" },
        { ...SCHEDULED, createdAt: "2026-11-20T06:00:00Z", event: "workflow_dispatch" },
        { ...SCHEDULED, createdAt: "2026-11-20T07:00:00Z", workflow: "ci.yml" },
        { ...SCHEDULED, createdAt: "2026-11-21T06:00:00Z", conclusion: null },
      );
      expect(await ask(server)).toBe("2026-11-18T06:00:00Z");
    }));

  test("is null before the first one", () =>
    withGithub(async ({ server }) => expect(await ask(server)).toBeNull()));

  test("needs a permission, and the error names it", () =>
    withGithub(async ({ server }) => {
      const fault = GITHUB_FAULTS["403 permission"];
      server.inject({ fault, stage: "before", when: () => true, times: 9 });
      await expect(ask(server)).rejects.toThrow(/permissions: \{ actions: read \}/);
    }));
});
