import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import {
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { memoryBucket, startS3Server } from "@turnaway/testing/s3-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { flowLogs } from "./support/flow-logs.ts";
import { AWS_VARIABLES } from "./support/insights.ts";
import {
  commandsIn,
  makeWorkspace,
  runStep,
  type Step,
  type StepOutcome,
} from "./support/run-action.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const workspace = makeWorkspace(flowLogs("2026-11-17", 4));
let github: GithubServer;

beforeAll(async () => {
  github = await startGithubServer();
});

afterAll(() => github.close());

const ON_THE_20TH = { date: "2026-11-20", now: "2026-11-21T06:00:00Z" };

function step(inputs: Step["inputs"]): Promise<StepOutcome> {
  github.requests.length = 0;
  const own = { source: "logs", "github-token": WORKFLOW_TOKEN, ...inputs };
  return runStep({ inputs: own, workspace, apiUrl: github.url });
}

describe("a rolling report of files", () => {
  test("becomes an issue, a summary, outputs and files", async () => {
    const { code, log, outputs, summary } = await step(ON_THE_20TH);
    expect(code, log).toBe(0);
    expect(github.store.issues).toHaveLength(1);
    const [issue] = github.store.issues;
    expect(issue!.body).toMatch(/^<!-- turnaway:report:default -->/);
    expect(issue!.body).toContain("10.0.9.20");
    expect(outputs).toMatchObject({
      "issue-number": "1",
      verdict: "findings",
      new: "1",
      ongoing: "0",
      resolved: "0",
      muted: "0",
      "rejected-records": "96",
      "report-path": path.join(workspace.temp, "reject-report-default-2026-11-20"),
    });
    expect(outputs["issue-url"]).toMatch(/\/octo\/network\/issues\/1$/);
    expect(summary).toContain("10.0.9.20");
    for (const name of ["report.md", "report.html", "report.json", "findings.csv"])
      expect(existsSync(path.join(outputs["report-path"]!, name)), name).toBe(true);
    const report = JSON.parse(
      readFileSync(path.join(outputs["report-path"]!, "report.json"), "utf8"),
    );
    expect(report.receipt.versions).toMatchObject({ turnaway: expect.any(String) });
  });

  test("D29: annotates once, and says nothing else that a runner would obey", async () => {
    const { log } = await step(ON_THE_20TH);
    const commands = commandsIn(log).filter((line) => !/^::(end)?group::/.test(line));
    expect(commands).toEqual([
      `::add-mask::${WORKFLOW_TOKEN}`,
      expect.stringMatching(/^::notice title=Reject report%3A findings::1 new .*issues\/1$/),
    ]);
  });

  test("that did not change costs at most 6 requests, and writes nothing", async () => {
    const before = structuredClone(github.store.issues);
    const { code, log } = await step(ON_THE_20TH);
    expect(code, log).toBe(0);
    expect(github.requests.length).toBeLessThanOrEqual(6);
    const writes = github.requests.filter(
      ({ method, path }) => method !== "GET" && !path.endsWith("/graphql"),
    );
    expect(writes).toEqual([]);
    expect(github.store.issues).toEqual(before);
  });
});

test("D32: text from outside is shown, and is no command", async () => {
  const { code, log } = await step({ ...ON_THE_20TH, source: "logs/::error::##[add-mask]secret" });
  expect(code).toBe(2);
  expect(log).toContain("## [add-mask]secret");
  expect(
    commandsIn(log).filter((line) => !/^::((end)?group::|add-mask::workflow)/.test(line)),
  ).toEqual([
    expect.stringMatching(/^::error title=Turnaway reject report failed::nothing to read/),
  ]);
});

test("a bucket is read as a folder is: the objects of the day alone", async () => {
  const folders = "AWSLogs/123456789012/vpcflowlogs/eu-central-1/2026/11";
  const objects = Object.entries(flowLogs("2026-11-19", 2)).map(([name, text], index) => {
    const day = 19 + index;
    const file = `123456789012_vpcflowlogs_eu-central-1_fl-0a1b2c3d4e5f67890_202611${day}T1205Z_0a1b2c3d.log.gz`;
    expect(name).toContain(`2026-11-${day}`);
    return [`${folders}/${day}/${file}`, gzipSync(text)] as const;
  });
  const bucket = memoryBucket(new Map(objects), "eu-central-1");
  const s3 = await startS3Server({ buckets: { "flow-logs": bucket } });
  try {
    const { code, log, outputs } = await runStep({
      inputs: { ...ON_THE_20TH, source: "s3://flow-logs", "issue-mode": "none" },
      workspace: makeWorkspace(),
      env: { ...AWS_VARIABLES, AWS_ENDPOINT_URL_S3: s3.url, XDG_CACHE_HOME: workspace.temp },
    });
    expect(code, log).toBe(0);
    expect(outputs["rejected-records"]).toBe("96");
    const read = s3.requests.flatMap(({ operation, key }) =>
      operation === "GetObject" ? [key.slice(`${folders}/`.length, `${folders}/20`.length)] : [],
    );
    expect(new Set(read)).toEqual(new Set(["20"]));
  } finally {
    await s3.close();
  }
});
