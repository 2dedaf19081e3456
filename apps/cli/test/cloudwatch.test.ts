import { type LogsServer, startLogsServer } from "@turnaway/testing/logs-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { DAY, dayLines, logText, testFolder, writeFiles } from "./support/flow-logs.ts";
import { awsVariables, until, writeConfig } from "./support/remote.ts";
import { type Outcome, outcomeOf, startTurnaway, turnaway } from "./support/turnaway.ts";

// A command starts, and each of its queries is looked at a few times.
vi.setConfig({ testTimeout: 60_000 });

const folder = testFolder();
const ON = ["--date", "2026-11-19"];
const JSON_OUT = ["--format", "json"];
/** Where answers used to end, and still may. */
const ROW_LIMIT = 10_000;

let server: LogsServer;

beforeAll(async () => {
  writeConfig(folder, ["cloudwatch: { logGroup: /vpc/flow-logs }"]);
  server = await startLogsServer({
    logGroups: { "/vpc/flow-logs": [...events(DAY - 86_400), ...events(DAY)] },
    looks: { scheduled: 0, running: 1 },
  });
});

afterAll(() => server.close());
beforeEach(() => server.reset());

describe("on CloudWatch Logs Insights", () => {
  test("a report says what it has, and what it lacks", async () => {
    const { code, stdout, stderr } = await insights("report", ...ON, ...JSON_OUT);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.receipt.engine).toBe("cloudwatch");
    expect(report.totals.rejected.records).toBe(24);
    expect(report.window.start).toBe("2026-11-19T00:00:00Z");
  });

  test("the last day that is over is taken where none is named", async () => {
    const now = ["--now", "2026-11-20T06:00:00Z"];
    const { stdout } = await insights("report", ...now, ...JSON_OUT);
    const report = JSON.parse(stdout);
    expect(report.window.start).toBe("2026-11-19T00:00:00Z");
    expect(report.notices[0]).toBe("The report is about 2026-11-19, the last day that is over.");
  });

  test("a query of its own catalogue answers", async () => {
    const { code, stdout, stderr } = await insights("query", "totals", ...ON, ...JSON_OUT);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ action: "REJECT", records: 24 }),
    );
  });

  test.each([
    "10.0.3.7",
    "10.0.3.0/24",
    "10.0.3.7->10.0.9.20:5432",
    "10.0.9.20:5432/tcp",
    "10.9.9.9",
  ])("trace %s finds what it finds in the files of the group", async (subject) => {
    writeFiles(folder, { "same-logs/records.log": logText(dayLines(DAY)) });
    const there = await insights("trace", subject, ...ON, ...JSON_OUT);
    const here = await turnaway({
      cwd: folder,
      args: ["trace", subject, "same-logs", ...ON, ...JSON_OUT],
    });
    expect(there.code, there.stderr).toBe(0);
    expect(JSON.parse(there.stdout)).toEqual(JSON.parse(here.stdout));
    expect(JSON.parse(here.stdout).length > 0).toBe(subject !== "10.9.9.9");
  });

  test("one's own text runs as it is", async () => {
    const text = "filter action = 'REJECT' | stats count(*) as n by srcAddr";
    const own = text.replaceAll("'", '"');
    const { code, stdout, stderr } = await insights("query", "--sql", own, ...ON, ...JSON_OUT);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ srcAddr: "10.0.3.7", n: "24" }]);
  });

  test.each([
    ["rollup build", ["rollup", "build"], /cloudwatch has no rollup/],
    ["views plan", ["views", "plan"], /cloudwatch has no views/],
    ["a query that it lacks", ["query", "late-packets"], /Insights answers .*top-rejected/],
    ["a source", ["report", "./flow-logs"], /the log group of cloudwatch\.logGroup/],
  ])("%s is wrong usage, and nothing is asked", async (_, args, message) => {
    const { code, stderr } = await insights(...args);
    expect([code, server.requests]).toEqual([2, []]);
    expect(stderr).toMatch(message);
  });

  test("Ctrl-C stops the query that runs there", async () => {
    server.inject({
      operation: "GetQueryResults",
      fault: { kind: "state", state: "Unknown" },
    });
    const child = startTurnaway(commandLine(["query", "totals", ...ON]));
    const outcome = outcomeOf(child);
    await until(() => server.requests.some(({ operation }) => operation === "GetQueryResults"));
    child.kill("SIGINT");
    const { code, stderr } = await outcome;
    expect(code, stderr).toBe(130);
    expect(server.openQueries()).toEqual([]);
  });

  test("the doctor tells what the log group holds", async () => {
    const now = ["--now", "2026-11-20T00:00:00Z"];
    const { code, stdout } = await insights("doctor", ...now, ...JSON_OUT);
    expect(code, stdout).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ code: "FRESHNESS", status: "ok" }),
    );
  });

  test("the doctor names a log group that is not there", async () => {
    const other = testConfig("other", "/nobody/here");
    const { code, stdout } = await turnaway({
      ...commandLine(["doctor", ...JSON_OUT]),
      cwd: other,
    });
    expect(code).toBe(2);
    expect(stdout).toContain("/nobody/here");
  });
});

describe("an answer that the service cut", () => {
  test("is printed, called PARTIAL, and exits 3", async () => {
    const small = await startLogsServer({
      logGroups: { "/vpc/flow-logs": many(ROW_LIMIT + 1) },
      rowLimit: ROW_LIMIT,
      looks: { scheduled: 0, running: 1 },
    });
    try {
      const env = awsVariables({ AWS_ENDPOINT_URL: small.url });
      const own = ["--sql", "fields @timestamp, @message", "--format", "csv"];
      const args = ["query", ...own, ...ON, "--engine", "cloudwatch"];
      const { code, stdout, stderr } = await turnaway({ cwd: folder, args, env });
      expect(stderr).toMatch(/PARTIAL: INSIGHTS_CUT in own: /);
      expect(code).toBe(3);
      expect(stdout.trimEnd().split("\n")).toHaveLength(1 + ROW_LIMIT);
    } finally {
      await small.close();
    }
  });
});

function insights(...args: readonly string[]): Promise<Outcome> {
  return turnaway(commandLine(args));
}

function commandLine(args: readonly string[]): Parameters<typeof turnaway>[0] {
  const env = awsVariables({ AWS_ENDPOINT_URL: server.url });
  return { cwd: folder, args: [...args, "--engine", "cloudwatch"], env };
}

function testConfig(name: string, logGroup: string): string {
  const own = `${folder}/${name}`;
  writeConfig(own, [`cloudwatch: { logGroup: ${logGroup} }`]);
  return own;
}

function events(start: number): { timestamp: number; message: string }[] {
  return dayLines(start).map((message) => ({
    timestamp: Number(message.split(" ")[10]) * 1000,
    message,
  }));
}

function many(count: number): ReturnType<typeof events> {
  const [first] = events(DAY);
  return Array.from({ length: count }, () => ({ ...first! }));
}
