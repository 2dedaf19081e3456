import { refuseCall, type FrontFault } from "@turnaway/testing/athena-front";
import { TurnawayError } from "@turnaway/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { AthenaEngineOptions } from "./athena-engine.ts";
import {
  ASK,
  type AthenaCase,
  clientWithKeys,
  type Outcome,
  outcomeOf,
  plain,
  startCase,
} from "./fixtures/athena-case.ts";

// What can go wrong between this engine and Athena, each over HTTP with the real SDK client.
// The numbers are the rows of the matrix of faults; query-failures, results and doctor have
// the others in test files of their own.

// Calls that hang are waited for, and a busy machine takes its time for the others.
vi.setConfig({ testTimeout: 60_000 });

let athena: AthenaCase;
beforeAll(async () => {
  athena = await startCase();
});
beforeEach(() => athena.front.reset());
afterAll(() => athena.close());

afterEach(() => {
  expect(athena.front.executions.filter((e) => /QUEUED|RUNNING/.test(e.state))).toEqual([]);
});

const OPERATIONS = ["StartQueryExecution", "GetQueryExecution", "GetQueryResults"];
const BUSY = refuseCall(400, "ThrottlingException", "Rate exceeded");
const FULL = refuseCall(400, "TooManyRequestsException", "too many", {
  Reason: "CONCURRENT_QUERY_LIMIT_EXCEEDED",
});
const BROKEN = refuseCall(500, "InternalServerException", "internal");

describe("faults that pass", () => {
  it.each<[string, FrontFault, number]>([
    ["C1: a throttled call", BUSY, 20],
    ["C2: too many queries", FULL, 12],
    ["C3: an internal error", BROKEN, 5],
    ["C3: a reset connection", { kind: "reset" }, 5],
    ["C4: a lost answer", { kind: "lost" }, 3],
    ["a call that hangs", { kind: "hang" }, 2],
    ["an answer that is cut short", { kind: "short" }, 3],
  ])("%s is tried again, at every step", async (_row, fault, times) => {
    for (const operation of OPERATIONS) {
      athena.front.reset();
      athena.front.inject({ when: operation, fault, times });
      const { rows, error } = await ask();
      expect([error?.message, rows]).toEqual([undefined, [{ n: 1 }]]);
      expect(athena.front.executions.map(({ state }) => state)).toEqual(["SUCCEEDED"]);
      expect(new Set(tokens()).size).toBe(1);
    }
  });

  it("C2: a full account is waited for until it has room", async () => {
    athena.front.quota = 0;
    const answer = ask();
    await until(() => calls("StartQueryExecution").length > 3);
    athena.front.quota = 1;
    expect((await answer).rows).toEqual([{ n: 1 }]);
  });

  it("C4: the same text is another query each time that it is asked", async () => {
    const engine = athena.engine({ runId: "run-1" });
    await engine.run(ASK);
    await engine.run(ASK);
    await athena.engine({ runId: "run-2" }).run(ASK);
    expect(new Set(tokens()).size).toBe(3);
    expect(athena.front.executions).toHaveLength(3);
  });

  it.each([10, -10])(
    "B6: a clock that is %i minutes off is set by the answer's",
    async (minutes) => {
      athena.front.clockOffsetMs = minutes * 60_000;
      expect((await ask()).rows).toEqual([{ n: 1 }]);
    },
  );
});

