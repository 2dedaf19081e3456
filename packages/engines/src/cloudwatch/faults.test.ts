import { DEFAULT_FORMAT, type QueryResult, TurnawayError } from "@turnaway/core";
import { composeInsights, DEFAULT_SETTINGS, findInsights, ownInsights } from "@turnaway/sql";
import { type Fault, type LogEvent, refuse } from "@turnaway/testing/logs-server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LOG_GROUP, openEngine, type OpenEngine } from "../../test/cloudwatch/open-engine.ts";

const START = 1_795_046_400; // 2026-11-19
const WINDOW = { start: START, end: START + 86_400 };
const EVENTS: readonly LogEvent[] = Array.from({ length: 40 }, (_, i) => {
  const start = START + i * 60;
  return {
    timestamp: start * 1000,
    message: `2 111122223333 eni-a 10.0.0.${i % 4} 10.0.0.9 40000 443 6 1 60 ${start} ${start + 60} REJECT OK`,
  };
});

// Calls that hang are waited for, and a busy machine takes its time for the others.
vi.setConfig({ testTimeout: 60_000 });

const STATEMENT = composeInsights(findInsights("top-rejected"), {
  settings: DEFAULT_SETTINGS,
  format: DEFAULT_FORMAT,
  window: WINDOW,
});

let open: OpenEngine;
beforeEach(async () => {
  open = await openEngine(
    { logGroups: { [LOG_GROUP]: EVENTS, "/vpc/other": [] }, createdAt: START - 86_400 },
    { requestMs: 1500 },
  );
});
afterEach(async () => {
  // Whatever went wrong, nothing is left running.
  expect(open.server.openQueries()).toEqual([]);
  await open.close();
});

function count(operation: string): number {
  return open.server.requests.filter((request) => request.operation === operation).length;
}

async function failure(run: Promise<QueryResult>): Promise<TurnawayError> {
  const error: unknown = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TurnawayError);
  return error as TurnawayError;
}

describe("a fault that passes is lived through, whichever step it hits", () => {
  const faults: readonly (readonly [name: string, fault: Fault])[] = [
    ["throttled", refuse(400, "ThrottlingException", "Rate exceeded")],
    ["unavailable", refuse(503, "ServiceUnavailableException")],
    ["500", refuse(500, "InternalFailure")],
    ["cut off before", { kind: "reset" }],
    ["cut off after", { kind: "lose" }],
    ["cut off in the middle", { kind: "truncate" }],
    ["silent", { kind: "hang" }],
    ["expired once", refuse(400, "ExpiredTokenException")],
  ];
  const steps = ["StartQuery", "GetQueryResults"];

  it.each(steps.flatMap((step) => faults.map(([name, fault]) => [step, name, fault] as const)))(
    "%s: %s",
    async (operation, _name, fault) => {
      open.server.inject({ operation, fault, times: 1 });
      const { rows, cut } = await open.engine.run(STATEMENT);
      expect(rows.map((row) => row["records"])).toEqual([10, 10, 10, 10]);
      expect(cut).toBeUndefined();
    },
  );
});

describe("a query whose start is answered by nobody", () => {
  it("is found again instead of started twice", async () => {
    open.server.inject({ operation: "StartQuery", fault: { kind: "lose" }, times: 1 });
    await open.engine.run(STATEMENT);
    expect([count("StartQuery"), count("DescribeQueries")]).toEqual([1, 1]);
  });

  it("is started again by somebody who may not list queries", async () => {
    open.server.inject({ operation: "StartQuery", fault: { kind: "reset" }, times: 1 });
    const denied = refuse(400, "AccessDeniedException");
    open.server.inject({ operation: "DescribeQueries", fault: denied });
    expect((await open.engine.run(STATEMENT)).rows).toHaveLength(4);
    expect(count("StartQuery")).toBe(2);
  });

  it("is found and stopped when the run is interrupted meanwhile", async () => {
    const stop = new AbortController();
    open.server.inject({ operation: "StartQuery", fault: { kind: "hang" }, times: 1 });
    const run = failure(open.engine.run(STATEMENT, stop.signal));
    await expect.poll(() => open.server.openQueries()).toHaveLength(1);
    stop.abort();
    expect((await run).code).toBe("INTERRUPTED");
    expect(count("StopQuery")).toBe(1);
  });
});

describe("the last page", () => {
  it("is asked for again when it fails, and the report is never short", async () => {
    await open.close();
    open = await openEngine({ logGroups: { [LOG_GROUP]: EVENTS }, pageSize: 3 });
    open.server.inject({
      operation: "GetQueryResults",
      fault: { kind: "truncate" },
      when: ({ input }) => input["nextToken"] !== undefined,
      times: 2,
    });
    expect((await open.engine.run(STATEMENT)).rows).toHaveLength(4);
  });
});

