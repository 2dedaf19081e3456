import { Athena } from "@aws-sdk/client-athena";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  type AthenaFront,
  BackendError,
  type FrontBackend,
  refuseCall,
  startAthenaFront,
} from "./index.ts";

// The front as the real SDK client sees it.

const backend: FrontBackend = async (sql, params) => {
  if (sql.startsWith("FAIL")) {
    throw new BackendError("SYNTAX_ERROR: line 1:1", { category: 2, type: 1006 });
  }
  if (sql.startsWith("WAIT")) return new Promise(() => undefined);
  return {
    columns: [
      { name: "n", type: "bigint" },
      { name: "at", type: "timestamp(3)" },
      { name: "part", type: "double" },
    ],
    rows: [
      [9_007_199_254_740_993n, "2026-11-19T07:00:00Z", 1],
      [null, params[0] ?? "", 0.5],
    ],
    scannedBytes: 11_000_000,
  };
};

let front: AthenaFront;
let athena: Athena;
beforeAll(async () => {
  front = await startAthenaFront({ backend });
  athena = new Athena({
    endpoint: front.url,
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIDLOOPBACK", secretAccessKey: "secret" },
  });
});
beforeEach(() => front.reset());
afterAll(async () => {
  athena.destroy();
  await front.close();
});

describe("a query", () => {
  it("waits, runs and ends as it is looked at", async () => {
    const QueryExecutionId = await start("SELECT 1");
    const states: unknown[] = [];
    for (let i = 0; i < 3; i++) states.push((await look(QueryExecutionId)).Status?.State);
    expect(states).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
    expect(await look(QueryExecutionId)).toMatchObject({
      StatementType: "DML",
      SubstatementType: "SELECT",
      WorkGroup: "turnaway",
      Statistics: { DataScannedInBytes: 11_000_000 },
      ResultConfiguration: { OutputLocation: `s3://results/athena/${QueryExecutionId}.csv` },
    });
  });

  it("is the same for the same token, and refused for another text", async () => {
    const first = await start("SELECT 1", "a".repeat(32));
    expect(await start("SELECT 1", "a".repeat(32))).toBe(first);
    await expect(start("SELECT 2", "a".repeat(32))).rejects.toMatchObject({
      name: "InvalidRequestException",
      message: "Idempotent parameters do not match",
    });
    expect(front.executions).toHaveLength(1);
  });

  it("fails with a category", async () => {
    const id = await start("FAIL");
    await end(id);
    expect((await look(id)).Status).toMatchObject({
      State: "FAILED",
      StateChangeReason: "SYNTAX_ERROR: line 1:1",
      AthenaError: { ErrorCategory: 2, ErrorType: 1006, Retryable: false },
    });
    await expect(athena.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(
      "Final query state: FAILED",
    );
  });

  it("is cancelled by a stop, and by its cutoff", async () => {
    const waiting = await start("WAIT");
    await athena.stopQueryExecution({ QueryExecutionId: waiting });
    expect((await look(waiting)).Status?.State).toBe("CANCELLED");
    front.catalog = {
      workgroups: { turnaway: { cutoffBytes: 10_000_000 } },
      databases: { turnaway: [] },
    };
    const large = await start("SELECT 1");
    await end(large);
    expect((await look(large)).Status).toMatchObject({
      State: "CANCELLED",
      StateChangeReason: "Bytes scanned limit was exceeded",
    });
  });
});

describe("a result", () => {
  it("has a header, texts for values, and nothing for NULL", async () => {
    const id = await start("SELECT ?", undefined, ["'x'"]);
    await end(id);
    const { ResultSet } = await athena.getQueryResults({ QueryExecutionId: id });
    const values = ResultSet?.Rows?.map(({ Data }) => Data?.map((datum) => datum.VarCharValue));
    expect(values).toEqual([
      ["n", "at", "part"],
      ["9007199254740993", "2026-11-19 07:00:00.000", "1.0"],
      [undefined, "'x'", "0.5"],
    ]);
    expect(ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Type }) => Type)).toEqual([
      "bigint",
      "timestamp",
      "double",
    ]);
  });

  it("comes in pages, the header on the first", async () => {
    const id = await start("SELECT 1");
    await end(id);
    const sizes: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const page = await athena.getQueryResults({
        QueryExecutionId: id,
        MaxResults: 2,
        ...(NextToken && { NextToken }),
      });
      sizes.push(page.ResultSet?.Rows?.length);
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(sizes).toEqual([2, 1]);
  });

  it("is not there before its query has ended", async () => {
    const id = await start("SELECT 1");
    await expect(athena.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(
      "Query has not yet finished. Current state: QUEUED",
    );
  });
});

describe("refuses", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      "a workgroup that is not there",
      () => start("SELECT 1", undefined, [], "none"),
      "WorkGroup none is not found.",
    ],
    [
      "a parameter that is too long",
      () => start("SELECT ?", undefined, ["x".repeat(1025)]),
      "between 1 and 1024",
    ],
    ["an unknown query", () => look("nobody"), "QueryExecution nobody was not found"],
    [
      "a page that is too large",
      async () => {
        const QueryExecutionId = await start("SELECT 1");
        await end(QueryExecutionId);
        return athena.getQueryResults({ QueryExecutionId, MaxResults: 1001 });
      },
      "MaxResults",
    ],
    [
      "a database that is not there",
      () => athena.getDatabase({ CatalogName: "c", DatabaseName: "x" }),
      "Database x not found",
    ],
  ])("%s", async (_what, ask, message) => {
    await expect(ask()).rejects.toThrow(message);
  });

  it("more queries than the account's quota", async () => {
    front.quota = 1;
    await start("WAIT");
    await expect(start("SELECT 1")).rejects.toMatchObject({
      name: "TooManyRequestsException",
      Reason: "CONCURRENT_QUERY_LIMIT_EXCEEDED",
    });
  });

  it("a request without a signature", async () => {
    const answer = await fetch(front.url, {
      method: "POST",
      headers: { "x-amz-target": "AmazonAthena.ListWorkGroups" },
      body: "{}",
    });
    expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([
      400,
      "MissingAuthenticationTokenException",
    ]);
  });
});

it("faults hit as often as the rule says, and begin where it says", async () => {
  const fault = refuseCall(400, "ThrottlingException", "Rate exceeded");
  front.inject({ when: "ListWorkGroups", fault, after: 1, times: 1 });
  const ask = () =>
    athena.listWorkGroups({}).then(
      () => "ok",
      (error: Error) => error.name,
    );
  expect([await ask(), await ask(), await ask()]).toEqual(["ok", "ThrottlingException", "ok"]);
});

async function start(
  QueryString: string,
  ClientRequestToken?: string,
  ExecutionParameters: string[] = [],
  WorkGroup = "turnaway",
): Promise<string> {
  const answer = await athena.startQueryExecution({
    QueryString,
    WorkGroup,
    ...(ClientRequestToken && { ClientRequestToken }),
    ...(ExecutionParameters.length > 0 && { ExecutionParameters }),
  });
  return answer.QueryExecutionId!;
}

async function look(QueryExecutionId: string) {
  return (await athena.getQueryExecution({ QueryExecutionId })).QueryExecution!;
}

async function end(id: string): Promise<void> {
  while (/QUEUED|RUNNING/.test((await look(id)).Status!.State!));
}
