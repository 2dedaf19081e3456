import type { Outcome as FrontOutcome } from "@turnaway/testing/athena-front";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type AthenaCase, outcomeOf, plain, startCase } from "./fixtures/athena-case.ts";

// Queries that Athena takes and does not finish: what is run again, and what is said.

let athena: AthenaCase;
beforeAll(async () => {
  athena = await startCase();
});
beforeEach(() => athena.front.reset());
afterAll(() => athena.close());

const SQL = "SELECT srcaddr,\n  dstadr FROM flow_logs";
const AT = "(athena, top-rejected, query ID)";
const INTERNAL: FrontOutcome = {
  state: "FAILED",
  reason: "GENERIC_INTERNAL_ERROR: worker gone",
  error: { ErrorCategory: 1, ErrorType: 1, Retryable: true },
};
const SLOW_DOWN: FrontOutcome = {
  state: "FAILED",
  reason:
    "HIVE_CURSOR_ERROR: Please reduce your request rate. (Service: Amazon S3; Status Code: 503; Error Code: SlowDown)",
  error: { ErrorCategory: 2, ErrorType: 1003, Retryable: false },
};

describe("run once more", () => {
  it.each<[string, FrontOutcome]>([
    ["C5: what Athena calls retryable", INTERNAL],
    ["C34: a query that S3 slowed down", SLOW_DOWN],
  ])("%s", async (_row, outcome) => {
    athena.front.plan({ outcome, times: 1 });
    const { rows } = await ask();
    expect(rows).toEqual([{ n: 1 }]);
    expect(states()).toEqual(["FAILED", "SUCCEEDED"]);
    const tokens = athena.front.requests.flatMap(({ input }) => input["ClientRequestToken"] ?? []);
    expect(new Set(tokens).size).toBe(2);
  });

  it.each<[string, FrontOutcome, string]>([
    [
      "C5: what fails twice",
      INTERNAL,
      `query failed ${AT}: an error of Athena's own: GENERIC_INTERNAL_ERROR: worker gone. Run again; if it stays, report it with the query's id; see it at LINK.`,
    ],
    [
      "C34: what S3 slows down twice",
      SLOW_DOWN,
      `query failed ${AT}: S3 asked to slow down, also when the query was run again. Run again in some minutes, or ask about fewer days; see it at LINK.`,
    ],
  ])("%s is an error then", async (_row, outcome, message) => {
    athena.front.plan({ outcome });
    const { error } = await ask();
    expect([plain(error!), error!.exitCode]).toEqual([message, 4]);
    expect(states()).toEqual(["FAILED", "FAILED"]);
  });
});