describe("faults that stay", () => {
  const LINK = "see it at LINK";
  it.each<[string, string, FrontFault, string]>([
    [
      "C1: throttled starts",
      "StartQueryExecution",
      BUSY,
      "query could not be started (athena, top-rejected): AWS answered ThrottlingException (400) until the deadline. Run again in some minutes.",
    ],
    [
      "C1: throttled polls",
      "GetQueryExecution",
      BUSY,
      "the state of the query could not be read (athena, top-rejected, query ID): AWS answered ThrottlingException (400) until the deadline; and Athena has not confirmed that it stopped (ThrottlingException: Rate exceeded), so it may still run. Stop it at LINK.",
    ],
    [
      "C1: throttled results",
      "GetQueryResults",
      BUSY,
      `the result could not be read (athena, top-rejected, query ID): AWS answered ThrottlingException (400) until the deadline. Run again in some minutes; ${LINK}.`,
    ],
    [
      "C2: too many queries",
      "StartQueryExecution",
      FULL,
      "query could not be started (athena, top-rejected): Athena has more queries of this account than it takes (TooManyRequestsException), until the deadline. Run again when others have ended, or ask AWS for a higher quota of active DML queries.",
    ],
    [
      "C3: a connection that always breaks",
      "StartQueryExecution",
      { kind: "reset" },
      "query could not be started (athena, top-rejected): the connection broke off again and again (ECONNRESET). Check the network and run again.",
    ],
    [
      "a page of a proxy",
      "GetQueryResults",
      { kind: "garbage" },
      `the result could not be read (athena, top-rejected, query ID): the answer is not that of Athena. Check AWS_ENDPOINT_URL and whether a proxy answers instead of AWS; ${LINK}.`,
    ],
    [
      "an answer without members",
      "GetQueryResults",
      { kind: "empty" },
      `the result could not be read (athena, top-rejected, query ID): the answer is not that of Athena. Check AWS_ENDPOINT_URL and whether a proxy answers instead of AWS; ${LINK}.`,
    ],
    [
      "a key that is refused",
      "GetWorkGroup",
      refuseCall(400, "UnrecognizedClientException", "The security token is invalid."),
      "the workgroup could not be read (athena, workgroup turnaway): AWS does not accept the access key (UnrecognizedClientException). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
    ],
  ])("%s end in exit code 4", async (_row, when, fault, message) => {
    athena.front.inject({ when, fault });
    const { error } = await ask({ deadlineMs: 120_000 });
    expect(plain(error!)).toBe(message);
    expect(error!.exitCode).toBe(4);
    for (const each of athena.front.executions) each.state = "CANCELLED";
  });

  it("a query that is lost at every answer to its start is stopped all the same", async () => {
    // The engine gives up; its last word finds the query by its token.
    athena.front.inject({ when: "StartQueryExecution", fault: { kind: "lost" }, times: 8 });
    const { error } = await ask();
    expect(error).toMatchObject({ code: "AWS", exitCode: 4 });
    expect(athena.front.executions.map(({ state }) => state)).toEqual(["CANCELLED"]);
  });

  it("an endpoint where nobody listens is named", async () => {
    const other = await startCase();
    const engine = other.engine();
    await other.close();
    const { error } = await outcomeOf(engine.run(ASK));
    expect(error!.message).toBe(
      "the workgroup could not be read (athena, workgroup turnaway): Athena in eu-west-1 can not be reached (ECONNREFUSED). Check the network, AWS_REGION, HTTPS_PROXY and AWS_ENDPOINT_URL.",
    );
  });
});

describe("deadlines and interruptions", () => {
  it.each([
    [
      "C10: RUNNING",
      "it was still running after 25 minutes. Ask about fewer days at once; see it at LINK.",
    ],
    [
      "C11: QUEUED",
      "it was still waiting in Athena's queue after 25 minutes. Run again when fewer queries of this account are active; see it at LINK.",
    ],
  ])("%s past the deadline is stopped", async (row, rest) => {
    athena.front.plan({ outcome: { stuck: row.slice(5) as "QUEUED" } });
    const { error } = await ask();
    expect(plain(error!)).toBe(
      `query was stopped at the deadline (athena, top-rejected, query ID): ${rest}`,
    );
    expect(error!.exitCode).toBe(4);
    expect(athena.front.executions.map(({ state }) => state)).toEqual(["CANCELLED"]);
  });

  it.each(["INTERRUPTED", "TERMINATED"] as const)(
    "C12: %s stops the query before it goes on",
    async (code) => {
      athena.front.plan({ outcome: { stuck: "RUNNING" } });
      const controller = new AbortController();
      const answer = outcomeOf(athena.engine().run(ASK, controller.signal));
      await until(() => calls("GetQueryExecution").length > 1);
      controller.abort(interruption(code));
      const { error } = await answer;
      expect(error).toMatchObject({ code, exitCode: code === "TERMINATED" ? 143 : 130 });
      expect(athena.front.executions.map(({ state }) => state)).toEqual(["CANCELLED"]);
    },
  );

  it("C12: an interruption while a start hangs finds the query by its token", async () => {
    athena.front.inject({ when: "StartQueryExecution", fault: { kind: "lost" }, times: 1 });
    athena.front.inject({ when: "StartQueryExecution", fault: { kind: "hang" }, times: 1 });
    const controller = new AbortController();
    const answer = outcomeOf(athena.engine().run(ASK, controller.signal));
    await until(() => calls("StartQueryExecution").length > 1);
    controller.abort(interruption("INTERRUPTED"));
    expect((await answer).error?.exitCode).toBe(130);
    expect(athena.front.executions.map(({ state }) => state)).toEqual(["CANCELLED"]);
  });

  it("C12: an interruption before the first call starts nothing", async () => {
    const { error } = await outcomeOf(athena.engine().run(ASK, AbortSignal.abort()));
    expect(error?.code).toBe("INTERRUPTED");
    expect(athena.front.requests).toEqual([]);
  });

  it("C12: an interruption while rows are read ends the reading", async () => {
    athena.front.inject({ when: "GetQueryResults", fault: { kind: "hang" } });
    const controller = new AbortController();
    const answer = outcomeOf(athena.engine().run(ASK, controller.signal));
    await until(() => calls("GetQueryResults").length > 0);
    controller.abort(interruption("INTERRUPTED"));
    expect((await answer).error?.exitCode).toBe(130);
  });

  it.each<[string, () => void, string]>([
    [
      "refused",
      () =>
        athena.front.inject({
          when: "StopQueryExecution",
          fault: refuseCall(400, "AccessDeniedException", "not authorized"),
        }),
      "it could not be stopped (AccessDeniedException: not authorized)",
    ],
    [
      "without effect",
      () => athena.front.plan({ outcome: { stuck: "RUNNING", unstoppable: true } }),
      "Athena has not confirmed that it stopped (it says RUNNING)",
    ],
  ])("C13: a stop that is %s is told, and ends the run", async (_how, given, why) => {
    given();
    athena.front.plan({ outcome: { stuck: "RUNNING" } });
    const controller = new AbortController();
    const answer = outcomeOf(athena.engine().run(ASK, controller.signal));
    await until(() => calls("GetQueryExecution").length > 1);
    controller.abort(interruption("INTERRUPTED"));
    const { error } = await answer;
    expect(plain(error!)).toBe(
      `interrupted (athena, top-rejected, query ID): SIGINT was received; and ${why}, so it may still run. Stop it at LINK.`,
    );
    expect(error!.exitCode).toBe(130);
    for (const each of athena.front.executions) each.state = "CANCELLED";
  });
});

