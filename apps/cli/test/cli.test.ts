import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { parseExact, type Report } from "@turnaway/core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { dayLines, HEADER, logText, testFolder, writeFiles } from "./support/flow-logs.ts";
import { canObey, outcomeOf, type Run, startTurnaway, turnaway } from "./support/turnaway.ts";

interface Case extends Omit<Run, "args" | "stdout"> {
  readonly code: number;
  readonly stdout?: RegExp | "";
  readonly stderr?: RegExp | "";
}

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Runs a command as on a terminal; part of util-linux. */
const TERMINAL = "script";

const folder = testFolder();
const LATE = ["--now", "2026-11-20T06:00:00Z"];

beforeAll(() => {
  const log = logText();
  writeFiles(folder, {
    "logs/day.log": log,
    "gz/day.log.gz": log,
    "mixed/day.log": log,
    "mixed/README.txt": "Ask Ada.\n",
    "mixed/incidents.json": '{"schema":"x","seed":1}',
    "mixed/.DS_Store": "x",
    "foreign/README.txt": "Ask Ada.\n",
    "foreign/data.json": '{"schema":"x","seed":1}',
    "cut/cut.log.gz": gzipSync(log).subarray(0, 400),
    "cut/day.log": logText(dayLines().slice(0, 5)),
    "with space/Grüße 日本/day one.log": log,
    "custom.log": `${dayLines()
      .map((line) => line.split(" ").slice(3).join(" "))
      .join("\n")}\n`,
    "turnaway-typo.yml": "nam: x\n",
    "turnaway-type.yml": "report:\n  historyDays: no\n",
    "turnaway-proto.yml": "__proto__: { a: 1 }\n",
    "turnaway-bomb.yml": bomb(),
    "random.duckdb": Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251)),
    "a-file": "x",
  });
  mkdirSync(path.join(folder, "empty"));
});

// Ten levels of ten aliases: ten thousand million words when written out.
function bomb(): string {
  const levels = Array.from(
    { length: 10 },
    (_, i) =>
      `k${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? "x" : `*a${i - 1}`)).join(", ")}]`,
  );
  return `${levels.join("\n")}\n`;
}

type Row = readonly [args: readonly string[], expected: Case];

/** A test for each row: the exit code, and what the two streams say. */
function testEach(rows: readonly Row[]): void {
  const named = rows.map((row) => [row[0].join(" ") || "(nothing)", ...row] as const);
  test.each(named)("%s", async (_, args, { code, stdout, stderr, ...run }) => {
    const outcome = await turnaway({ cwd: folder, ...run, args });
    expect(outcome.code, `${outcome.stdout}\n---\n${outcome.stderr}`).toBe(code);
    if (stdout !== undefined) expect(outcome.stdout).toMatch(stdout === "" ? /^$/ : stdout);
    if (stderr !== undefined) expect(outcome.stderr).toMatch(stderr === "" ? /^$/ : stderr);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });
}

describe("what a person types", () => {
  testEach([
    [[], { code: 2, stdout: "", stderr: /Usage: turnaway/ }],
    [["--help"], { code: 0, stdout: /Usage: turnaway[^]*Examples:/, stderr: "" }],
    [["--version"], { code: 0, stdout: /^\d+\.\d+\.\d+\n$/ }],
    [["help", "trace"], { code: 0, stdout: /Usage: turnaway trace[^]*Example:/ }],
    [
      ["repot"],
      {
        code: 2,
        stdout: "",
        stderr: /unknown command 'repot'\n\(Did you mean report\?\)[^]*Usage:/,
      },
    ],
    [["sql", "shw"], { code: 2, stdout: "", stderr: /Did you mean show\?/ }],
    [["sql"], { code: 2, stdout: "", stderr: /Usage: turnaway sql/ }],
    [
      ["report", "--fromat", "md"],
      {
        code: 2,
        stdout: "",
        stderr: /unknown option '--fromat'\n\(Did you mean --format\?\)[^]*Usage:/,
      },
    ],
    [["trace"], { code: 2, stdout: "", stderr: /missing required argument 'subject'/ }],
    [["report", "logs", "--date"], { code: 2, stdout: "", stderr: /argument missing/ }],
    [["demo", "surplus"], { code: 2, stdout: "", stderr: /too many arguments/ }],
  ]);
});