describe("not run again", () => {
  it.each<[string, FrontOutcome, string, number?]>([
    [
      "C6: wrong SQL shows its line",
      {
        state: "FAILED",
        reason: "COLUMN_NOT_FOUND: line 2:3: Column 'dstadr' cannot be resolved",
        error: { ErrorCategory: 2, ErrorType: 1006, Retryable: true },
      },
      `query failed ${AT}: COLUMN_NOT_FOUND: line 2:3: Column 'dstadr' cannot be resolved at \`dstadr FROM flow_logs\`. Correct the SQL; if it is one of Turnaway's own, report it as a bug; see it at LINK.`,
    ],
    [
      "C7: no reason at all",
      { state: "FAILED" },
      `query failed ${AT}: no reason given. Run again; if it stays, ask AWS support about the query's id; see it at LINK.`,
    ],
    [
      "a reason only in the error",
      { state: "FAILED", error: { ErrorCategory: 3, ErrorMessage: "odd" } },
      `query failed ${AT}: odd. Run again; if it stays, report it with the query's id; see it at LINK.`,
    ],
    [
      "C8: cancelled by somebody",
      { state: "CANCELLED", reason: "Query was cancelled by user" },
      `query was cancelled outside ${AT}: somebody else stopped it: Query was cancelled by user. Run again; see it at LINK.`,
    ],
    [
      "C8: cancelled without a reason",
      { state: "CANCELLED" },
      `query was cancelled outside ${AT}: somebody else stopped it: no reason given. Run again; see it at LINK.`,
    ],
    [
      "C10: Athena's own time limit",
      { state: "FAILED", reason: "Query timeout", error: { ErrorCategory: 2 } },
      `query failed ${AT}: Athena gave up: Query timeout. Ask about fewer days; see it at LINK.`,
    ],
    [
      "C17: results in another region",
      {
        state: "FAILED",
        reason:
          "The S3 location provided to save your query results is invalid. Please check your S3 query results location is correct and is in the same region and try again.",
      },
      `query failed ${AT}: The S3 location provided to save your query results is invalid. Please check your S3 query results location is correct and is in the same region and try again. Use a bucket of this account and region for results, or turn on managed query results; see it at LINK.`,
      2,
    ],
    [
      "C28: a table that is missing",
      {
        state: "FAILED",
        reason:
          "TABLE_NOT_FOUND: line 2:15: Table 'awsdatacatalog.turnaway.flow_logs' does not exist",
        error: { ErrorCategory: 2, ErrorType: 1301 },
      },
      `query failed ${AT}: TABLE_NOT_FOUND: line 2:15: Table 'awsdatacatalog.turnaway.flow_logs' does not exist. Run \`turnaway deploy apply\` for tables, \`turnaway views deploy\` for views and \`turnaway rollup build\` for the rollup; see it at LINK.`,
    ],
    [
      "C30: one object that can not be read",
      {
        state: "FAILED",
        reason:
          "HIVE_CURSOR_ERROR: Failed to read file at s3://logs/AWSLogs/1/x.log.gz: incorrect header check",
        error: { ErrorCategory: 2 },
      },
      `the object s3://logs/AWSLogs/1/x.log.gz can not be read ${AT}: HIVE_CURSOR_ERROR: Failed to read file at s3://logs/AWSLogs/1/x.log.gz: incorrect header check. Fetch it again or move it out of the prefix: one bad object fails every query on its day; see it at LINK.`,
    ],
    [
      "C30: an object without a name",
      { state: "FAILED", reason: "HIVE_BAD_DATA: incorrect header check" },
      `an object in the logs can not be read ${AT}: HIVE_BAD_DATA: incorrect header check. Find it with SELECT "$path", count(*) FROM flow_logs GROUP BY 1 on one day at a time, and move it away; see it at LINK.`,
    ],
    [
      "C31: a stale view",
      {
        state: "FAILED",
        reason:
          "VIEW_IS_STALE: line 1:15: View 'awsdatacatalog.turnaway.flows' is stale or in invalid state: column [x] has different type",
      },
      `query failed ${AT}: VIEW_IS_STALE: line 1:15: View 'awsdatacatalog.turnaway.flows' is stale or in invalid state: column [x] has different type. Run \`turnaway views deploy\`: it makes all views anew, in their order; see it at LINK.`,
    ],
    [
      "too much for Athena",
      { state: "FAILED", reason: "Query exhausted resources at this scale factor" },
      `query failed ${AT}: Query exhausted resources at this scale factor. Ask about fewer days; see it at LINK.`,
    ],
  ])("%s", async (_row, outcome, message, exitCode = 4) => {
    athena.front.plan({ outcome });
    const { error } = await ask();
    expect([plain(error!), error!.exitCode]).toEqual([message, exitCode]);
    expect(athena.front.executions).toHaveLength(1);
  });

  it("C9: the workgroup's cutoff is named with what was read, which is billed", async () => {
    athena.front.catalog = {
      workgroups: { turnaway: { cutoffBytes: 10_000_000 } },
      databases: { turnaway: [] },
    };
    athena.front.plan({ outcome: { scannedBytes: 12_400_000 } });
    const { error } = await ask();
    expect(plain(error!)).toBe(
      `query was stopped at the workgroup's scan limit ${AT}: it had read 12.4 MB, the limit of 10.0 MB is per query, and what was read is billed. Ask about fewer days (--date, --since, --until) or raise athena.scanLimit; see it at LINK.`,
    );
    expect(states()).toEqual(["CANCELLED"]);
  });

  it("C9: a limit of one's own stops the query from here", async () => {
    athena.front.plan({ outcome: { stuck: "RUNNING", scannedBytes: 60_000_000 } });
    const engine = athena.engine({ scanLimitBytes: 50_000_000 });
    const { error } = await outcomeOf(engine.run({ name: "top-rejected", sql: SQL }));
    expect(plain(error!)).toBe(
      `query was stopped at the scan limit ${AT}: it had read 60.0 MB of at most 50.0 MB; what was read is billed. Ask about fewer days (--date, --since, --until) or raise athena.scanLimit; see it at LINK.`,
    );
    expect(states()).toEqual(["CANCELLED"]);
  });
});