describe("credentials", () => {
  it.each(["GetWorkGroup", ...OPERATIONS])(
    "C18: a session that ends at %s is renewed once",
    async (operation) => {
      let key = "AKIDOLD";
      const keys = async () => ({ accessKeyId: key, secretAccessKey: "secret" });
      const api = clientWithKeys(athena.front, keys);
      atFirst(operation, () => {
        athena.front.expiredKeys.add("AKIDOLD");
        key = "AKIDNEW";
      });
      const { rows } = await ask({ api });
      expect(rows).toEqual([{ n: 1 }]);
      expect(athena.front.requests.at(-1)?.credential?.accessKeyId).toBe("AKIDNEW");
      expect(athena.front.executions).toHaveLength(1);
      api.destroy();
    },
  );

  it("C18: a session that can not be renewed leaves the query's id", async () => {
    athena.front.plan({ outcome: { stuck: "RUNNING" } });
    const answer = ask();
    await until(() => calls("GetQueryExecution").length > 1);
    athena.front.expiredKeys.add("AKIDLOOPBACK");
    const { error } = await answer;
    expect(plain(error!)).toMatch(
      /^the state of the query could not be read \(athena, top-rejected, query ID\): the AWS session has expired \(ExpiredTokenException\), and no newer one was found; and it could not be stopped \(.*\), so it may still run\. Stop it at LINK\.$/,
    );
    expect(error!.exitCode).toBe(4);
    for (const each of athena.front.executions) each.state = "CANCELLED";
  });

  it("C18: a session that has ended before the first call is told", async () => {
    athena.front.expiredKeys.add("AKIDLOOPBACK");
    const { error } = await ask();
    expect(plain(error!)).toBe(
      "the workgroup could not be read (athena, workgroup turnaway): the AWS session has expired (ExpiredTokenException), and no newer one was found. Sign in again and repeat the command.",
    );
    expect(error!.exitCode).toBe(4);
  });

  it("C20: no credentials at all are a matter of configuration", async () => {
    const api = clientWithKeys(athena.front, async () => {
      throw Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      });
    });
    const { error } = await ask({ api });
    expect(error!.message).toBe(
      "the workgroup could not be read (athena, workgroup turnaway): no AWS credentials were found: Could not load credentials from any providers. Set AWS_PROFILE, run `aws sso login`, or give the job a role.",
    );
    expect(error!.exitCode).toBe(2);
    api.destroy();
  });

  it.each([
    [["123456789012"], undefined],
    [
      ["210987654321"],
      "wrong AWS account (athena): the credentials are of 123456789012, allowed are 210987654321. Take the profile or role of that account.",
    ],
  ])("C20: of the accounts %j the caller's has to be one", async (allowedAccounts, message) => {
    const { error } = await ask({ allowedAccounts, readAccount: async () => "123456789012" });
    expect(error?.message).toBe(message);
    expect(error?.exitCode).toBe(message === undefined ? undefined : 2);
  });

  it.each([
    [
      "with ids",
      { GITHUB_REPOSITORY_OWNER_ID: "11", GITHUB_REPOSITORY_ID: "22" },
      "its subject is repo:acme@11/logs@22:ref:refs/heads/main (for repositories older than July 2026 repo:acme/logs:ref:refs/heads/main)",
    ],
    ["without ids", {}, "its subject is repo:acme/logs:ref:refs/heads/main"],
  ])(
    "C21: a role that is not given says which subject it has to accept, %s",
    async (_n, ids, subject) => {
      const api = clientWithKeys(athena.front, async () => {
        throw Object.assign(new Error("Not authorized to perform sts:AssumeRoleWithWebIdentity"), {
          name: "AccessDenied",
        });
      });
      const env = {
        GITHUB_ACTIONS: "true",
        GITHUB_REPOSITORY: "acme/logs",
        GITHUB_REF: "refs/heads/main",
        ...ids,
      };
      const { error } = await ask({ api, env });
      expect(error!.message).toBe(
        `the workgroup could not be read (athena, workgroup turnaway): the role's trust policy does not accept this workflow; ${subject}. Put that subject into the trust policy; in a job with an environment it ends in :environment:NAME instead.`,
      );
      expect(error!.exitCode).toBe(2);
      api.destroy();
    },
  );
});

