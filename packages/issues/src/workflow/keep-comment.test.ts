import {
  GithubStore,
  injectAt,
  injectionsInto,
  operationOf,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
  type GithubAccount,
  type GithubServer,
} from "@turnaway/testing/github-server";
import { describe, expect, test, vi } from "vitest";
import { accessTo, withGithub } from "../../test/github.ts";
import { keepComment, type CommentRequest, type KeptComment } from "./keep-comment.ts";

// Waits for calls that hang, many times.
vi.setConfig({ testTimeout: 60_000 });

const MARKER = "<!-- turnaway:preview -->";
const EVE: GithubAccount = { login: "eve", type: "User", access: "read" };

function keep(
  server: GithubServer,
  text: string,
  more: Partial<CommentRequest> = {},
): Promise<KeptComment> {
  const access = accessTo(server, 200);
  return keepComment({ access, issue: 1, marker: MARKER, text, isWanted: true, ...more });
}

function pullRequest(): GithubStore {
  const store = new GithubStore();
  store.addIssue({ ...EVE, login: "kim" }, { title: "Detect more", isPullRequest: true });
  return store;
}

function bodies({ store }: GithubServer): string[] {
  return store.comments.map(({ body }) => body);
}

const withPull = (work: (server: GithubServer) => Promise<void>) => (): Promise<void> =>
  withGithub(({ server }) => work(server), { store: pullRequest() });

describe("a kept comment", () => {
  test(
    "is made once, and changed when its text changes",
    withPull(async (server) => {
      expect(await keep(server, "one")).toEqual({ kind: "created" });
      expect(await keep(server, "one")).toEqual({ kind: "unchanged" });
      expect(await keep(server, "two")).toEqual({ kind: "updated" });
      expect(bodies(server)).toEqual([`${MARKER}\n\ntwo`]);
    }),
  );

  test(
    "is not made where it is not wanted, and changed where it is there",
    withPull(async (server) => {
      expect(await keep(server, "none", { isWanted: false })).toEqual({ kind: "not-wanted" });
      expect(bodies(server)).toEqual([]);
      await keep(server, "some");
      expect(await keep(server, "none", { isWanted: false })).toEqual({ kind: "updated" });
      expect(bodies(server)).toEqual([`${MARKER}\n\nnone`]);
    }),
  );

  test(
    "is found behind a hundred others, and is not what somebody else marked",
    withPull(async (server) => {
      const pull = server.store.issue(1)!;
      server.store.addComment(EVE, pull, `${MARKER}\n\nforged`);
      for (let index = 0; index < 120; index += 1) server.store.addComment(EVE, pull, "talk");
      await keep(server, "one");
      await keep(server, "two");
      expect(bodies(server).filter((body) => body !== "talk")).toEqual([
        `${MARKER}\n\nforged`,
        `${MARKER}\n\ntwo`,
      ]);
    }),
  );

  test(
    "is one again after two runs raced",
    withPull(async (server) => {
      const pull = server.store.issue(1)!;
      for (const text of ["a", "b"])
        server.store.addComment(WORKFLOW_BOT, pull, `${MARKER}\n\n${text}`);
      await keep(server, "c");
      expect(bodies(server)).toEqual([`${MARKER}\n\nc`]);
    }),
  );

  test("of a token that only reads is no error: the caller says it elsewhere", () =>
    withGithub(
      async ({ server }) => {
        expect(await keep(server, "one")).toMatchObject({ kind: "forbidden" });
        expect(bodies(server)).toEqual([]);
      },
      {
        store: pullRequest(),
        accounts: { [WORKFLOW_TOKEN]: { ...WORKFLOW_BOT, access: "read" } },
      },
    ));
});

describe("whatever goes wrong", () => {
  const made = ["POST /graphql", "GET /issues/{}/comments", "POST /issues/{}/comments"];
  const changed = ["POST /graphql", "GET /issues/{}/comments", "PATCH /issues/comments/{}"];

  test.each([
    ["a new comment", [], made],
    ["a changed comment", [`${MARKER}\n\nold`], changed],
  ])("a rerun ends with one %s", (_, there, operations) =>
    withGithub(async ({ server }) => {
      const store = pullRequest();
      for (const body of there) store.addComment(WORKFLOW_BOT, store.issue(1)!, body);
      server.restart(store.clone());
      await keep(server, "new");
      const clean = server.requests.map(operationOf);
      expect(clean.map((name) => name.replace("/repos/octo/network", ""))).toEqual(operations);
      for (const injection of injectionsInto(clean)) {
        server.restart(store.clone());
        injectAt(server, injection);
        await keep(server, "new").catch(() => {});
        server.heal();
        await keep(server, "new");
        expect(bodies(server), JSON.stringify(injection)).toEqual([`${MARKER}\n\nnew`]);
      }
    }),
  );
});
