import { TurnawayError } from "@turnaway/core";
import {
  type GithubAccount,
  type GithubServer,
  injectAt,
  injectionsInto,
  operationOf,
  siteOf,
} from "@turnaway/testing/github-server";
import { describe, expect, test, vi } from "vitest";

import { type FileChanges, keepPull, type KeptPull } from "../src/index.ts";
import { accessTo, withGithub } from "./github.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const KIM: GithubAccount = { login: "kim", type: "User", access: "write" };
const BRANCH = "turnaway/drift";
const CHANGES = { "a/one.yml": "one: 2\n", "a/new.yml": "größer\n", "a/gone.yml": null };

describe("a proposal", () => {
  test("becomes one branch, one commit and one pull request with all of its files", () =>
    withRepository(async ({ server, propose }) => {
      expect(await propose(CHANGES)).toMatchObject({ kind: "created", pull: { number: 1 } });
      expect(filesOf(server, BRANCH)).toEqual({
        "a/one.yml": "one: 2\n",
        "a/new.yml": "größer\n",
        "other.txt": "other",
      });
      expect(filesOf(server, "main")).toEqual(BEFORE);
      const { commits, pulls } = server.store.content;
      expect(commits).toEqual([{ branch: BRANCH, message: "Take it over" }]);
      expect(pulls).toEqual([{ number: 1, head: BRANCH, base: "main", merged: false }]);
      expect(server.store.issue(1)).toMatchObject({ title: "Drift", body: "What there is" });
    }));

  test("made again changes nothing", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      const before = stateOf(server);
      expect((await propose(CHANGES)).kind).toBe("unchanged");
      expect(stateOf(server)).toEqual(before);
    }));

  test("that says something else adds one commit, with nothing left of the first", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      expect((await propose({ "a/one.yml": "one: 3\n" }, { body: "More" })).kind).toBe("updated");
      expect(filesOf(server, BRANCH)).toEqual({ ...BEFORE, "a/one.yml": "one: 3\n" });
      expect(server.store.content.commits).toHaveLength(2);
      expect(server.store.issue(1)).toMatchObject({ title: "Drift", body: "More" });
    }));

  test("with other words alone makes no commit", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      expect((await propose(CHANGES, { title: "Drift of two" })).kind).toBe("updated");
      expect(server.store.issue(1)).toMatchObject({ title: "Drift of two" });
      expect(server.store.content.commits).toHaveLength(1);
    }));

  test("is left as it is while the default branch moves elsewhere, and follows it when it has to", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      server.store.content.branches.get("main")!.set("other.txt", "moved");
      expect((await propose(CHANGES)).kind).toBe("unchanged");
      expect((await propose({ "a/one.yml": "one: 3\n" })).kind).toBe("updated");
      expect(filesOf(server, BRANCH)).toMatchObject({
        "a/one.yml": "one: 3\n",
        "a/gone.yml": "gone: 1\n",
        "other.txt": "moved",
      });
    }));

  test("starts from the commit that its files were made from", () =>
    withRepository(async ({ server, propose }) => {
      const { content } = server.store;
      const base = content.shaOf("main")!;
      content.branches.get("main")!.set("a/one.yml", "one: 9\n");
      expect((await propose({ "a/one.yml": "one: 1\n" }, { base })).kind).toBe("not-wanted");
      expect((await propose({ "a/one.yml": "one: 2\n" }, { base })).kind).toBe("created");
      // So git sees that both changed the line, and nobody's change is lost.
      expect(content.commit(content.shaOf(BRANCH)!)!.parents).toEqual([base]);
    }));

  test.each<[string, FileChanges]>([
    ["nothing", {}],
    ["what is there already", { "a/one.yml": BEFORE_ONE }],
    ["to delete what is not there", { "a/never.yml": null }],
  ])("of %s makes nothing", (_, files) =>
    withRepository(async ({ server, propose }) => {
      expect(await propose(files)).toEqual({ kind: "not-wanted" });
      expect(server.store.content.branches.size).toBe(1);
      expect(server.store.content.pulls).toEqual([]);
    }),
  );
});