describe("what is asked", () => {
  it("C32: a query that is too long is refused here", async () => {
    const sql = `SELECT '${"x".repeat(262_144)}'`;
    const { error } = await outcomeOf(athena.engine().run({ name: "long", sql }));
    expect(error!.message).toBe(
      "query is too long (athena, long): it has 262153 bytes, Athena takes 262144. Ask about fewer things at once, or shorten the lists in turnaway.yml.",
    );
    expect(error!.exitCode).toBe(2);
    expect(calls("StartQueryExecution")).toEqual([]);
  });

  it("C35: results are never reused", async () => {
    await ask();
    expect(calls("StartQueryExecution")[0]!.input["ResultReuseConfiguration"]).toEqual({
      ResultReuseByAgeConfiguration: { Enabled: false },
    });
  });

  it("only so many queries run side by side", async () => {
    const engine = athena.engine({ concurrency: 2 });
    let most = 0;
    const watch = setInterval(() => {
      const active = athena.front.executions.filter((e) => /QUEUED|RUNNING/.test(e.state));
      most = Math.max(most, active.length);
    }, 1);
    await Promise.all(Array.from({ length: 6 }, () => engine.run(ASK)));
    clearInterval(watch);
    expect(most).toBeLessThanOrEqual(2);
    expect(athena.front.executions).toHaveLength(6);
    // Looked at once, however many ask.
    expect(calls("GetWorkGroup")).toHaveLength(1);
  });

  it("the receipt has id, bytes, dollars, queue and console", async () => {
    athena.front.plan({ outcome: { scannedBytes: 2_000_000_000_000 } });
    const { stats } = await ask();
    const { id } = athena.front.executions[0]!;
    expect(stats).toEqual({
      queryId: id,
      scannedBytes: 2_000_000_000_000,
      costUsd: 10,
      queuedMs: 12,
      durationMs: expect.any(Number),
      consoleUrl: `https://eu-west-1.console.aws.amazon.com/athena/home?region=eu-west-1#/query-editor/history/${id}`,
    });
  });
});

function ask(options: Partial<AthenaEngineOptions> = {}): Promise<Outcome> {
  return outcomeOf(athena.engine(options).run(ASK));
}

function calls(operation: string) {
  return athena.front.requests.filter((request) => request.operation === operation);
}

/** Does something just before the first call of an operation is looked at. */
function atFirst(operation: string, act: () => void): void {
  athena.front.inject({
    fault: { kind: "reset" },
    when: (request) => {
      if (request.operation === operation && calls(operation).length === 1) act();
      return false;
    },
  });
}

function tokens(): unknown[] {
  return calls("StartQueryExecution").map(({ input }) => input["ClientRequestToken"]);
}

function interruption(code: "INTERRUPTED" | "TERMINATED"): TurnawayError {
  return new TurnawayError(code, { what: "interrupted", why: "SIGINT was received" });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
