import {
  GithubStore,
  injectAt,
  injectionsInto,
  operationOf,
  WORKFLOW_BOT,
  type GithubAccount,
  type GithubServer,
} from "@turnaway/testing/github-server";
import { describe, expect, test, vi } from "vitest";
import { accessTo, withGithub } from "../../test/github.ts";
import { keepIssue, type IssueRequest, type KeptIssue } from "./keep-issue.ts";

// Waits for calls that hang, many times.
vi.setConfig({ testTimeout: 60_000 });

const MARKER = "<!-- turnaway:drift:production -->";
const EVE: GithubAccount = { login: "eve", type: "User", access: "read" };

function keep(
  server: GithubServer,
  text: string,
  more: Partial<IssueRequest> = {},
): Promise<KeptIssue> {
  return keepIssue({
    access: accessTo(server, 200),
    marker: MARKER,
    title: "Drift",
    text,
    labels: ["turnaway"],
    isOpen: true,
    ...more,
  });
}

const clear = { isOpen: false };

function issues({ store }: GithubServer): string[] {
  return store.issues.map(({ state, body }) => `${state}: ${body?.split("\n").at(-1)}`);
}

describe("a kept issue", () => {
  test("is made once, changed, closed when there is nothing to tell, and opened again", () =>
    withGithub(async ({ server }) => {
      expect(await keep(server, "none", clear)).toEqual({ kind: "not-wanted", number: null });
      expect(await keep(server, "one")).toEqual({ kind: "created", number: 1 });
      expect(await keep(server, "one")).toEqual({ kind: "unchanged", number: 1 });
      expect(await keep(server, "two")).toEqual({ kind: "updated", number: 1 });
      expect(issues(server)).toEqual(["open: two"]);
      expect(await keep(server, "none", clear)).toEqual({ kind: "closed", number: 1 });
      expect(await keep(server, "none", clear)).toEqual({ kind: "unchanged", number: 1 });
      expect(await keep(server, "three")).toEqual({ kind: "reopened", number: 1 });
      expect(issues(server)).toEqual(["open: three"]);
      expect(server.store.issues[0]!.labels).toEqual(["turnaway"]);
    }));

  test("that a person closed as not planned stays closed until something else is told", () =>
    withGithub(async ({ server }) => {
      await keep(server, "one");
      Object.assign(server.store.issues[0]!, { state: "closed", stateReason: "not_planned" });
      expect(await keep(server, "one")).toMatchObject({ kind: "unchanged" });
      expect(await keep(server, "two")).toMatchObject({ kind: "reopened" });
    }));

  test("is not what somebody else marked, and of two the older one stays", () =>
    withGithub(async ({ server }) => {
      server.store.addIssue(EVE, { title: "Drift", body: `${MARKER}\n\nforged` });
      for (const text of ["a", "b"])
        server.store.addIssue(WORKFLOW_BOT, { title: "Drift", body: `${MARKER}\n\n${text}` });
      expect(await keep(server, "c")).toEqual({ kind: "updated", number: 2 });
      expect(issues(server)).toEqual(["open: forged", "open: c", "closed: b"]);
    }));
});

describe("whatever goes wrong", () => {
  test.each([
    ["a new issue", null],
    ["a changed issue", "open"],
    ["an issue that is back", "closed"],
  ] as const)("a rerun ends with one %s", (_, state) =>
    withGithub(async ({ server }) => {
      const store = new GithubStore();
      if (state !== null)
        Object.assign(
          store.addIssue(WORKFLOW_BOT, { title: "Drift", body: `${MARKER}\n\nold` }),
          state === "closed" ? { state, stateReason: "completed" } : {},
        );
      server.restart(store.clone());
      await keep(server, "new");
      for (const injection of injectionsInto(server.requests.map(operationOf))) {
        server.restart(store.clone());
        injectAt(server, injection);
        await keep(server, "new").catch(() => {});
        server.heal();
        await keep(server, "new");
        expect(issues(server), JSON.stringify(injection)).toEqual(["open: new"]);
      }
    }),
  );
});
