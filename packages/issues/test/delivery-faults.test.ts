import {
  GITHUB_FAULTS,
  operationOf,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
  type GithubAccount,
  type GithubFault,
  type GithubServer,
} from "@turnaway/testing/github-server";
import { describe, expect, test } from "vitest";
import { dayReport } from "./days.ts";
import { withGithub } from "./github.ts";

const DAY_1 = dayReport("2026-11-19", [{ name: "10.0.9.20" }]);
const DAY_2 = dayReport("2026-11-20", [{ name: "10.0.9.20", status: "ongoing" }, { name: "b" }]);
const EVE: GithubAccount = { login: "eve", type: "User", access: "read" };

describe("what passes is waited for", () => {
  const cases: [name: string, fault: GithubFault, operation: string][] = [
    ["D1: a secondary limit", GITHUB_FAULTS["403 secondary, retry-after"], "POST /issues"],
    [
      "D2: a secondary limit that does not say how long",
      GITHUB_FAULTS["403 secondary"],
      "POST /issues",
    ],
    ["D4: a primary limit that is over soon", GITHUB_FAULTS["403 primary"], "GET /issues"],
    ["D3: 429", GITHUB_FAULTS["429"], "POST /issues"],
    ["D12: 502 before an issue is made", GITHUB_FAULTS["502"], "POST /issues"],
    ["a connection that is cut", GITHUB_FAULTS.reset, "GET /issues"],
  ];
  test.each(cases)("%s", (_, fault, operation) =>
    withGithub(async ({ server, deliver }) => {
      inject(server, fault, operation);
      await deliver(DAY_1);
      expect(server.store.issues).toHaveLength(1);
    }),
  );

  test("D14: no answer at all, for no longer than the limit", () =>
    withGithub(async ({ server, deliver }) => {
      inject(server, GITHUB_FAULTS.hang, "GET /issues");
      await deliver(DAY_1, {}, { timeoutMs: 100 });
      expect(server.store.issues).toHaveLength(1);
    }));
});

describe("what does not pass ends it, and says what to do", () => {
  const late = { "retry-after": "3600" };
  const used = {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
  };
  const cases: [name: string, fault: GithubFault, text: RegExp][] = [
    [
      "D1: a limit for longer than we wait",
      refuse(403, "You have exceeded a secondary rate limit.", late),
      /limits this token.*run it again later/i,
    ],
    [
      "D4: a primary limit for longer than we wait",
      refuse(403, "API rate limit exceeded for installation.", used),
      /limits this token/i,
    ],
    [
      "D5: a permission that is missing",
      GITHUB_FAULTS["403 permission"],
      /permissions: \{ issues: write \}/,
    ],
    ["D6: a token that is refused", GITHUB_FAULTS["401"], /refuses the token/],
    [
      "D7: a repository that can't be seen",
      GITHUB_FAULTS["404"],
      /does not exist, or the token may not see it/,
    ],
    ["D8: issues that are turned off", GITHUB_FAULTS["410"], /turn on issues/i],
    [
      "D26: an archived repository",
      refuse(403, "Repository was archived so is read-only."),
      /is read-only\. Unarchive the repository/,
    ],
    ["502 again and again", GITHUB_FAULTS["502"], /GitHub did not answer/],
    ["half an answer again and again", GITHUB_FAULTS["bad JSON"], /the answer is not/],
  ];
  test.each(cases)("%s", (_, fault, text) =>
    withGithub(async ({ server, deliver }) => {
      server.inject({ fault, stage: "before", when: () => true, times: Number.POSITIVE_INFINITY });
      const error: unknown = await deliver(DAY_1).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "GITHUB", exitCode: 5 });
      expect(String(error)).toMatch(text);
      expect(String(error)).not.toContain(WORKFLOW_TOKEN);
      expect(server.store.issues).toEqual([]);
    }),
  );
});

