import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { parseExact, type Report } from "@turnaway/core";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { testFolder } from "./support/flow-logs.ts";
import { turnaway } from "./support/turnaway.ts";

// The same records give the same report: whatever was kept from earlier runs, and
// however the records lie in files.

const folder = testFolder();
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const SIMULATION = ["--seed", "3", "--days", "4", "--records", "6000", "--start", "2026-11-16"];
let expected: Report;

beforeAll(async () => {
  await simulate("logs", []);
  expected = await report("logs", []);
  expect(expected.findings.length).toBeGreaterThan(3);
}, 120_000);

describe("with a state", () => {
  beforeEach(() => {
    for (const name of ["growing", "state.duckdb", "state.duckdb.wal"])
      rmSync(at(name), { recursive: true, force: true });
    cpSync(at("logs"), at("growing"), { recursive: true });
  });

  test("days that are read one by one give what all at once give", async () => {
    const days = dayFolders("growing");
    mkdirSync(at("held"), { recursive: true });
    for (const day of days.slice(2)) renameSync(day, at("held", path.basename(day)));
    for (const day of days.slice(2)) {
      await report("growing", ["--state", "state.duckdb"]);
      renameSync(at("held", path.basename(day)), day);
    }
    expect(await report("growing", ["--state", "state.duckdb"])).toEqual(
      await report("growing", []),
    );
    expect(plain(await report("growing", []))).toEqual(plain(expected));
  }, 240_000);

  test("a second run reads nothing and says the same", async () => {
    const cold = await report("growing", ["--state", "state.duckdb"]);
    expect(await built("growing")).toBe("");
    expect(await report("growing", ["--state", "state.duckdb"])).toEqual(cold);
  }, 120_000);

  test("one more day is built alone, with the day before that its first files belong to", async () => {
    const last = dayFolders("growing").slice(-2);
    for (const day of last) renameSync(day, at(path.basename(day)));
    await report("growing", ["--state", "state.duckdb"]);
    for (const day of last) renameSync(at(path.basename(day)), day);
    expect(await built("growing")).toBe("2026-11-18, 2026-11-19, 2026-11-20");
  }, 120_000);

  test("a file that is replaced counts as it is now", async () => {
    await report("growing", ["--state", "state.duckdb"]);
    const file = logFiles("growing").find((name) => name.includes("20261118T12"))!;
    const lines = gunzipSync(readFileSync(file)).toString().split("\n");
    writeFileSync(file, gzipSync(`${lines.slice(0, 3).join("\n")}\n`));
    const changed = await report("growing", ["--state", "state.duckdb"]);
    expect(changed).toEqual(await report("growing", []));
    expect(changed.coverage.records).not.toBe(expected.coverage.records);
  }, 120_000);

  test("records that come days too late count in their own day", async () => {
    await report("growing", ["--state", "state.duckdb"]);
    const [early, late] = ["20261117T12", "20261119T12"].map((time) =>
      logFiles("growing").find((name) => name.includes(time))!,
    );
    const lines = gunzipSync(readFileSync(early!)).toString().trimEnd().split("\n");
    writeFileSync(early!, gzipSync(`${lines.slice(0, 3).join("\n")}\n`));
    const rest = [lines[0], ...lines.slice(3), ""].join("\n");
    writeFileSync(late!, Buffer.concat([readFileSync(late!), gzipSync(rest)]));
    expect(plain(await report("growing", ["--state", "state.duckdb"]))).toEqual(plain(expected));
    expect(await built("growing")).toBe("");
    expect(plain(await report("growing", []))).toEqual(plain(expected));
  }, 120_000);

  test("a file that is new and damaged is a gap in the report, not the end of it", async () => {
    await report("growing", ["--state", "state.duckdb"]);
    const file = logFiles("growing").find((name) => name.includes("20261119T23"))!;
    writeFileSync(file, Buffer.from("PK\u0003\u0004 no log at all"));
    const args = ["report", "growing", "--state", "state.duckdb", "--format", "json", ...NOW];
    const { code, stdout } = await turnaway({ cwd: folder, args });
    expect(code).toBe(3);
    const { verdict, coverage } = parseExact(stdout) as Report;
    expect(verdict).toBe("partial");
    expect(coverage.problems.filter(({ partial }) => partial)).toHaveLength(1);
  }, 120_000);
});

describe("however the records lie in files", () => {
  test.each([
    ["the hourly layout", ["--layout", "hourly"]],
    ["the Hive layout", ["--layout", "hive"]],
    ["the hourly Hive layout", ["--layout", "hive-hourly"]],
    ["Parquet", ["--file-format", "parquet"]],
  ])(
    "%s gives the same report",
    async (_, options) => {
      rmSync(at("other"), { recursive: true, force: true });
      await simulate("other", options);
      expect(plain(await report("other", []))).toEqual(plain(expected));
    },
    120_000,
  );

  test.each<[string, (texts: readonly string[]) => Readonly<Record<string, string | Buffer>>]>([
    ["one plain file", (texts) => ({ "all.log": texts.join("") })],
    [
      "one file backwards, its headers in between",
      (texts) => ({ "all.log": texts.toReversed().join("") }),
    ],
    [
      "a gzip file of many members",
      (texts) => ({ "all.log.gz": Buffer.concat(texts.map((text) => gzipSync(text))) }),
    ],
    [
      "plain files with names that tell nothing",
      (texts) => Object.fromEntries(texts.map((text, i) => [`${(i * 7919) % 100_003}.log`, text])),
    ],
  ])(
    "%s gives the same report",
    async (_, pack) => {
      rmSync(at("other"), { recursive: true, force: true });
      mkdirSync(at("other"));
      const texts = logFiles("logs").map((file) => gunzipSync(readFileSync(file)).toString());
      for (const [name, content] of Object.entries(pack(texts)))
        writeFileSync(at("other", name), content);
      expect(plain(await report("other", []))).toEqual(plain(expected));
    },
    120_000,
  );
});

const NOW = ["--now", "2026-11-20T06:00:00Z"];

async function simulate(out: string, options: readonly string[]): Promise<void> {
  const args = ["simulate", "--out", out, ...SIMULATION, ...options];
  const { code, stderr } = await turnaway({ cwd: folder, args });
  expect(code, stderr).toBe(0);
}

async function report(source: string, options: readonly string[]): Promise<Report> {
  const args = ["report", source, "--format", "json", ...NOW, ...options];
  const { code, stdout, stderr } = await turnaway({ cwd: folder, args });
  expect(code, stderr).toBe(0);
  return { ...(parseExact(stdout) as Report), receipt: undefined as never };
}

/** The days that a build finds to do, empty for none. */
async function built(source: string): Promise<string> {
  const args = ["rollup", "build", source, "--state", "state.duckdb"];
  const { stdout } = await turnaway({ cwd: folder, args });
  return /^built \d+ days? into [^:]+: (.+)$/m.exec(stdout)?.[1] ?? "";
}

/** Without what is about files: the only thing that may differ between two ways to keep records. */
function plain({ coverage, ...rest }: Report): unknown {
  const {
    files: _f,
    bytes: _b,
    lines: _l,
    headers: _h,
    formats: _o,
    problems: _p,
    ...counts
  } = coverage;
  return { ...rest, coverage: counts };
}

function logFiles(source: string): string[] {
  return readdirSync(at(source), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".log.gz"))
    .toSorted()
    .map((name) => at(source, name));
}

function dayFolders(source: string): string[] {
  return [...new Set(logFiles(source).map((file) => path.dirname(file)))];
}