describe("when nothing is left to propose", () => {
  test("the pull request is closed, and a later proposal opens one anew", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      expect(await propose({})).toMatchObject({ kind: "closed", pull: { number: 1 } });
      expect(server.store.issue(1)!.state).toBe("closed");
      expect(await propose({})).toEqual({ kind: "not-wanted" });
      expect(await propose(CHANGES)).toMatchObject({ kind: "created", pull: { number: 2 } });
    }));

  test.each([
    ["merged", true],
    ["squashed", false],
  ])("because it was %s, a later one opens anew from the same branch", (_, hasHistory) =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      merge(server, 1, hasHistory);
      expect(await propose({})).toEqual({ kind: "not-wanted" });
      const kept = await propose({ "a/one.yml": "one: 5\n" });
      expect(kept).toMatchObject({ kind: "created", pull: { number: 2 } });
      expect(filesOf(server, BRANCH)).toEqual({
        "a/one.yml": "one: 5\n",
        "a/new.yml": "größer\n",
        "other.txt": "other",
      });
    }),
  );
});

describe("what people did is left alone:", () => {
  test("commits on the branch", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      server.store.content.branches.get(BRANCH)!.set("a/one.yml", "one: by hand\n");
      const before = stateOf(server);
      for (const files of [CHANGES, { "a/one.yml": "one: 3\n" }, {}]) {
        expect(await propose(files)).toMatchObject({
          kind: "held",
          by: ["kim"],
          pull: { number: 1 },
        });
      }
      expect(stateOf(server)).toEqual(before);
    }));

  test("a branch of somebody's that only has the same name", () =>
    withRepository(async ({ server, propose }) => {
      const { branches } = server.store.content;
      branches.set(BRANCH, new Map([["mine.txt", "mine"]]));
      const { content } = server.store;
      content.setBranch(
        BRANCH,
        content.addCommit({
          tree: content.addTree(branches.get(BRANCH)!),
          parents: [content.shaOf("main")!],
          message: "mine",
          author: "lee",
        }),
      );
      expect(await propose(CHANGES)).toMatchObject({ kind: "held", by: ["lee"], pull: null });
      expect(filesOf(server, BRANCH)).toEqual({ "mine.txt": "mine" });
    }));

  test("a pull request that was closed, until there is something else", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      server.store.setState(server.store.issue(1)!, KIM, "closed");
      expect(await propose(CHANGES)).toMatchObject({ kind: "declined", pull: { number: 1 } });
      expect(await propose({ "a/one.yml": "one: 3\n" })).toMatchObject({ kind: "created" });
    }));

  test("the same, when the branch was deleted with it", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      server.store.setState(server.store.issue(1)!, KIM, "closed");
      server.store.content.branches.delete(BRANCH);
      expect(await propose(CHANGES)).toMatchObject({ kind: "declined", pull: { number: 1 } });
      expect(server.store.content.branches.has(BRANCH)).toBe(false);
      expect(await propose({ "a/one.yml": "one: 3\n" })).toMatchObject({ kind: "created" });
    }));

  test("the words of a pull request that a person opened from the branch", () =>
    withRepository(async ({ server, propose }) => {
      server.store.content.workflowsMayOpenPulls = false;
      const kept = await propose(CHANGES);
      expect(kept).toEqual({
        kind: "prepared",
        compareUrl: "https://github.com/octo/network/compare/main...turnaway%2Fdrift?expand=1",
      });
      const mine = server.store.addIssue(KIM, { title: "Mine", body: "My", isPullRequest: true });
      const pull = { number: mine.number, head: BRANCH, base: "main", merged: false };
      server.store.content.pulls.push(pull);
      expect((await propose(CHANGES)).kind).toBe("unchanged");
      expect((await propose({ "a/one.yml": "one: 3\n" })).kind).toBe("updated");
      expect(mine).toMatchObject({ title: "Mine", body: "My" });
    }));

  test("a push that comes between looking and writing", () =>
    withRepository(async ({ server, propose }) => {
      await propose(CHANGES);
      let isPushed = false;
      server.inject({
        fault: { kind: "slow", ms: 1 },
        stage: "after",
        when: ({ method, path }) => {
          if (isPushed || method !== "PATCH" || !path.includes("/git/refs/")) return false;
          server.store.content.branches.get(BRANCH)!.set("a/one.yml", "one: pushed\n");
          return (isPushed = true);
        },
      });
      expect((await propose({ "a/one.yml": "one: 3\n" })).kind).toBe("held");
      expect(filesOf(server, BRANCH)["a/one.yml"]).toBe("one: pushed\n");
    }));
});

