import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { memoryBucket, type S3Server, startS3Server } from "@turnaway/testing/s3-server";
import {
  type AthenaFront,
  type BackendResult,
  fixedBackend,
  refuseCall,
  startAthenaFront,
} from "@turnaway/testing/athena-front";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { testFolder } from "./support/flow-logs.ts";
import { awsVariables, until, writeConfig } from "./support/remote.ts";
import { type Outcome, outcomeOf, startTurnaway, turnaway } from "./support/turnaway.ts";

// A command starts, and each of its queries is looked at a few times.
vi.setConfig({ testTimeout: 60_000 });

const folder = testFolder();
const NOW = ["--now", "2026-11-20T06:00:00Z"];
const DAY = ["--date", "2026-11-19"];

let front: AthenaFront;
let s3: S3Server;
let answers: { when: RegExp; result: Omit<BackendResult, "scannedBytes"> }[];
const objects = new Map<string, Uint8Array>();

beforeAll(async () => {
  writeConfig(folder);
  const nothing = fixedBackend({ columns: [{ name: "nothing", type: "varchar" }], rows: [] });
  front = await startAthenaFront({
    backend: (sql, params, context) => {
      const found = answers.find(({ when }) => when.test(sql));
      return found === undefined
        ? nothing(sql, params, context)
        : Promise.resolve({ scannedBytes: 12_000_000, ...found.result });
    },
    looks: { queued: 0, running: 1 },
  });
  s3 = await startS3Server({ buckets: { "flow-logs": memoryBucket(objects, "eu-central-1") } });
});

afterAll(() => Promise.all([front.close(), s3.close()]));

beforeEach(() => {
  front.reset();
  answers = [];
  objects.clear();
});

const REJECTS = {
  columns: [
    { name: "srcaddr", type: "varchar" },
    { name: "records", type: "bigint" },
    { name: "bytes", type: "decimal(38,0)" },
  ],
  rows: [
    ["10.0.3.7", 24n, 9_007_199_254_740_993n],
    [null, 1n, null],
  ],
};

describe("a query on Athena", () => {
  test("reads the folders of its window alone, and answers exactly", async () => {
    answers = [{ when: /FROM flow_logs/, result: REJECTS }];
    const { code, stdout, stderr } = await athena("query", "top-rejected", ...DAY, ...JSON_OUT);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('"bytes":9007199254740993');
    expect(JSON.parse(stdout)).toHaveLength(2);
    expect(JSON.parse(stdout)[1]).toMatchObject({ srcaddr: null, bytes: null });
    const { sql } = front.executions[0]!;
    expect(sql).toContain("log_account = '123456789012' AND log_region = 'eu-central-1'");
    expect(sql).toContain("log_day BETWEEN '19' AND '20'");
    expect(s3.requests).toEqual([]);
  });

  test("is about the last day that is over where none is named, and says so", async () => {
    answers = [{ when: /FROM flow_logs/, result: REJECTS }];
    const { stderr } = await athena("query", "top-rejected", ...NOW);
    expect(stderr).toBe(
      "asked about 2026-11-19, the last day that is over; --date or --since name another\n",
    );
  });

  test("of days that the rollup does not have is PARTIAL", async () => {
    const { code, stderr } = await athena("query", "traffic-by-hour", ...DAY);
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(
      /^PARTIAL: ROLLUP_NOT_BUILT in 2026-11-19: .*rollup build --engine athena --days 2026-11-19\n$/,
    );
  });

  test.each([
    ["without a predicate on the folders", "SELECT * FROM flow_logs", /flow_logs\.log_year/],
    ["over a view that adds up", "SELECT * FROM vpc_reject_traffic", /vpc_reject_traffic\.log_/],
  ])("in one's own SQL %s is refused, and nothing is run", async (_, sql, message) => {
    const { code, stderr } = await athena("query", "--sql", sql);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(front.executions).toEqual([]);
  });

  test("in one's own SQL over the rollup runs as it is", async () => {
    const sql = "SELECT count(*) AS n FROM traffic_rollup WHERE day = '2026-11-19'";
    answers = [
      { when: /count/, result: { columns: [{ name: "n", type: "bigint" }], rows: [[7n]] } },
    ];
    const { code, stdout } = await athena("query", "--sql", sql, "--format", "csv");
    expect([code, stdout]).toEqual([0, "n\n7\n"]);
    expect(front.executions[0]!.sql).toBe(sql);
  });
});

