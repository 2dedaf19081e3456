import { flowLogKey, parseConfig, type S3Layout } from "@turnaway/core";
import { createS3Client } from "@turnaway/sources/s3";
import { glueTableInput, listSqlFiles, rawTable, ROLLUP_TABLES } from "@turnaway/sql";
import { type FrontTable, refuseCall } from "@turnaway/testing/athena-front";
import { memoryBucket, refuse, type S3Server, startS3Server } from "@turnaway/testing/s3-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  type AthenaCase,
  CASE_ENV,
  clientWithKeys,
  fastClock,
  startCase,
} from "../fixtures/athena-case.ts";
import { diagnoseAthena, type DiagnoseOptions } from "./diagnose-athena.ts";

// The doctor over a front and an S3 server: what is fine is said, what is not has a fix.

const NOW = Date.parse("2026-11-21T06:10:00Z") / 1000;
const ACCOUNT = "123456789012";
const objects = new Map<string, Uint8Array>();

let athena: AthenaCase;
let s3: S3Server;

beforeAll(async () => {
  athena = await startCase();
  s3 = await startS3Server({ buckets: { logs: memoryBucket(objects, "eu-west-1") } });
});
beforeEach(() => {
  athena.front.reset();
  s3.reset();
  objects.clear();
  athena.front.catalog = { workgroups: WORKGROUPS, databases: { turnaway: tables() } };
  for (const day of DAYS) deliver(day);
});
afterAll(async () => {
  await athena.close();
  await s3.close();
});

const DAYS = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"];
const WORKGROUPS = { turnaway: { cutoffBytes: 10_000_000_000 } };

it("says of a sound deployment that everything is there", async () => {
  expect(await diagnose()).toEqual([
    "ok CREDENTIALS: found",
    "ok REGION: eu-west-1",
    "ok WORKGROUP: turnaway: enabled, engine version 3, results in s3://results/athena/",
    "ok SCAN_LIMIT: 10.00 GB for a query",
    "ok DATABASE: turnaway in AwsDataCatalog",
    "ok TABLES: flow_logs and the tables of the rollup are there",
    expect.stringMatching(/^ok VIEWS: all \d+ are there$/),
    expect.stringMatching(/^ok COLUMNS: \d+ columns, 14 of them logged, in the order of the log/),
    "ok PROJECTION: partitions by log_account, log_region, log_date from the names of the folders",
    "ok QUERY: a query was started, waited for and read: athena:StartQueryExecution, GetQueryExecution, GetQueryResults and the place of results are allowed",
    "ok STOP: athena:StopQueryExecution is allowed",
    `ok PARTITIONS: ${ACCOUNT} in eu-west-1: files on 4 of 4 days`,
    "ok FRESHNESS: newest file 2026-11-21T05:00:00Z, 1 hours old",
    "ok READ: s3:GetObject is allowed, and kms:Decrypt where objects are encrypted",
    "ok COST: a day is 0.00 GB of logs: $0.0001 to build, $0.0006 for a report of 12 queries, $0.02 in 30 days ($5 a TB as of 2020)",
  ]);
  expect(athena.front.executions).toHaveLength(1);
});