test("a token that may not write names what the job needs", () =>
  withRepository(async ({ server, propose }) => {
    const message = "Resource not accessible by integration";
    server.inject({
      fault: { kind: "refuse", status: 403, message },
      stage: "before",
      when: ({ path }) => path.endsWith("/git/trees"),
    });
    await expect(propose(CHANGES)).rejects.toThrow(/contents: write, pull-requests: write/);
  }));

const FAULTS = new Set(["reset", "hang", "502", "403 secondary", "403 permission", "bad JSON"]);

describe("after a fault in any one request, a rerun ends as a clean run does:", () => {
  test.each<[string, readonly FileChanges[]]>([
    ["a first proposal", [CHANGES]],
    ["a changed one", [CHANGES, { "a/one.yml": "one: 3\n" }]],
    ["nothing left", [CHANGES, {}]],
  ])("%s", { timeout: 300_000 }, (_, steps) =>
    withRepository(async ({ server, propose }) => {
      for (const files of steps.slice(0, -1)) await propose(files);
      const files = steps.at(-1)!;
      const start = server.store.clone();
      const first = server.requests.length;
      await propose(files);
      const operations = server.requests.slice(first).map(operationOf);
      const clean = stateOf(server);
      for (const injection of injectionsInto(operations).filter(({ fault }) => FAULTS.has(fault))) {
        server.restart(start.clone());
        injectAt(server, injection);
        const timeoutMs = injection.fault === "hang" ? 100 : 5000;
        await propose(files, { timeoutMs }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(TurnawayError);
          expect((error as TurnawayError).exitCode).toBe(5);
        });
        server.heal();
        await propose(files);
        const { fault, stage, operation } = injection;
        expect(stateOf(server), `${fault} ${stage} ${operation}`).toEqual(clean);
      }
    }),
  );
});

const BEFORE_ONE = "one: 1\n";
const BEFORE = { "a/one.yml": BEFORE_ONE, "a/gone.yml": "gone: 1\n", "other.txt": "other" };

interface Options {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly timeoutMs?: number;
}

interface Setting {
  readonly server: GithubServer;
  readonly propose: (files: FileChanges, options?: Options) => Promise<KeptPull>;
}

function withRepository(work: (setting: Setting) => Promise<void>): Promise<void> {
  return withGithub(async ({ server }) => {
    const main = server.store.content.branches.get("main")!;
    for (const [path, text] of Object.entries(BEFORE)) main.set(path, text);
    await work({
      server,
      propose: (files, { timeoutMs = 5000, ...options } = {}) =>
        keepPull({
          access: accessTo(server, timeoutMs),
          branch: BRANCH,
          files,
          message: "Take it over",
          title: "Drift",
          body: "What there is",
          ...options,
        }),
    });
  });
}

function filesOf({ store }: GithubServer, branch: string): Record<string, string> {
  return Object.fromEntries(store.content.branches.get(branch)!);
}

/** As the site does it, with the commits of the branch or with one of its own. */
function merge(server: GithubServer, number: number, hasHistory: boolean): void {
  const { store } = server;
  const { content } = store;
  const pull = content.pulls.find((each) => each.number === number)!;
  const head = content.shaOf(pull.head)!;
  const { tree } = content.commit(head)!;
  const parents = [content.shaOf("main")!, ...(hasHistory ? [head] : [])];
  content.setBranch("main", content.addCommit({ tree, parents, message: "merge", author: "kim" }));
  pull.merged = true;
  store.setState(store.issue(number)!, KIM, "closed");
}

function stateOf({ store }: GithubServer): unknown {
  const { branches, commits, pulls } = store.content;
  const files = [...branches].map(([name, all]) => [name, Object.fromEntries(all)]);
  return structuredClone({ ...siteOf(store), files, commits, pulls });
}