describe("what goes wrong on Athena", () => {
  test.each<[string, () => void, number, RegExp]>([
    [
      "a missing permission",
      () =>
        front.inject({
          when: "StartQueryExecution",
          fault: refuseCall(
            400,
            "AccessDeniedException",
            "User: arn:aws:sts::1:assumed-role/reader/s is not authorized to perform: athena:StartQueryExecution on resource: arn:aws:athena:eu-central-1:1:workgroup/turnaway because no identity-based policy allows the athena:StartQueryExecution action",
          ),
        }),
      4,
      /athena:StartQueryExecution/,
    ],
    [
      "a query that failed",
      () =>
        front.plan({
          outcome: {
            state: "FAILED",
            reason: "TABLE_NOT_FOUND: line 1:1: Table 'flow_logs' does not exist",
            error: { ErrorCategory: 2 },
          },
        }),
      4,
      /TABLE_NOT_FOUND.*https:\/\/eu-central-1\.console\.aws\.amazon\.com/,
    ],
    [
      "a workgroup that is not there",
      () => (front.catalog = { ...front.catalog, workgroups: {} }),
      2,
      /turnaway deploy apply/,
    ],
  ])("%s is one line with what to do", async (_, given, code, message) => {
    given();
    const outcome = await athena("query", "top-rejected", ...DAY);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^error: .+\n$/);
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s stops the query that runs there, and exits %i",
    async (signal, code) => {
      front.plan({ outcome: { stuck: "RUNNING" } });
      const child = start("query", "top-rejected", ...DAY);
      const outcome = outcomeOf(child);
      await until(() => front.executions.some(({ looks }) => looks > 1));
      child.kill(signal);
      const { code: exit, stderr } = await outcome;
      expect(exit, stderr).toBe(code);
      expect(stderr).toMatch(/^error: interrupted: .+\n$/);
      expect(front.executions.map(({ state }) => state)).toEqual(["CANCELLED"]);
    },
    30_000,
  );

  test("a source is refused, since the tables are those of turnaway.yml", async () => {
    const { code, stderr } = await athena("report", "./flow-logs");
    expect([code, front.requests]).toEqual([2, []]);
    expect(stderr).toMatch(/^error: wrong usage \(SOURCE\): athena reads the tables of .+\n$/);
  });
});

describe("the rollup and the views on Athena", () => {
  test("a dry run shows days, bytes and dollars from a listing, and runs no scan", async () => {
    for (const hour of ["04", "12", "23"]) deliver(`20261119T${hour}05Z`, 2_000_000);
    const args = ["--days", "2026-11-18..2026-11-19", "--dry-run", ...JSON_OUT];
    const { code, stdout, stderr } = await athena("rollup", "build", ...args);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /^would build 1 day \(2026-11-19\), 6\.0 MB of logs to read, about \$0\.\d{4} at \$5 a TB as of .+\n$/,
    );
    expect(JSON.parse(stdout)).toEqual([
      { day: "2026-11-18", status: "no files", action: "none", files: 0, bytes: 0 },
      { day: "2026-11-19", status: "missing", action: "build", files: 3, bytes: 6_000_000 },
    ]);
    expect(front.executions.filter(({ sql }) => sql.includes("flow_logs"))).toEqual([]);
  });

  test("a report on a day that can't be built is PARTIAL, never clear", async () => {
    deliver("20261119T1205Z", 1000);
    answers = [tables("rollup_builds")];
    front.plan({
      when: ({ sql }) => sql.startsWith("CREATE TABLE rollup_work"),
      outcome: {
        state: "FAILED",
        reason: "HIVE_CURSOR_ERROR: a.log.gz is damaged",
        error: { ErrorCategory: 2 },
      },
    });
    const { code, stdout, stderr } = await athena("report", ...DAY, ...JSON_OUT);
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(/^building the rollup first: 1 day \(2026-11-19\), .+\n$/);
    const { verdict, coverage, receipt } = JSON.parse(stdout);
    expect(verdict).toBe("partial");
    expect(coverage.problems).toEqual([
      expect.objectContaining({ code: "ROLLUP_NOT_BUILT", where: "2026-11-19", partial: true }),
    ]);
    expect(receipt.engine).toBe("athena");
    expect(receipt.queries.length).toBeGreaterThan(7);
  });

  // C29 and C36: neither silence nor a table that looks elsewhere is a day without rejects.
  test("a report names who delivered nothing, and files that the table did not find", async () => {
    const other = path.join(folder, "two-accounts");
    mkdirSync(other);
    const config = [
      'accounts: ["123456789012", "210987654321"]',
      "regions: [eu-central-1]",
      "logs: { bucket: flow-logs, layout: hive }",
      "",
    ];
    writeFileSync(path.join(other, "turnaway.yml"), config.join("\n"));
    deliver("20261119T1205Z", 1000);
    const counts = [
      "staged_records",
      "coverage_records",
      "traffic_rows",
      "traffic_keys",
      "lone_records",
      "folded_records",
      "hour_records",
      "day_records",
      "malformed",
      "repeated_headers",
    ];
    answers = [
      tables("rollup_builds"),
      {
        when: /AS staged_records/,
        result: {
          columns: counts.map((name) => ({ name, type: "bigint" })),
          rows: [counts.map(() => 0n)],
        },
      },
    ];
    const { code, stdout, stderr } = await turnaway({
      ...commandLine(["report", ...DAY, ...JSON_OUT]),
      cwd: other,
    });
    expect(code, stderr).toBe(3);
    const { verdict, coverage } = JSON.parse(stdout);
    expect(verdict).not.toBe("clear");
    expect(
      coverage.problems.map(({ code, where }: { code: string; where: string }) => [code, where]),
    ).toEqual([
      ["SCOPE_SILENT", "account 210987654321, 2026-11-19"],
      ["FILES_NOT_READ", "2026-11-19"],
    ]);
  });

  test("views plan shows what is new, and status exits 3 until it is deployed", async () => {
    const plan = await athena("views", "plan", ...JSON_OUT);
    expect(plan.code, plan.stderr).toBe(0);
    expect(JSON.parse(plan.stdout)).toContainEqual(
      expect.objectContaining({ view: "traffic_rollup", state: "new", action: "create" }),
    );
    const status = await athena("views", "status");
    expect(status.code, status.stderr).toBe(3);
    const dry = await athena("views", "deploy", "--dry-run");
    expect(dry.code, dry.stderr).toBe(0);
    expect(front.executions.filter(({ sql }) => sql.startsWith("CREATE"))).toEqual([]);
  });

  test("a view of somebody else's is never touched", async () => {
    answers = [
      {
        when: /table_type FROM information_schema/,
        result: {
          columns: [
            { name: "table_name", type: "varchar" },
            { name: "table_type", type: "varchar" },
          ],
          rows: [["flow_records", "BASE TABLE"]],
        },
      },
    ];
    const { code, stderr } = await athena("views", "deploy");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: a name is taken \(views deploy, flow_records\): .+\n$/);
    expect(front.executions.filter(({ sql }) => /CREATE OR REPLACE VIEW/.test(sql))).toEqual([]);
  });
});