describe("values that can't be", () => {
  testEach([
    [
      ["report", "logs", "--engine", "athena"],
      { code: 2, stdout: "", stderr: /^error: .*athena reads the tables of .+\n$/ },
    ],
    [["report", "--engine", "athena"], { code: 2, stderr: /\(accounts\)/ }],
    [["query", "top-rejected", "--engine", "cloudwatch"], { code: 2, stderr: /no log group/ }],
    [["views", "plan", "--engine", "duckdb"], { code: 2, stderr: /duckdb has no views/ }],
    [
      ["rollup", "build", "logs", "--state", "s", "--dry-run"],
      { code: 2, stderr: /\(--dry-run\): duckdb does not have it/ },
    ],
    [["report", "logs", "--engine", "postgres"], { code: 2, stderr: /use one of duckdb/i }],
    [["report", "logs", "--format", "pdf"], { code: 2, stderr: /text, md, html, json, csv/ }],
    [["report", "logs", "--fail-on", "huge"], { code: 2, stderr: /\(--fail-on\).*critical/ }],
    [["query", "top-rejected", "logs", "--limit", "-1"], { code: 2, stderr: /--limit/ }],
    [["query", "top-rejected", "logs", "--limit", "NaN"], { code: 2, stderr: /--limit/ }],
    [["query", "top-rejected", "logs", "--limit", "1e9"], { code: 2, stderr: /--limit/ }],
    [
      ["query", "top-rejected", "logs", "--limit", "99999999999999999999"],
      { code: 2, stderr: /--limit/ },
    ],
    [["trace", "10.0.3.7", "logs", "--limit", "2.5"], { code: 2, stderr: /--limit/ }],
    [["report", "logs", "--date", "2026-02-30"], { code: 2, stderr: /--date/ }],
    [["report", "logs", "--date", "2026-11-19", "--since", "24h"], { code: 2, stderr: /--date/ }],
    [
      ["report", "logs", "--since", "2026-11-20", "--until", "2026-11-19"],
      { code: 2, stderr: /not before/ },
    ],
    [["report", "logs", "--timezone", "Mars/Base"], { code: 2, stderr: /--timezone/ }],
    [["report", "logs", "--now", "yesterday"], { code: 2, stderr: /--now/ }],
    [["query", "top-rejectd", "logs"], { code: 2, stderr: /Did you mean "top-rejected"\?/ }],
    [["trace", "10.0.3.999", "logs"], { code: 2, stdout: "" }],
    [["simulate", "--out", "never", "--days", "0"], { code: 2, stderr: /from 1 to 366/ }],
    [["simulate"], { code: 2, stderr: /--out/ }],
    [["rollup", "build", "logs"], { code: 2, stderr: /--state/ }],
    [
      ["rollup", "build", "logs", "--state", "s", "--days", "2026-11-19..x"],
      { code: 2, stderr: /--days/ },
    ],
    [["rollup", "status", "--state", "none.duckdb"], { code: 2, stderr: /no state file/ }],
    [["sql", "show", "newly-rejectd"], { code: 2, stderr: /Did you mean "newly-rejected"\?/ }],
    [
      ["sql", "show", "flows", "--dialect", "insights"],
      { code: 2, stderr: /Insights answers .*top-rejected/ },
    ],
    [["completion", "tcsh"], { code: 2, stderr: /bash, zsh, fish/ }],
  ]);
});

describe("configuration that can't be", () => {
  testEach([
    [["report", "logs", "--config", "none.yml"], { code: 2, stderr: /^error: .*none\.yml.*\n$/ }],
    [
      ["report", "logs", "--config", "turnaway-typo.yml"],
      { code: 2, stderr: /turnaway-typo\.yml:1.*Did you mean "name"\?/ },
    ],
    [
      ["report", "logs", "--config", "turnaway-type.yml"],
      { code: 2, stderr: /turnaway-type\.yml:2/ },
    ],
    [["report", "logs", "--config", "turnaway-proto.yml"], { code: 2, stderr: /__proto__/ }],
    [["report", "logs", "--config", "turnaway-bomb.yml"], { code: 2, stderr: /^error: / }],
    [["doctor", "logs", "--config", "turnaway-typo.yml"], { code: 2, stdout: /^fail\s+CONFIG/m }],
  ]);
});