describe("finds", () => {
  it.each<[string, () => void, string]>([
    [
      "a database that is missing",
      () => change({ databases: {} }),
      "fail DATABASE: database is missing (athena): there is no database turnaway in AwsDataCatalog of eu-west-1 → set athena.database in turnaway.yml, or make it with `turnaway deploy apply`",
    ],
    [
      "a workgroup that is disabled",
      () => change({ workgroups: { turnaway: { state: "DISABLED" } } }),
      "fail WORKGROUP: workgroup is disabled (athena): the workgroup turnaway takes no queries → enable it in the Athena console, or set athena.workgroup to another one",
    ],
    [
      "a workgroup without a limit",
      () => change({ workgroups: { turnaway: {} } }),
      "warn SCAN_LIMIT: turnaway has no limit of bytes for a query → run `turnaway deploy apply`, which sets athena.scanLimit on the workgroup",
    ],
    [
      "C28: tables that are missing",
      () => change({ databases: { turnaway: tables().filter((t) => t.name !== "flow_logs") } }),
      "fail TABLES: missing: flow_logs → run `turnaway deploy apply`",
    ],
    [
      "C28: views that are missing",
      () => change({ databases: { turnaway: tables().filter((t) => t.name !== "flows") } }),
      "fail VIEWS: missing: flows → run `turnaway views deploy`",
    ],
    [
      "columns in another order than the log format",
      () => {
        const swap = (table: FrontTable): FrontTable => {
          const [first, second, ...rest] = table.columns;
          return { ...table, columns: [second!, first!, ...rest] };
        };
        change({ databases: { turnaway: tables(swap) } });
      },
      "fail COLUMNS: column 1 of the log format, version int, is account_id string in the table: values are read into wrong columns, without an error → run `turnaway deploy apply`: it makes the table anew, no logs are touched",
    ],
    [
      "C29: a projection that leaves accounts out",
      () => {
        const other = (table: FrontTable): FrontTable => ({
          ...table,
          parameters: { ...table.parameters, "projection.log_account.values": "1" },
        });
        change({ databases: { turnaway: tables(other) } });
      },
      `fail PROJECTION: projection.log_account.values is 1, expected ${ACCOUNT}: days or accounts are left out without an error → run \`turnaway deploy apply\`: it makes the table anew, no logs are touched`,
    ],
    [
      "a stop that is not allowed",
      () =>
        athena.front.inject({
          when: "StopQueryExecution",
          fault: refuseCall(
            400,
            "AccessDeniedException",
            "User is not authorized to perform: athena:StopQueryExecution on resource: arn:aws:athena:eu-west-1:1:workgroup/turnaway",
          ),
        }),
      "fail STOP: the permission athena:StopQueryExecution is missing: an interrupted run would leave its query running, and billed → allow athena:StopQueryExecution on arn:aws:athena:eu-west-1:1:workgroup/turnaway in the role's policy",
    ],
    [
      "C19: results that may not be written",
      () =>
        athena.front.plan({
          outcome: {
            state: "FAILED",
            reason: "Access denied when writing output to url: s3://results/athena/x.csv",
          },
        }),
      "the permission s3:PutObject is missing",
    ],
    [
      "tables that may not be listed",
      () =>
        athena.front.inject({
          when: "ListTableMetadata",
          fault: refuseCall(
            400,
            "MetadataException",
            "User is not authorized to perform: glue:GetTables on resource: arn:aws:glue:eu-west-1:1:catalog",
          ),
        }),
      "access denied: the permission glue:GetTables is missing → allow glue:GetTables on arn:aws:glue:eu-west-1:1:catalog in the role's policy",
    ],
    [
      "C29: a day without files",
      () => remove("2026-11-19"),
      `fail PARTITIONS: ${ACCOUNT} in eu-west-1: no files on 2026-11-19 → what happened there can't be told`,
    ],
    [
      "C29: a day whose files are not yet there",
      () => remove("2026-11-21"),
      `warn PARTITIONS: ${ACCOUNT} in eu-west-1: the files of 2026-11-21 are not yet there`,
    ],
    [
      "files that are old",
      () => remove("2026-11-21"),
      "warn FRESHNESS: newest file 2026-11-20T05:00:00Z, 25 hours old → look whether the flow log still delivers",
    ],
    [
      "C29: a wrong prefix",
      () => {
        objects.clear();
        for (const day of DAYS) deliver(day, { base: "network/" });
      },
      "fail PARTITIONS: s3://logs/AWSLogs/ has no files of the days 2026-11-18 to 2026-11-21: wrong prefix, AWSLogs is below network → set logs.prefix to network and run `turnaway deploy apply`",
    ],
    [
      "C29: another layout",
      () => {
        objects.clear();
        for (const day of DAYS) deliver(day, { layout: "hive" });
      },
      "fail PARTITIONS: s3://logs/AWSLogs/ has no files of the days 2026-11-18 to 2026-11-21: the folders there are of the layout hive, turnaway.yml says default → set logs.layout to hive or hive-hourly and run `turnaway deploy apply`",
    ],
    [
      "C29: other accounts",
      () => {
        objects.clear();
        for (const day of DAYS) deliver(day, { account: "210987654321" });
      },
      "fail PARTITIONS: s3://logs/AWSLogs/ has no files of the days 2026-11-18 to 2026-11-21; it has folders of 210987654321 → correct accounts and regions in turnaway.yml, or look whether the flow log still delivers",
    ],
    [
      "C29: an empty bucket",
      () => objects.clear(),
      "fail PARTITIONS: s3://logs/AWSLogs/ has no files of the days 2026-11-18 to 2026-11-21, and no other folder of the bucket has an AWSLogs → check logs.bucket, and that the flow log may write there",
    ],
    [
      "a bucket that may not be listed",
      () =>
        s3.inject({
          when: (r) => r.operation === "ListObjectsV2",
          fault: refuse(403, "AccessDenied"),
        }),
      "fail PARTITIONS: s3://logs can not be listed: the permission s3:ListBucket is missing → allow s3:ListBucket on arn:aws:s3:::logs in the role's policy",
    ],
    [
      "a key that may not decrypt",
      () =>
        s3.inject({
          when: (r) => r.operation === "GetObject",
          fault: refuse(
            403,
            "AccessDenied",
            "User is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/ab-12",
          ),
        }),
      "can not be read: the permission kms:Decrypt is missing → allow kms:Decrypt on arn:aws:kms:eu-west-1:1:key/ab-12 in the role's policy and in the key policy",
    ],
  ])("%s", async (_what, given, finding) => {
    given();
    const all = await diagnose();
    expect(all.filter((line) => line.includes(finding))).toHaveLength(1);
  });

  it("the cost of a day that passes the limit", async () => {
    const all = await diagnose({ scanLimitBytes: 10 });
    expect(all.at(-1)).toMatch(
      /^warn COST: .*; a query is stopped at 0\.00 GB, so the day can not be built → raise/,
    );
  });

  it("credentials that are missing, and asks nothing more", async () => {
    const api = clientWithKeys(athena.front, async () => {
      throw new Error("Could not load credentials");
    });
    expect(await diagnose({ api })).toEqual([
      "fail CREDENTIALS: no AWS credentials were found: Could not load credentials → set AWS_PROFILE, run `aws sso login`, or give the job a role",
    ]);
    expect(athena.front.requests).toEqual([]);
  });
});

