import {
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { memoryBucket, type S3Server, startS3Server } from "@turnaway/testing/s3-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { AWS_VARIABLES } from "./support/insights.ts";
import { makeWorkspace, runStep, type Workspace } from "./support/run-action.ts";
import {
  startTrino,
  type TrinoAnswer,
  type TrinoCoordinator,
} from "./support/trino-coordinator.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const NOW = { now: "2026-11-21T06:00:00Z" };
const DAY = Date.parse("2026-11-19T00:00:00Z") / 1000;
const FOLDER =
  "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-central-1/year=2026/month=11/day=19";
const DELIVERED = `${FOLDER}/123456789012_vpcflowlogs_eu-central-1_fl-0a1b2c3d4e5f67890_20261119T1205Z_0a1b2c3d.log.gz`;

let trino: TrinoCoordinator;
let s3: S3Server;
let github: GithubServer;

beforeAll(async () => {
  const objects = new Map([[DELIVERED, new Uint8Array(1000)]]);
  [trino, s3, github] = await Promise.all([
    startTrino(answers()),
    startS3Server({ buckets: { "flow-logs": memoryBucket(objects, "eu-central-1") } }),
    startGithubServer(),
  ]);
  workspace = makeWorkspace({
    "turnaway.yml": `accounts: ["123456789012"]
regions: [eu-central-1]
logs: { bucket: flow-logs, layout: hive }
trino: { url: "${trino.url}", catalog: hive, icebergCatalog: lake, schema: turnaway, user: kim, passwordVariable: TRINO_PASSWORD }
`,
  });
});

let workspace: Workspace;

afterAll(() => Promise.all([trino.close(), s3.close(), github.close()]));

test("a report of a Trino is built, read page by page, and posted", async () => {
  const { code, log, outputs, summary } = await runStep({
    inputs: { engine: "trino", date: "2026-11-19", "github-token": WORKFLOW_TOKEN, ...NOW },
    workspace,
    apiUrl: github.url,
    env: { ...AWS_VARIABLES, AWS_ENDPOINT_URL_S3: s3.url, TRINO_PASSWORD: "open sesame" },
  });
  expect(code, log).toBe(0);
  expect(log).toMatch(/^building the rollup first: 1 day \(2026-11-19\), /m);
  const [issue] = github.store.issues;
  expect(issue!.body).toContain("10.0.9.20");
  expect(issue!.body).toContain("--engine trino");
  expect(summary).toContain("10.0.9.20");
  expect(outputs).toMatchObject({
    verdict: "findings",
    new: "1",
    "issue-number": "1",
    "rejected-records": "96",
  });
  const kim = `Basic ${Buffer.from("kim:open sesame").toString("base64")}`;
  expect(new Set(trino.asked.map(({ authorization }) => authorization))).toEqual(new Set([kim]));
  expect(log).not.toContain("sesame");
  expect(Number(outputs["scanned-bytes"])).toBe(1000 * trino.asked.length);
  const made = trino.asked.filter(({ sql }) =>
    sql.startsWith("INSERT INTO lake.turnaway.rollup_builds"),
  );
  expect(made).toHaveLength(1);
});

test("B8: of a day that is to come nothing is built", async () => {
  const before = trino.asked.length;
  const { log } = await runStep({
    inputs: { engine: "trino", date: "2026-11-25", "issue-mode": "none", ...NOW },
    workspace,
    env: { ...AWS_VARIABLES, AWS_ENDPOINT_URL_S3: s3.url, TRINO_PASSWORD: "open sesame" },
  });
  expect(log).toContain("building the rollup first: 1 day (2026-11-19)");
  const writes = trino.asked.slice(before).filter(({ sql }) => /^(CREATE|INSERT)/.test(sql));
  for (const { sql } of writes) expect(sql).not.toContain("2026-11-25");
});

const SIGHTING: TrinoAnswer["columns"] = {
  detection: "varchar",
  period: "bigint",
  scope: "varchar",
  client: "varchar",
  server: "varchar",
  protocol: "bigint",
  service_port: "bigint",
  records: "bigint",
  packets: "bigint",
  bytes: "bigint",
  first_seen: "bigint",
  last_seen: "bigint",
  refused_at: "varchar",
  client_interface_id: "varchar",
  server_interface_id: "varchar",
  observed: "bigint",
  expected: "bigint",
  since: "bigint",
  spread: "bigint",
  sample: "varchar",
};

const REFUSED: Readonly<Record<string, unknown>> = {
  detection: "newly-rejected",
  period: 14,
  scope: "internal",
  client: "10.0.3.7",
  server: "10.0.9.20",
  protocol: 6,
  service_port: 5432,
  records: 96,
  packets: 960,
  bytes: 9600,
  first_seen: DAY,
  last_seen: DAY + 86_000,
  refused_at: "server",
  server_interface_id: "eni-0a1b2c3d4e5f60001",
  observed: 96,
  expected: 96,
  since: DAY - 60,
  spread: 1,
  sample: "10.0.3.7",
};

// What a Trino answers over one day with 96 refused records of a pair that was let through before.
function answers(): TrinoAnswer[] {
  const bigints = (...names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, "bigint"]));
  const hour = (index: number): number => DAY + 3600 * index;
  return [
    {
      asks: /SELECT table_name FROM lake\.information_schema/,
      columns: { table_name: "varchar" },
      rows: [["rollup_builds"]],
    },
    // What changes something answers with a count.
    { asks: /^(CREATE|INSERT|DROP|DELETE)\b/, columns: bigints("rows"), rows: [[0]] },
    {
      asks: /AS staged_records/,
      columns: bigints(
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
      ),
      rows: [[192, 192, 48, 48, 0, 0, 192, 192, 0, 0]],
    },
    {
      asks: /SELECT log_status, action, sum\(records\)/,
      columns: {
        log_status: "varchar",
        action: "varchar",
        ...bigints("records", "bytes", "first_start", "last_end"),
      },
      rows: [
        ["OK", "ACCEPT", 96, 9600, DAY, DAY + 86_399],
        ["OK", "REJECT", 96, 9600, DAY, DAY + 86_399],
      ],
    },
    {
      asks: /SELECT count\(DISTINCT interface_id\) AS interfaces/,
      columns: bigints("interfaces"),
      rows: [[1]],
    },
    {
      asks: /AS late_pairs/,
      columns: {
        ...bigints("period"),
        scope: "varchar",
        ...bigints(
          "accepted_records",
          "accepted_packets",
          "accepted_bytes",
          "rejected_records",
          "rejected_packets",
          "rejected_bytes",
          "late_records",
          "late_pairs",
        ),
      },
      rows: [
        [13, "internal", 96, 960, 9600, 0, 0, 0, 0, 0],
        [14, "internal", 96, 960, 9600, 96, 960, 9600, 0, 0],
      ],
    },
    {
      asks: /max\(c\.hour\) AS last_hour/,
      columns: bigints("period", "hours", "interfaces", "first_hour", "last_hour"),
      rows: [
        [12, 24, 1, hour(-48), hour(-25)],
        [13, 24, 1, hour(-24), hour(-1)],
        [14, 24, 1, hour(0), hour(23)],
      ],
    },
    {
      asks: /GROUP BY p\.period, c\.log_status, c\.action/,
      columns: {
        ...bigints("period"),
        log_status: "varchar",
        action: "varchar",
        ...bigints("records", "packets", "bytes", "first_start", "last_end"),
      },
      rows: [
        [14, "OK", "ACCEPT", 96, 960, 9600, DAY, DAY + 86_399],
        [14, "OK", "REJECT", 96, 960, 9600, DAY, DAY + 86_399],
      ],
    },
    {
      asks: /newly-rejected'+ AS detection/,
      columns: SIGHTING,
      rows: [Object.keys(SIGHTING).map((name) => REFUSED[name] ?? null)],
    },
  ];
}