describe("sources", () => {
  const whole = /1 new trouble|Nothing|Findings|No /;
  testEach([
    [["report", "logs", ...LATE], { code: 0, stdout: whole }],
    [["report", "gz", ...LATE], { code: 0, stdout: whole }],
    [["report", "logs/*.log", ...LATE], { code: 0, stdout: whole }],
    [["report", "with space/Grüße 日本", ...LATE], { code: 0, stdout: whole }],
    [["report", "-", ...LATE], { code: 0, stdin: logText(), stdout: whole }],
    [["report", "-", ...LATE], { code: 0, stdin: gzipSync(logText()), stdout: whole }],
    [
      ["report", "custom.log", "--fields", HEADER.split(" ").slice(3).join(" "), ...LATE],
      { code: 0, stdout: whole },
    ],
    [["report", "mixed", ...LATE], { code: 0, stdout: /README\.txt/ }],
    [["query", "top-rejected", "mixed"], { code: 0, stdout: /10\.0\.3\.7/, stderr: "" }],
    [["report"], { code: 2, stdout: "", stderr: /no source.*turnaway demo/ }],
    [
      ["report", "nowhere"],
      { code: 2, stdout: "", stderr: /^error: nothing to read \(nowhere\): .+\n$/ },
    ],
    [
      ["report", "empty"],
      { code: 2, stdout: "", stderr: /^error: nothing to read \(empty\): .+\n$/ },
    ],
    [["report", "nowhere/*.gz"], { code: 2, stderr: /the pattern matches nothing/ }],
    [
      ["report", "foreign"],
      { code: 3, stdout: "", stderr: /^error: no flow log found.*README\.txt.*\n$/ },
    ],
    [
      ["report", "foreign/data.json"],
      { code: 3, stdout: "", stderr: /a JSON file with the keys schema, seed/ },
    ],
    [["report", "custom.log"], { code: 3, stdout: "", stderr: /--fields/ }],
    [
      ["report", "logs", "foreign/data.json", ...LATE],
      { code: 3, stdout: /PARTIAL[^]*data\.json/ },
    ],
    [["report", "cut", ...LATE], { code: 3, stdout: /PARTIAL[^]*GZIP_TRUNCATED/ }],
    [
      ["query", "top-rejected", "cut"],
      { code: 3, stdout: /10\.0\.3\.7/, stderr: /PARTIAL: GZIP_TRUNCATED/ },
    ],
    [["report", "/dev/zero"], { code: 2, stdout: "", stderr: /a device/ }],
    [["doctor", "logs", ...LATE], { code: 0, stdout: /^ok\s+FORMAT/m }],
    [["doctor", "cut", ...LATE], { code: 3, stdout: /^fail\s+GZIP_TRUNCATED/m }],
    [["doctor", "nowhere"], { code: 3, stdout: /^fail\s+SOURCE/m }],
    [["doctor"], { code: 0, stdout: /^warn\s+SOURCE/m }],
  ]);
});

describe("a Parquet file with a page that can't be decoded", () => {
  beforeAll(async () => {
    const args = ["--days", "1", "--records", "2000", "--file-format", "parquet", "--quiet"];
    await turnaway({ cwd: folder, args: ["simulate", "--out", "pages", ...args, ...LATE] });
    const files = readdirSync(path.join(folder, "pages"), { recursive: true, encoding: "utf8" });
    const damaged = path.join(folder, "pages", files.filter((f) => f.endsWith(".parquet"))[7]!);
    const bytes = readFileSync(damaged);
    bytes.fill(0xff, 40, 60);
    writeFileSync(damaged, bytes);
  });

  const NAMED = /PARQUET_DAMAGED.*pages\/.*\.parquet/;
  testEach([
    [["report", "pages", ...LATE], { code: 3, stdout: /PARTIAL[^]*PARQUET_DAMAGED/ }],
    [["query", "top-rejected", "pages"], { code: 3, stdout: /srcaddr/, stderr: NAMED }],
    [["trace", "10.0.0.0/8", "pages"], { code: 3, stdout: /client/, stderr: NAMED }],
  ]);

  test("every other file is read", async () => {
    const args = ["report", "pages", "--format", "json", ...LATE];
    const { stdout } = await turnaway({ cwd: folder, args });
    const { coverage } = parseExact(stdout) as Report;
    expect(coverage.problems.filter(({ partial }) => partial)).toEqual([
      expect.objectContaining({
        code: "PARQUET_DAMAGED",
        detail: expect.stringMatching(/^the Parquet file is damaged: /),
      }),
    ]);
    expect(Number(coverage.records)).toBeGreaterThan(1000);
    expect(Number(coverage.ok) + Number(coverage.noData) + Number(coverage.skipData)).toBe(
      Number(coverage.records),
    );
  });
});