describe("what runs is not taken for the answer", () => {
  it("however long it runs", async () => {
    await open.close();
    open = await openEngine({
      logGroups: { [LOG_GROUP]: EVENTS },
      looks: { scheduled: 3, running: 12 },
    });
    const { rows, stats } = await open.engine.run(STATEMENT);
    expect(rows.map((row) => row["records"])).toEqual([10, 10, 10, 10]);
    expect(count("GetQueryResults")).toBe(16);
    expect(stats.queuedMs).toBeGreaterThan(500);
  });
});

describe("states", () => {
  const inject = (state: "Failed" | "Cancelled" | "Timeout" | "Unknown", times?: number): void =>
    open.server.inject({
      operation: "GetQueryResults",
      fault: { kind: "state", state },
      ...(times === undefined ? {} : { times }),
    });

  it("Failed once is run once more", async () => {
    inject("Failed", 1);
    expect((await open.engine.run(STATEMENT)).rows).toHaveLength(4);
    expect(count("StartQuery")).toBe(2);
  });

  it("Unknown for a while is waited for", async () => {
    inject("Unknown", 4);
    expect((await open.engine.run(STATEMENT)).rows).toHaveLength(4);
    expect(count("StartQuery")).toBe(1);
  });

  it.each([
    [
      "Failed",
      /query failed \(cloudwatch, top-rejected, query [\da-f-]+\): Insights says Failed/,
      2,
    ],
    ["Cancelled", /query was stopped .*: somebody stopped it/, 1],
    ["Timeout", /query ran too long .*60 minutes\. Ask for a shorter window\./, 1],
    ["Unknown", /the state of the query can not be known/, 1],
  ] as const)("%s for good is an error with the query's id", async (state, message, starts) => {
    inject(state);
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(message);
    expect([error.exitCode, count("StartQuery")]).toEqual([4, starts]);
  });
});

describe("limits of the account", () => {
  it("as many queries as may run are waited for", async () => {
    const full = refuse(400, "LimitExceededException", "Account maximum query concurrency limit");
    open.server.inject({ operation: "StartQuery", fault: full, times: 9 });
    expect((await open.engine.run(STATEMENT)).rows).toHaveLength(4);
    expect(count("StartQuery")).toBe(10);
  });

  it("until the deadline", async () => {
    open.server.inject({ operation: "StartQuery", fault: refuse(400, "LimitExceededException") });
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(/as many Insights queries of this account run as may/);
    expect(error.exitCode).toBe(4);
  });
});

describe("an end from outside", () => {
  it("stops what runs, and waits until it is stopped", async () => {
    await open.close();
    open = await openEngine({
      logGroups: { [LOG_GROUP]: EVENTS },
      looks: { scheduled: 1, running: 1_000_000 },
    });
    const stop = new AbortController();
    const run = failure(open.engine.run(STATEMENT, stop.signal));
    await expect.poll(() => count("GetQueryResults")).toBeGreaterThan(2);
    stop.abort(new TurnawayError("TERMINATED", { what: "stopped", why: "SIGTERM" }));
    expect((await run).code).toBe("TERMINATED");
    expect(count("StopQuery")).toBe(1);
  });

  it("leaves an error of its own when the query can't be stopped", async () => {
    await open.close();
    open = await openEngine(
      { logGroups: { [LOG_GROUP]: EVENTS }, looks: { scheduled: 1, running: 100 } },
      { deadlineMs: 5000 },
    );
    const denied = refuse(
      400,
      "AccessDeniedException",
      "User is not authorized to perform: logs:StopQuery",
    );
    open.server.inject({ operation: "StopQuery", fault: denied });
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(/stopped at its deadline .*; and stopping the query failed/);
    open.server.reset();
  });

  it("comes at the deadline by itself", async () => {
    await open.close();
    open = await openEngine(
      { logGroups: { [LOG_GROUP]: EVENTS }, looks: { scheduled: 1, running: 1_000_000 } },
      { deadlineMs: 60_000 },
    );
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(/query was stopped at its deadline .*shorter window/);
    expect([error.exitCode, count("StopQuery")]).toEqual([4, 1]);
  });

  it("of one slice ends the others", async () => {
    await open.close();
    open = await openEngine(
      { logGroups: { [LOG_GROUP]: EVENTS }, rowLimit: 2, looks: { scheduled: 1, running: 30 } },
      { rowLimit: 2, concurrency: 4 },
    );
    open.server.inject({
      operation: "GetQueryResults",
      fault: { kind: "state", state: "Cancelled" },
      when: () => open.server.openQueries().length === 2,
      times: 1,
    });
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(/query was stopped/);
  });

  it("before the start asks nothing", async () => {
    const error = await failure(open.engine.run(STATEMENT, AbortSignal.abort()));
    expect([error.code, open.server.requests.length]).toEqual(["INTERRUPTED", 0]);
  });
});