describe("what can be left out is left out, with a warning", () => {
  test("D11: assignees that GitHub refuses", () =>
    withGithub(async ({ server, deliver }) => {
      const delivery = await deliver(DAY_1, { assignees: { "team-orders": ["gone"] } });
      expect(delivery.warnings).toEqual(["GitHub refused the assignees: the issue has none"]);
      expect(server.store.issues).toMatchObject([{ number: 1, assignees: [] }]);
    }));

  test("D24: labels that the token may not set", () =>
    withGithub(
      async ({ server, deliver }) => {
        const delivery = await deliver(DAY_1);
        expect(delivery.warnings).toEqual([expect.stringMatching(/dropped the labels turnaway/)]);
        // Found again all the same, for a label alone proves nothing.
        expect((await deliver(DAY_1)).issue).toMatchObject({ number: 1 });
        expect(server.store.issues).toHaveLength(1);
      },
      { accounts: { [WORKFLOW_TOKEN]: { ...WORKFLOW_BOT, access: "comment" } } },
    ));

  test("D25: the comment on a locked issue, whose text is brought up to date", () =>
    withGithub(async ({ server, deliver }) => {
      await deliver(DAY_1);
      server.store.issues[0]!.locked = true;
      const { warnings } = await deliver(DAY_2);
      expect(warnings).toEqual([expect.stringMatching(/locked/)]);
      expect(server.store.issues[0]!.body).toContain("turnaway:day:2026-11-20");
      expect(server.store.comments).toEqual([]);
    }));
});

describe("an issue that GitHub makes without its text", () => {
  const lost = (server: GithubServer, times: number): void =>
    server.inject({
      fault: GITHUB_FAULTS["200, old body"],
      stage: "after",
      when: ({ body }) => body !== null && "body" in body,
      times,
    });

  test("D15: is given it", () =>
    withGithub(async ({ server, deliver }) => {
      lost(server, 1);
      await deliver(DAY_1);
      expect(server.store.issues).toHaveLength(1);
      expect(server.store.issues[0]!.body).toContain("turnaway:report:production");
    }));

  test("is not made a second time when it can't be", () =>
    withGithub(async ({ server, deliver }) => {
      lost(server, Number.POSITIVE_INFINITY);
      await expect(deliver(DAY_1)).rejects.toThrow(/issue #1 was made without its text/);
      expect(server.store.issues).toHaveLength(1);
    }));
});

describe("what people did meanwhile", () => {
  const gone: [name: string, status: number, headers?: Readonly<Record<string, string>>][] = [
    ["deleted", 410],
    ["moved to where we may not look", 404],
    ["moved", 301, { location: "/repositories/7/issues/1" }],
  ];
  test.each(gone)("D9: an issue that is %s while we write is made anew", (_, status, headers) =>
    withGithub(async ({ server, deliver }) => {
      await deliver(DAY_1);
      server.inject({
        fault: refuse(status, "This issue was deleted", headers),
        stage: "before",
        when: (request) => {
          const isWrite = operationOf(request) === "POST /repos/octo/network/issues/{}/comments";
          if (isWrite) server.store.issues.length = 0;
          return isWrite;
        },
      });
      const { issue, done } = await deliver(DAY_2);
      expect(done.map(({ kind }) => kind)).toContain("create-issue");
      expect(server.store.issues).toMatchObject([{ number: issue?.number, state: "open" }]);
    }),
  );
});

describe("however much there is", () => {
  test("D19: our issue is found on whatever page it is", () =>
    withGithub(async ({ server, deliver }) => {
      await deliver(DAY_1);
      for (let index = 0; index < 250; index += 1) {
        server.store.addIssue(WORKFLOW_BOT, { title: "Other", body: "", labels: ["turnaway"] });
      }
      expect((await deliver(DAY_2)).issue).toMatchObject({ number: 1 });
    }));

  test("D19: our comment is found on whatever page it is", () =>
    withGithub(async ({ server, deliver }) => {
      await deliver(DAY_1);
      const [issue] = server.store.issues;
      const { body } = issue!;
      for (let index = 0; index < 250; index += 1) {
        server.store.addComment(EVE, issue!, `Comment ${index}`);
      }
      await deliver(DAY_2);
      // As if the run had died between its comment and the body.
      issue!.body = body;
      await deliver(DAY_2);
      expect(server.store.comments.filter(({ author }) => author !== EVE)).toHaveLength(1);
    }));
});

test("D36: a GitHub Enterprise Server is asked under its own paths", () =>
  withGithub(
    async ({ server, deliver }) => {
      expect(server.url).toMatch(/\/api\/v3$/);
      await deliver(DAY_1);
      await deliver(DAY_2);
      expect(server.store.issues).toHaveLength(1);
      expect(server.requests.map(({ path }) => path)).toContain("/graphql");
    },
    { isEnterprise: true },
  ));

function inject(server: GithubServer, fault: GithubFault, operation: string): void {
  const [method, path] = operation.split(" ");
  server.inject({
    fault,
    stage: "before",
    when: (request) => request.method === method && request.path.endsWith(path!),
  });
}

function refuse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GithubFault {
  return { kind: "refuse", status, message, headers };
}
