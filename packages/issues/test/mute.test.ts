import { parseMutes, TurnawayError } from "@turnaway/core";
import {
  injectAt,
  injectionsInto,
  operationOf,
  siteOf,
  type GithubAccount,
  type GithubServer,
  type GithubStore,
} from "@turnaway/testing/github-server";
import { describe, expect, test, vi } from "vitest";
import { runMute, type MuteOutcome, type MuteRequest } from "../src/index.ts";
import { dayReport } from "./days.ts";
import { accessTo, withGithub } from "./github.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const REPORT = dayReport("2026-11-19", [{ name: "10.0.9.20" }, { name: "10.0.9.21" }]);
const KEY = REPORT.findings[0]!.key;
const KIM: GithubAccount = { login: "kim", type: "User", access: "write" };
const STRANGER: GithubAccount = { login: "eve", type: "User", access: "read" };
const OLD =
  "# Ours\n- match: { port: 22 } # ssh\n  reason: known\n  owner: lee\n  until: 2026-12-31\n";

describe("/mute by somebody who may write", () => {
  test("opens one pull request with the change, and answers once", () =>
    withIssue(async ({ server, ask }) => {
      server.store.content.branches.get("main")!.set("ops/mutes.yml", OLD);
      const { outcome, comment } = await ask(`/mute \`${KEY}\` 30d @octo/team: our *own* job`);
      expect(outcome).toMatchObject({ kind: "proposed", pull: { number: 2 } });
      const { content, issues } = server.store;
      expect(content.pulls).toEqual([
        { number: 2, head: `turnaway/mute-${comment}`, base: "main", merged: false },
      ]);
      expect(content.branches.get("main")!.get("ops/mutes.yml")).toBe(OLD);
      const after = content.branches.get(`turnaway/mute-${comment}`)!.get("ops/mutes.yml")!;
      expect(after.startsWith(OLD)).toBe(true);
      expect(parseMutes(after, "mutes.yml").at(-1)).toEqual({
        match: { key: KEY },
        reason: "@octo/team: our *own* job",
        owner: "kim",
        until: "2026-12-20",
      });
      expect(content.commits).toEqual([
        {
          branch: `turnaway/mute-${comment}`,
          message: `Mute ${KEY} until 2026-12-20\n\nAsked for in #1.`,
        },
      ]);
      const [answer, ...others] = server.store.comments.slice(1);
      expect(others).toEqual([]);
      await expect(
        [
          `# ${issues[1]!.title}`,
          issues[1]!.body,
          "---",
          answer!.body.replaceAll(String(comment), "ID"),
          "",
        ].join("\n\n"),
      ).toMatchFileSnapshot("../golden/mute.md");
      expect(content.reactions).toEqual([{ comment, login: "github-actions[bot]", content: "+1" }]);
    }));

  test("changes nothing on GitHub when it is run again, even after the merge", () =>
    withIssue(async ({ server, ask, again }) => {
      await ask(`/mute ${KEY} 30d our own job`);
      const before = siteText(server.store);
      expect(await again()).toMatchObject({ kind: "proposed", pull: { number: 2 } });
      expect(siteText(server.store)).toEqual(before);
      const { branches, pulls } = server.store.content;
      branches.set("main", branches.get(pulls[0]!.head)!);
      server.store.setState(server.store.issue(2)!, KIM, "closed");
      const merged = siteText(server.store);
      expect(await again()).toMatchObject({ kind: "proposed", pull: { number: 2 } });
      expect(siteText(server.store)).toEqual(merged);
    }));

  test("says so when the finding is muted as long already", () =>
    withIssue(async ({ server, ask }) => {
      const muted = `- match: { key: "${KEY}" }\n  reason: r\n  owner: o\n  until: 2027-06-30\n`;
      server.store.content.branches.get("main")!.set("ops/mutes.yml", muted);
      const { outcome } = await ask(`/mute ${KEY} 30d our own job`);
      expect(outcome).toEqual({ kind: "unchanged", until: "2027-06-30" });
      expect(server.store.content.pulls).toEqual([]);
      expect(server.store.content.branches.size).toBe(1);
      expect(lastAnswer(server)).toContain("is muted until 2027-06-30 already");
    }));

  test("prepares the branch where workflows may not open pull requests", () =>
    withIssue(async ({ server, ask }) => {
      server.store.content.workflowsMayOpenPulls = false;
      const { outcome, comment } = await ask(`/mute ${KEY} 30d our own job`);
      expect(outcome.kind).toBe("prepared");
      expect(lastAnswer(server)).toContain(
        `(<https://github.com/octo/network/compare/main...turnaway%2Fmute-${comment}?expand=1>)`,
      );
    }));

  test.each([
    ["a key of nothing here", "/mute port-scan/192.0.2.1 30d x", "no open finding of this issue"],
    ["a key with a slip", `/mute ${KEY.slice(0, -1)} 30d x`, `did you mean "\`${KEY}\`"?`],
    ["no reason", `/mute ${KEY} 30d`, "no reason"],
    ["a masked key that tells nothing", "/mute port-scan/masked-ip 30d x", "masked without a key"],
  ])("is answered with the reason: %s", (_, command, why) =>
    withIssue(async ({ server, ask }) => {
      const { outcome, comment } = await ask(command);
      expect(outcome.kind).toBe("refused");
      expect(lastAnswer(server)).toContain(why);
      expect(lastAnswer(server)).toContain("`/mute KEY 30d REASON`");
      expect(server.store.content.reactions).toMatchObject([{ comment, content: "confused" }]);
      expect(server.store.content.branches.size).toBe(1);
    }),
  );

  test("is answered with the reason when mutes.yml can't be read", () =>
    withIssue(async ({ server, ask }) => {
      server.store.content.branches.get("main")!.set("ops/mutes.yml", "- @team [");
      expect((await ask(`/mute ${KEY} 30d x`)).outcome.kind).toBe("unwritable");
      expect(lastAnswer(server)).toContain("The mute can't be written");
      expect(lastAnswer(server)).not.toMatch(/@team(?![^`]*`)/);
      expect(server.store.content.branches.size).toBe(1);
    }));
});

describe("nothing but a reaction answers", () => {
  test.each(["eve", "nobody"])("%s, who may not write", (login) =>
    withIssue(async ({ server, ask }) => {
      server.store.content.permissions.set("nobody", "none");
      const { outcome } = await ask(`/mute ${KEY} 30d x`, { ...STRANGER, login });
      expect(outcome.kind).toBe("refused");
      expect(server.store.comments).toHaveLength(1);
      expect(server.store.content.reactions).toMatchObject([{ content: "-1" }]);
      expect(server.store.content.branches.size).toBe(1);
    }),
  );
});

describe("is left alone, and nothing is written:", () => {
  test.each<[name: string, change: (event: Event, store: GithubStore) => void]>([
    ["talk", (event) => void (event.comment.body = "what is /mute?")],
    ["an edited comment", (event) => void (event.action = "edited")],
    ["a comment on a pull request", (event) => void (event.issue.pull_request = {})],
    ["a bot", (event) => void (event.comment.user = { login: "other[bot]", type: "Bot" })],
    ["an account that is gone", (event) => void (event.comment.user = null)],
    ["an issue without our marker", (_, store) => void (store.issues[0]!.body = "hello")],
    [
      "an issue with our marker by somebody else",
      (event, store) => {
        const forged = store.addIssue(STRANGER, { title: "x", body: store.issues[0]!.body });
        event.issue.number = forged.number;
      },
    ],
  ])("%s", (_, change) =>
    withIssue(async ({ server, ask }) => {
      const before = server.requests.length;
      const { outcome } = await ask(`/mute ${KEY} 30d x`, KIM, change);
      expect(outcome.kind).toBe("ignored");
      const writes = server.requests
        .slice(before)
        .filter(({ method, path }) => method !== "GET" && path !== "/graphql");
      expect(writes).toEqual([]);
      expect(server.store.content.reactions).toEqual([]);
      expect(server.store.comments).toHaveLength(1);
    }),
  );
});

test.each([null, "x", {}, { action: "created", issue: { number: 1 } }])(
  "an event that is no comment is wrong usage: %j",
  async (event) => {
    const access = { token: "t", owner: "o", repo: "r" };
    const request = { event, access, name: "x", mutesPath: "mutes.yml", today: "2026-11-20" };
    await expect(runMute(request)).rejects.toMatchObject({ code: "USAGE", exitCode: 2 });
  },
);

test("a token that may not write names what the job needs", () =>
  withIssue(async ({ server, ask }) => {
    server.inject({
      fault: { kind: "refuse", status: 403, message: "Resource not accessible by integration" },
      stage: "before",
      when: ({ path }) => path.endsWith("/git/refs"),
    });
    await expect(ask(`/mute ${KEY} 30d x`)).rejects.toThrow(
      /contents: write, pull-requests: write, issues: write/,
    );
  }));

const FAULTS = new Set(["reset", "hang", "502", "403 secondary", "403 permission", "bad JSON"]);
const LANES = 6;

test(
  "after a fault in any one request, a rerun ends as a clean run does",
  { timeout: 300_000 },
  async () => {
    const command = `/mute ${KEY} 30d our own job`;
    const { start, operations, clean } = await withIssue(async ({ server, ask }) => {
      const before = server.store.clone();
      const first = server.requests.length;
      await ask(command);
      const done = server.requests.slice(first).map(operationOf);
      return { start: before, operations: done, clean: siteText(server.store) };
    });
    const injections = injectionsInto(operations).filter(({ fault }) => FAULTS.has(fault));
    const queue = injections.values();
    const lane = (): Promise<void> =>
      withIssue(async ({ server, ask, again }) => {
        await ask(command);
        for (const injection of queue) {
          server.restart(start.clone());
          server.store.addComment(KIM, server.store.issue(1)!, command);
          injectAt(server, injection);
          await again(injection.fault === "hang" ? 100 : 5000).catch((error: unknown) => {
            expect(error).toBeInstanceOf(TurnawayError);
            expect((error as TurnawayError).exitCode).toBe(5);
          });
          server.heal();
          await again();
          const { fault, stage, operation } = injection;
          expect(siteText(server.store), `${fault} ${stage} ${operation}`).toEqual(clean);
        }
      });
    await Promise.all(Array.from({ length: LANES }, lane));
  },
);

interface Event {
  action: string;
  readonly issue: { number: number; pull_request?: object };
  readonly comment: { id: number; body: string; user: { login: string; type: string } | null };
}

interface MuteSetting {
  readonly server: GithubServer;
  /** Makes the comment and runs the command on its event. */
  readonly ask: (
    body: string,
    by?: GithubAccount,
    change?: (event: Event, store: GithubStore) => void,
  ) => Promise<{ outcome: MuteOutcome; comment: number }>;
  /** The same event once more. */
  readonly again: (timeoutMs?: number) => Promise<MuteOutcome>;
}

function withIssue<T>(work: (setting: MuteSetting) => Promise<T>): Promise<T> {
  return withGithub(async ({ server, deliver }) => {
    await deliver(REPORT);
    let last: Omit<MuteRequest, "access"> | undefined;
    const again = (timeoutMs = 5000): Promise<MuteOutcome> =>
      runMute({ ...last!, access: accessTo(server, timeoutMs) });
    return work({
      server,
      again,
      ask: async (body, by = KIM, change = () => {}) => {
        const { id } = server.store.addComment(by, server.store.issue(1)!, body);
        const user = { login: by.login, type: by.type };
        const event: Event = {
          action: "created",
          issue: { number: 1 },
          comment: { id, body, user },
        };
        change(event, server.store);
        last = { event, name: "production", mutesPath: "ops/mutes.yml", today: "2026-11-20" };
        return { outcome: await again(), comment: id };
      },
    });
  });
}

function siteText(store: GithubStore): unknown {
  const { branches, commits, pulls, reactions } = store.content;
  const files = [...branches].map(([name, all]) => [name, [...all]]);
  return structuredClone({ ...siteOf(store), files, commits, pulls, reactions });
}

function lastAnswer({ store }: GithubServer): string {
  const { author, body } = store.comments.at(-1)!;
  expect(author.login).toBe("github-actions[bot]");
  return body;
}