describe("C19: access denied names the permission", () => {
  it.each([
    [
      "Glue",
      "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-west-1:1:catalog because no identity-based policy allows the glue:GetTable action",
      "glue:GetTable",
      "Allow glue:GetTable on arn:aws:glue:eu-west-1:1:catalog in the role's policy",
    ],
    [
      "objects of the logs",
      "HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://logs/AWSLogs/x.gz: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)",
      "s3:GetObject and s3:ListBucket",
      "Allow s3:GetObject and s3:ListBucket on arn:aws:s3:::logs and arn:aws:s3:::logs/* in the role's policy",
    ],
    [
      "the listing of the logs",
      "HIVE_FILESYSTEM_ERROR: ListObjectsV2 on s3://logs/AWSLogs failed: Access Denied (Service: Amazon S3; Status Code: 403)",
      "s3:ListBucket",
      "Allow s3:ListBucket on arn:aws:s3:::logs in the role's policy",
    ],
    [
      "results",
      "Access denied when writing output to url: s3://results/athena/x.csv . Please ensure you are allowed to access the S3 bucket.",
      "s3:PutObject",
      "Allow s3:PutObject on arn:aws:s3:::results/* in the role's policy",
    ],
    [
      "the key of the logs",
      "The ciphertext refers to a customer master key: User is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/ab-12",
      "kms:Decrypt",
      "Allow kms:Decrypt on arn:aws:kms:eu-west-1:1:key/ab-12 in the role's policy and in the key policy",
    ],
    [
      "Lake Formation",
      "Insufficient Lake Formation permission(s): Required SELECT on turnaway.flow_logs",
      "SELECT in Lake Formation",
      "Grant SELECT on turnaway.flow_logs to the role in Lake Formation, on the tables below a view, too",
    ],
    [
      "a policy of the organisation",
      "User is not authorized to perform: glue:GetDatabase on resource: arn:aws:glue:eu-west-1:1:database/x with an explicit deny in a service control policy",
      "glue:GetDatabase",
      "it is denied by service control policy: ask who owns that policy",
    ],
  ])("%s", async (_what, reason, permission, fix) => {
    athena.front.plan({ outcome: { state: "FAILED", reason, error: { ErrorCategory: 2 } } });
    const { error } = await ask();
    expect(error).toMatchObject({ code: "AWS", exitCode: 4 });
    const message = plain(error!).toLowerCase();
    expect(message).toContain(`the permission ${permission.toLowerCase()} is missing`);
    expect(message).toContain(`${fix.toLowerCase()}; see it at link.`);
    expect(athena.front.executions).toHaveLength(1);
  });

  it("of a type that Athena keeps for it, whatever the words", async () => {
    athena.front.plan({
      outcome: { state: "FAILED", reason: "nope", error: { ErrorCategory: 2, ErrorType: 1501 } },
    });
    expect(plain((await ask()).error!)).toBe(
      `query failed ${AT}: access denied: nope. Allow the role to read the tables in Glue and their objects in S3; see it at LINK.`,
    );
  });

  it.each([
    [
      "StartQueryExecution",
      "You are not authorized to perform: athena:StartQueryExecution on the resource. After your AWS administrator has updated your permissions, please try again.",
      "athena:StartQueryExecution is missing",
    ],
    ["GetQueryExecution", "", "athena:GetQueryExecution is missing"],
    ["GetQueryResults", "", "s3:GetObject is missing. Allow s3:GetObject on s3://results/athena/"],
    ["GetWorkGroup", "", "athena:GetWorkGroup is missing"],
  ])("at %s", async (when, message, expected) => {
    athena.front.inject({
      when,
      fault: { kind: "refuse", status: 400, type: "AccessDeniedException", message },
    });
    const { error } = await ask();
    expect(plain(error!)).toContain(`access denied: the permission ${expected}`);
    expect(error!.exitCode).toBe(4);
    expect(states().filter((state) => /RUNNING|QUEUED/.test(state))).toEqual([]);
  });
});

function ask() {
  return outcomeOf(athena.engine().run({ name: "top-rejected", sql: SQL }));
}

function states(): string[] {
  return athena.front.executions.map(({ state }) => state);
}
