import {
  type AthenaFront,
  fixedBackend,
  type FrontBackend,
  startAthenaFront,
} from "@turnaway/testing/athena-front";
import {
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { memoryBucket, type S3Server, startS3Server } from "@turnaway/testing/s3-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { AWS_VARIABLES } from "./support/insights.ts";
import { commandsIn, makeWorkspace, runStep, startStep, type Step } from "./support/run-action.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const CONFIG = `accounts: ["123456789012"]
regions: [eu-central-1]
logs: { bucket: flow-logs, layout: hive }
`;
const FOLDERS =
  "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-central-1/year=2026/month=11/day=19";
const DELIVERED = `${FOLDERS}/123456789012_vpcflowlogs_eu-central-1_fl-0a1b2c3d4e5f67890_20261119T1205Z_0a1b2c3d.log.gz`;

// The tables are there, and empty: nobody here can run the SQL itself.
const rowsOf = (name: string, rows: string[][]): FrontBackend =>
  fixedBackend({ columns: [{ name, type: "varchar" }], rows });
const backend: FrontBackend = (sql, params, context) =>
  /SELECT table_name FROM information_schema/.test(sql)
    ? rowsOf("table_name", [["rollup_builds"]])(sql, params, context)
    : rowsOf("nothing", [])(sql, params, context);

const workspace = makeWorkspace({ "turnaway.yml": CONFIG });
let front: AthenaFront;
let s3: S3Server;
let github: GithubServer;

beforeAll(async () => {
  const objects = new Map([[DELIVERED, new Uint8Array(1000)]]);
  [front, s3, github] = await Promise.all([
    startAthenaFront({ backend, looks: { queued: 0, running: 0 } }),
    startS3Server({ buckets: { "flow-logs": memoryBucket(objects, "eu-central-1") } }),
    startGithubServer(),
  ]);
});

afterAll(() => Promise.all([front.close(), s3.close(), github.close()]));

beforeEach(() => front.reset());

function stepOf(): Step {
  return {
    inputs: { engine: "athena", date: "2026-11-19", "github-token": WORKFLOW_TOKEN },
    workspace,
    apiUrl: github.url,
    env: {
      ...AWS_VARIABLES,
      AWS_ENDPOINT_URL_ATHENA: front.url,
      AWS_ENDPOINT_URL_STS: front.url,
      AWS_ENDPOINT_URL_S3: s3.url,
    },
  };
}

test("a day that can't be built is posted as PARTIAL, never as clear", async () => {
  front.plan({
    when: ({ sql }) => sql.startsWith("CREATE TABLE rollup_work"),
    outcome: {
      state: "FAILED",
      reason: "HIVE_CURSOR_ERROR: a.log.gz is damaged",
      error: { ErrorCategory: 2 },
    },
  });
  const { code, log, outputs } = await runStep(stepOf());
  expect(code, log).toBe(3);
  expect(front.executions.length).toBeGreaterThan(0);
  expect(outputs["verdict"]).toBe("partial");
  expect(log).toMatch(/^building the rollup first: 1 day \(2026-11-19\), /m);
  expect(commandsIn(log).filter((line) => /^::(error|notice)/.test(line))).toEqual([
    expect.stringMatching(/^::error title=PARTIAL report::/),
  ]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s stops the query that runs there, and exits %s", async (signal, code) => {
  front.plan({ outcome: { stuck: "RUNNING" } });
  const { child, outcome } = startStep(stepOf());
  while (!front.executions.some(({ looks }) => looks > 1))
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill(signal);
  const ended = await outcome;
  expect(ended.code, ended.log).toBe(code);
  expect(new Set(front.executions.map(({ state }) => state))).toEqual(new Set(["CANCELLED"]));
});
