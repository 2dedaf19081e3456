import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { parseExact, type QueryEngine, type Report, stringifyExact } from "@turnaway/core";
import { startAthenaFront, trinoBackend } from "@turnaway/testing/athena-front";
import {
  CATALOGS,
  LAKEHOUSE_CREDENTIALS,
  LAKEHOUSE_REGION,
  type Lakehouse,
} from "@turnaway/testing/trino";

import { DAYS, type DataSet } from "./data-set.ts";
import { type Delivery, deliver } from "./deliver.ts";
import type { Tally } from "./tally.ts";
import { createRawTable } from "./trino-tables.ts";

export interface CliCheck {
  readonly lakehouse: Lakehouse;
  /** Connected to the catalog `awsdatacatalog`: what the Athena front runs its SQL on. */
  readonly trino: QueryEngine;
  readonly tempDir: string;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Name of the database and the bucket of the command's own logs. */
export const CLI_SET: DataSet = {
  name: "cli_logs",
  format: "rich",
  fileFormat: "text",
  layout: "hive",
  scope: "all",
};

/**
 * The `turnaway` command as a person runs it, on Athena (through the front) and on Trino: views,
 * rollup, report, query, trace, doctor. What it prints is what it prints over the same files
 * with DuckDB. The checks build on one another.
 */
export async function checkCli(check: CliCheck): Promise<void> {
  const { lakehouse, tempDir, trino, tally, signal } = check;
  const delivery = await deliver(CLI_SET, { tempDir, awsUrl: lakehouse.awsUrl });
  await createRawTable(delivery, lakehouse.awsUrl);
  const front = await startAthenaFront({
    backend: trinoBackend({ run: (statement, own) => trino.run(statement, own) }),
    catalog: { workgroups: { turnaway: {} }, databases: { [CLI_SET.name]: [] } },
  });
  try {
    const folder = writeConfig(delivery, check);
    const turnaway: Turnaway = (...args) =>
      runCommand(args, { folder, signal, env: awsVariables(lakehouse.awsUrl, front.url) });
    const test = (name: string, body: () => Promise<string | void>): Promise<void> =>
      tally.check("cli", name, body);
    await checkDeployment(turnaway, test);
    await checkAnswers({ turnaway, test, logs: delivery.folder });
  } finally {
    await front.close();
  }
}

type Test = (name: string, body: () => Promise<string | void>) => Promise<void>;
type Turnaway = (...args: readonly string[]) => Promise<Outcome>;

async function checkDeployment(turnaway: Turnaway, test: Test): Promise<void> {
  const ok = expecting(turnaway, 0);
  await test("views deploy, then status is clean", async () => {
    assert.match((await ok("views", "deploy", "--engine", "athena")).stdout, /^deployed /);
    await ok("views", "status", "--engine", "athena");
    const again = await ok("views", "deploy", "--engine", "athena");
    assert.match(again.stdout, /^nothing to deploy/);
  });
  const first = `${DAYS[0]}..${DAYS[1]}`;
  await test("rollup build says what it would do, and does it", async () => {
    const build = ["rollup", "build", "--engine", "athena", "--days", first];
    const plan = await ok(...build, "--dry-run", "--format", "json");
    const rows = JSON.parse(plan.stdout) as { action: string }[];
    assert.deepEqual(
      rows.map(({ action }) => action),
      ["build", "build"],
    );
    assert.match(plan.stderr, /would build 2 days .* of logs to read, about \$0\.\d+ at \$5 a TB/);
    assert.equal((await ok(...build)).stdout, `built 2 days: ${DAYS[0]}, ${DAYS[1]}\n`);
    assert.match((await ok(...build)).stdout, /^nothing to build/);
  });
  await test("rollup status shows what is built and what is not", async () => {
    const args = ["--days", `${DAYS[0]}..${DAYS[2]}`, "--format", "json"];
    const { stdout } = await ok("rollup", "status", "--engine", "athena", ...args);
    assert.deepEqual(
      (JSON.parse(stdout) as { status: string }[]).map(({ status }) => status),
      ["built", "built", "missing"],
    );
  });
  await test("rollup build on Trino builds on what Athena built", async () => {
    const days = `${DAYS[0]}..${DAYS[6]}`;
    const args = ["--days", days, "--parallel", "2"];
    const { stdout } = await ok("rollup", "build", "--engine", "trino", ...args);
    assert.equal(stdout, `built 5 days: ${DAYS.slice(2, 7).join(", ")}\n`);
  });
}

async function checkAnswers({
  turnaway,
  test,
  logs,
}: {
  turnaway: Turnaway;
  test: Test;
  logs: string;
}): Promise<void> {
  const last = ["--date", DAYS.at(-1)!];
  const ok = expecting(turnaway, 0);
  const compare = async (engine: string, ...args: readonly string[]): Promise<string> => {
    const [command, ...rest] = args;
    const isFirst = command === "report";
    const own = isFirst ? [logs, ...rest] : [rest[0]!, logs, ...rest.slice(1)];
    const [wanted, found] = [
      await ok(command!, ...own, "--state", "./state.duckdb", "--format", "json"),
      await ok(...args, "--engine", engine, "--format", "json"),
    ];
    return sameJson(wanted.stdout, found.stdout);
  };
  await test("report on Athena builds the missing day, and is DuckDB's", () =>
    compare("athena", "report", ...last));
  await test("views deploy on Trino", async () => {
    await ok("views", "deploy", "--engine", "trino");
    await ok("views", "status", "--engine", "trino");
  });
  await test("report on Trino finds the last complete day, and is DuckDB's", () =>
    compare("trino", "report", "--now", `${nextDay(DAYS.at(-1)!)}T06:00:00Z`));
  await test("a report of what is built is at most 12 queries", async () => {
    const { stdout, stderr } = await ok("report", "--engine", "trino", "--format", "json");
    assert.equal(stderr, "");
    const { queries } = (JSON.parse(stdout) as Report).receipt;
    assert.ok(queries.length <= 12, queries.map(({ name }) => name).join());
    return `${queries.length} queries`;
  });
  for (const engine of ["athena", "trino"]) {
    for (const name of ["top-rejected", "traffic-by-hour"]) {
      await test(`query ${name} on ${engine} is DuckDB's`, () =>
        compare(engine, "query", name, "--limit", "50", ...last));
    }
    await test(`trace on ${engine} is DuckDB's`, async () => {
      const { stdout } = await ok("query", "top-rejected", logs, ...last, "--format", "json");
      const [row] = JSON.parse(stdout) as { srcaddr: string }[];
      return compare(engine, "trace", row!.srcaddr, ...last);
    });
  }
  await test("doctor on Trino finds nothing wrong", async () => {
    const { stdout } = await turnaway("doctor", "--engine", "trino", "--format", "json");
    const checks = JSON.parse(stdout) as { code: string; status: string; what: string }[];
    const failed = checks.filter(({ status }) => status === "fail");
    assert.deepEqual(failed, []);
  });
  await test("own SQL that would read every folder is refused before it runs", async () => {
    const args = ["--sql", "SELECT count(*) FROM flow_logs", "--engine", "athena"];
    const { code, stderr } = await turnaway("query", ...args);
    assert.equal(code, 2, stderr);
  });
}

/** Equal but for the receipt, which tells what each of them cost. */
function sameJson(wanted: string, found: string): string {
  const [left, right] = [wanted, found].map((text) => {
    const value = parseExact(text) as Report;
    return stringifyExact(Array.isArray(value) ? value : { ...value, receipt: null }, 1);
  }) as [string, string];
  if (left === right) return `${left.length} characters`;
  const [lines, others] = [left.split("\n"), right.split("\n")];
  const at = lines.findIndex((line, i) => line !== others[i]);
  throw new Error(`line ${at} differs\n  duckdb ${lines[at]}\n  here   ${others[at]}`);
}

function writeConfig({ bucket }: Delivery, { lakehouse, tempDir }: CliCheck): string {
  const folder = path.join(tempDir, "cli");
  const { name, layout, fileFormat, format } = CLI_SET;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "turnaway.yml"),
    [
      'accounts: ["111122223333"]',
      "regions: [eu-central-1]",
      `logs: { bucket: ${bucket}, layout: ${layout}, fileFormat: ${fileFormat}, fields: ${format} }`,
      `athena: { database: ${name} }`,
      `trino: { url: "${lakehouse.trinoUrl}", catalog: ${CATALOGS.hive}, icebergCatalog: ${CATALOGS.iceberg}, schema: ${name} }`,
      "",
    ].join("\n"),
  );
  return folder;
}

function awsVariables(awsUrl: string, athenaUrl: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_ATHENA: athenaUrl,
    AWS_REGION: LAKEHOUSE_REGION,
    AWS_ACCESS_KEY_ID: LAKEHOUSE_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LAKEHOUSE_CREDENTIALS.secretAccessKey,
  };
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const BIN = path.join(import.meta.dirname, "../../../apps/cli/src/bin.ts");

async function runCommand(
  args: readonly string[],
  {
    folder,
    env,
    signal,
  }: { folder: string; env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<Outcome> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    signal,
    env: { PATH: process.env["PATH"], HOME: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Fails with what the command said, where it did not end as it should. */
function expecting(turnaway: Turnaway, code: number): Turnaway {
  return async (...args) => {
    const outcome = await turnaway(...args);
    assert.equal(outcome.code, code, `turnaway ${args.join(" ")}\n${outcome.stderr}`);
    return outcome;
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