test("the doctor names what is missing on Athena, each with what to do", async () => {
  deliver("20261120T0505Z", 1000);
  const { code, stdout } = await athena("doctor", ...NOW, ...JSON_OUT);
  expect(code).toBe(2);
  const checks = JSON.parse(stdout) as { code: string; status: string; fix: string | null }[];
  const statusOf = (code: string): string | undefined =>
    checks.find((check) => check.code === code)?.status;
  expect(statusOf("CREDENTIALS")).toBe("ok");
  expect(statusOf("WORKGROUP")).toBe("ok");
  expect(statusOf("DATABASE")).toBe("ok");
  expect(statusOf("TABLES")).toBe("fail");
  expect(statusOf("FRESHNESS")).toBe("ok");
  for (const check of checks.filter(({ status }) => status === "fail"))
    expect(check.fix).not.toBeNull();
});

const JSON_OUT = ["--format", "json"];

function athena(...args: readonly string[]): Promise<Outcome> {
  return turnaway(commandLine(args));
}

function start(...args: readonly string[]): ReturnType<typeof startTurnaway> {
  return startTurnaway(commandLine(args));
}

function commandLine(args: readonly string[]): Parameters<typeof turnaway>[0] {
  const env = awsVariables({
    AWS_ENDPOINT_URL: front.url,
    AWS_ENDPOINT_URL_S3: s3.url,
  });
  return { cwd: folder, args: [...args, "--engine", "athena"], env };
}

function deliver(time: string, size: number): void {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(time)!;
  const account = "123456789012";
  const folders = `AWSLogs/aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=eu-central-1/year=${year}/month=${month}/day=${day}`;
  const name = `${account}_vpcflowlogs_eu-central-1_fl-0a1b2c3d4e5f67890_${time}_0a1b2c3d.log.gz`;
  objects.set(`${folders}/${name}`, new Uint8Array(size));
}

function tables(...names: readonly string[]): (typeof answers)[number] {
  return {
    when: /SELECT table_name FROM information_schema/,
    result: {
      columns: [{ name: "table_name", type: "varchar" }],
      rows: names.map((name) => [name]),
    },
  };
}