describe("what a person can mend is said", () => {
  const check: readonly (readonly [
    name: string,
    operation: string,
    fault: Fault,
    message: RegExp,
  ])[] = [
    [
      "a permission that AWS names",
      "StartQuery",
      refuse(
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: logs:StartQuery on resource: arn:aws:logs:eu-central-1:1:log-group:/vpc/flow-logs:log-stream:",
      ),
      /the permission logs:StartQuery is missing\. Allow logs:StartQuery on arn:aws:logs:/,
    ],
    [
      "a permission that AWS does not name",
      "GetQueryResults",
      refuse(400, "AccessDeniedException", "Access denied"),
      /the permission logs:GetQueryResults is missing\. Allow logs:GetQueryResults on the log group \/vpc\/flow-logs/,
    ],
    [
      "a key that may not be used",
      "GetQueryResults",
      refuse(400, "InvalidParameterException", "The KMS key is disabled"),
      /can not be used: The KMS key is disabled/,
    ],
    [
      "a session that has expired",
      "GetQueryResults",
      refuse(400, "ExpiredTokenException", "The security token included in the request is expired"),
      /the AWS session has expired/,
    ],
    [
      "keys that AWS does not know",
      "StartQuery",
      refuse(400, "UnrecognizedClientException"),
      /AWS does not accept the access key/,
    ],
    [
      "B6: a clock that is off, which AWS gives the name of a wrong signature",
      "StartQuery",
      refuse(
        400,
        "InvalidSignatureException",
        "Signature expired: 20261119T000000Z is now earlier",
      ),
      /clock is off by more than 5 minutes: for AWS it is \w{3}, \d\d .* GMT\. Set the clock/,
    ],
    ["an answer that is not AWS's", "StartQuery", { kind: "garbage" }, /Check AWS_ENDPOINT_URL/],
    [
      "a service that stays away",
      "GetQueryResults",
      refuse(503, "ServiceUnavailableException"),
      /until the deadline/,
    ],
  ];

  it.each(check)("%s", async (_name, operation, fault, message) => {
    open.server.inject({ operation, fault });
    const error = await failure(open.engine.run(STATEMENT));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/\(cloudwatch, top-rejected/);
    expect(error.exitCode).toBe(4);
  });

  it("a log group that is missing, with those that there are", async () => {
    const { server } = open;
    const other = await openEngine({ logGroups: { "/vpc/flow-logs-eu": [], "/vpc/other": [] } });
    const error = await failure(other.engine.run(STATEMENT));
    expect(error.message).toMatch(
      /there is no log group \/vpc\/flow-logs in eu-central-1; there are \/vpc\/flow-logs-eu, \/vpc\/other/,
    );
    expect(error.exitCode).toBe(2);
    other.server.inject({
      operation: "DescribeLogGroups",
      fault: refuse(400, "AccessDeniedException"),
    });
    expect((await failure(other.engine.run(STATEMENT))).message).toMatch(/logs:DescribeLogGroups/);
    await other.close();
    expect(server.requests).toEqual([]);
  });

  it("a query of one's own that Insights does not take, and where", async () => {
    const own = ownInsights("query --sql", "fields @message\n| flter action = 'REJECT'", WINDOW);
    const error = await failure(open.engine.run(own));
    expect(error.message).toMatch(/unknown command flter, near "flter action/);
    expect(error.exitCode).toBe(4);
  });

  it("SQL is not sent at all", async () => {
    const error = await failure(open.engine.run({ name: "own", sql: "SELECT 1" }));
    expect([error.code, open.server.requests.length]).toEqual(["USAGE", 0]);
  });
});

it("a window before the log group began is empty, as nothing can have been logged", async () => {
  const window = { start: START - 5 * 86_400, end: START - 4 * 86_400 };
  const { rows, stats } = await open.engine.run({ ...STATEMENT, window } as never);
  expect([rows, stats.queryId]).toEqual([[], null]);
});

it("the tag of a query is its own, and a comment", async () => {
  await Promise.all([open.engine.run(STATEMENT), open.engine.run(STATEMENT)]);
  const tags = open.server.requests
    .filter(({ operation }) => operation === "StartQuery")
    .map(({ input }) => String(input["queryString"]).split("\n")[0]);
  expect(new Set(tags).size).toBe(2);
  for (const tag of tags) expect(tag).toMatch(/^# turnaway [\w-]+$/);
});