describe("places to write", () => {
  testEach([
    [
      ["report", "logs", "--out", "a-file/below", ...LATE],
      { code: 3, stderr: /^error: output can't be written \(.*a-file\/below.*\n$/ },
    ],
    [
      ["query", "top-rejected", "logs", "--out", "a-file/below.csv"],
      { code: 3, stderr: /output can't be written/ },
    ],
    [
      ["simulate", "--out", "a-file/below", "--days", "1", "--records", "1000"],
      { code: 3, stderr: /output can't be written/ },
    ],
    [
      ["simulate", "--out", "a-file", "--days", "1", "--records", "1000"],
      { code: 3, stderr: /^error: output.*a file of that name is there already \(EEXIST\)\./ },
    ],
    [
      ["demo", "--out", "a-file/below"],
      { code: 3, stderr: /output can't be written.*a part of the path is a file/ },
    ],
    [["demo", "--out", "."], { code: 2, stderr: /not from a demo/ }],
    [
      ["report", "logs", "--state", "a-file/below", ...LATE],
      { code: 4, stdout: "", stderr: /^error: state file can't be written.*--state\.\n$/ },
    ],
    [
      ["report", "logs", "--state", "empty", ...LATE],
      { code: 4, stdout: "", stderr: /state file can't be written/ },
    ],
    [
      ["report", "logs", "--state", "random.duckdb", ...LATE],
      { code: 4, stdout: "", stderr: /^error: state file is damaged.*Delete it.*\n$/ },
    ],
    [
      ["rollup", "status", "--state", "random.duckdb"],
      { code: 4, stdout: "", stderr: /state file is damaged/ },
    ],
    [["doctor", "--state", "random.duckdb", "logs"], { code: 2, stdout: /^fail\s+STATE/m }],
  ]);

  test("a folder gets every format, whole or not at all", async () => {
    const { code } = await turnaway({
      cwd: folder,
      args: ["report", "logs", "--out", "out", ...LATE],
    });
    expect(code).toBe(0);
    const report = parseExact(readFileSync(path.join(folder, "out/report.json"), "utf8")) as Report;
    expect(report.coverage).toMatchObject({ files: 1, records: 48, reject: 24 });
    for (const name of ["report.md", "report.html", "findings.csv"]) {
      expect(readFileSync(path.join(folder, "out", name), "utf8").length).toBeGreaterThan(50);
    }
  });

  test.skipIf(process.platform !== "linux")(
    "a full disk under standard output is an error",
    async () => {
      const full = openSync("/dev/full", "w");
      const run = { cwd: folder, args: ["sql", "list"], stdout: full };
      const outcome = await outcomeOf(startTurnaway(run));
      closeSync(full);
      expect(outcome.code).toBe(3);
      expect(outcome.stderr).toMatch(
        /^error: output can't be written \(standard output\): no space is left on the disk \(ENOSPC\)\..*\n$/,
      );
    },
  );
});

describe.skipIf(!canObey())("what may not be touched", () => {
  const closed = testFolder();
  const HERE = { cwd: closed, obeys: true };
  const CLOSED = ["locked", "half/secret", "checkout", "."].map((name) => path.join(closed, name));

  beforeAll(() => {
    writeFiles(closed, {
      "logs/day.log": logText(),
      "locked/day.log": logText(),
      "half/day.log": logText(),
      "half/secret/day.log": logText(),
      "checkout/turnaway.yml": "name: x\n",
      "checkout/day.log": logText(),
    });
    for (const file of CLOSED) chmodSync(file, /locked|secret/.test(file) ? 0o000 : 0o555);
  });
  afterAll(() => {
    for (const file of CLOSED.toReversed()) chmodSync(file, 0o755);
  });

  testEach([
    [
      ["report", "locked"],
      {
        ...HERE,
        code: 3,
        stdout: "",
        stderr: /^error: nothing to read \(locked\): .*permission denied.*\n$/,
      },
    ],
    [["report", "half", ...LATE], { ...HERE, code: 3, stdout: /PARTIAL[^]*half\/secret/ }],
    [
      ["report", "logs", "--state", "new.duckdb", ...LATE],
      {
        ...HERE,
        code: 4,
        stderr: /^error: state file can't be written.*Permission denied.*\n$/,
      },
    ],
    [
      ["report", "logs", "--state", "new/state.duckdb", ...LATE],
      { ...HERE, code: 4, stderr: /^error: state file can't be written.*EACCES.*\n$/ },
    ],
    [
      ["report", "logs", "--out", "new", ...LATE],
      { ...HERE, code: 3, stderr: /^error: output can't be written.*EACCES.*\n$/ },
    ],
    [["simulate", "--out", "new"], { ...HERE, code: 3, stderr: /EACCES/ }],
    [["demo"], { ...HERE, code: 3, stderr: /EACCES.*Name a place/ }],
  ]);

  test("a configuration in a folder that is read-only does without a state", async () => {
    const outcome = await turnaway({
      ...HERE,
      cwd: path.join(closed, "checkout"),
      args: ["report", "day.log", ...LATE],
    });
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a terminal and a pipe", () => {
  test("a pipe gets no colour and no progress", async () => {
    const { stdout, stderr } = await turnaway({ cwd: folder, args: ["report", "logs", ...LATE] });
    expect(stdout).not.toContain("\u001B");
    expect(stderr).toBe("");
  });

  test.skipIf(spawnSync(TERMINAL, ["--version"]).status !== 0)(
    "a terminal gets colour unless it is told not to",
    async () => {
      const plain = inTerminal("report logs --no-color", {});
      expect(inTerminal("report logs", {})).toContain("\u001B[1m");
      for (const text of [plain, inTerminal("report logs", { NO_COLOR: "1" })]) {
        expect(text).toContain("Coverage");
        // oxlint-disable-next-line no-control-regex -- colours begin with one
        expect(text).not.toMatch(/\u001B\[[\d;]*m/);
      }
    },
  );

  test("text fits 100 columns", async () => {
    const { stdout } = await turnaway({ cwd: folder, args: ["report", "logs", ...LATE] });
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("--quiet leaves only errors on standard error", async () => {
    const args = ["simulate", "--out", "quiet", "--days", "1", "--records", "1000", "--quiet"];
    expect(await turnaway({ cwd: folder, args })).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("a reader that closes the pipe ends the run in peace", async () => {
    const child = startTurnaway({
      cwd: folder,
      args: ["sql", "show", "flows", "--dialect", "duckdb"],
    });
    child.stdout?.destroy();
    expect(await outcomeOf(child)).toMatchObject({ code: 0, stderr: "" });
  });

  test("TURNAWAY_DEBUG=1 shows where an error was thrown", async () => {
    const run = { cwd: folder, args: ["report", "nowhere"], env: { TURNAWAY_DEBUG: "1" } };
    const { code, stderr } = await turnaway(run);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: nothing to read[^]*\n\s+at /);
  });
});

/** What a terminal of unknown size shows of a command. */
function inTerminal(args: string, env: Readonly<Record<string, string>>): string {
  const bin = path.join(import.meta.dirname, "../src/bin.ts");
  const command = `'${process.execPath}' '${bin}' ${args} --quiet ${LATE.join(" ")}`;
  const { stdout } = spawnSync(TERMINAL, ["-qec", command, "/dev/null"], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], TERM: "xterm-256color", ...env },
  });
  return stdout;
}