async function diagnose(more: Partial<DiagnoseOptions> = {}): Promise<string[]> {
  const client = await createS3Client(
    { ...CASE_ENV, AWS_ENDPOINT_URL_S3: s3.url },
    { maxAttempts: 1 },
  );
  const findings = await diagnoseAthena({
    api: athena.client,
    s3: client,
    config: CONFIG,
    workgroup: "turnaway",
    database: "turnaway",
    clock: fastClock(),
    now: NOW,
    days: 4,
    ...more,
  });
  client.destroy();
  return findings.map(
    ({ status, code, what, fix }) => `${status} ${code}: ${what}${fix === null ? "" : ` → ${fix}`}`,
  );
}

const CONFIG = parseConfig(
  `accounts: ["${ACCOUNT}"]\nregions: [eu-west-1]\nlogs: { bucket: logs }\n`,
  "turnaway.yml",
).config;

/** The tables of a deployment, the raw one changed by `edit`. */
function tables(edit: (raw: FrontTable) => FrontTable = (raw) => raw): FrontTable[] {
  const raw = glueTableInput(rawTable(CONFIG));
  const columns = raw.StorageDescriptor.Columns.map(({ Name, Type }) => ({
    name: Name,
    type: Type,
  }));
  return [
    edit({
      name: raw.Name,
      columns,
      partitionKeys: raw.PartitionKeys.map(({ Name, Type }) => ({ name: Name, type: Type })),
      parameters: raw.Parameters,
    }),
    ...ROLLUP_TABLES.map(({ name }) => ({ name, columns: [] })),
    ...listSqlFiles("views").map(({ name }) => ({
      name,
      type: "VIRTUAL_VIEW" as const,
      columns: [],
    })),
  ];
}

function change(catalog: Partial<AthenaCase["front"]["catalog"]>): void {
  athena.front.catalog = { ...athena.front.catalog, ...catalog };
}

function deliver(
  day: string,
  {
    base = "",
    layout = "default",
    account = ACCOUNT,
  }: { base?: string; layout?: S3Layout; account?: string } = {},
): void {
  const deliveredAt = Date.parse(`${day}T05:00:00Z`) / 1000;
  const key = flowLogKey({
    base,
    layout,
    day,
    account,
    region: "eu-west-1",
    flowLogId: "fl-0123456789abcdef0",
    deliveredAt,
    hash: "0a1b2c3d",
    ext: "log.gz",
  });
  objects.set(key, Buffer.from("version account-id"));
}

function remove(day: string): void {
  for (const key of objects.keys()) {
    if (key.includes(day.replaceAll("-", "/"))) objects.delete(key);
  }
}
