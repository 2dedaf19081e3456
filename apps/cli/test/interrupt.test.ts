import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { parseExact, type Report } from "@turnaway/core";
import { beforeAll, describe, expect, test } from "vitest";

import { testFolder } from "./support/flow-logs.ts";
import { outcomeOf, startTurnaway, turnaway } from "./support/turnaway.ts";

const folder = testFolder();
const NOW = ["--now", "2026-11-20T06:00:00Z"];
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  const args = ["--days", "4", "--records", "20000", "--start", "2026-11-16", "--out", "logs"];
  expect((await turnaway({ cwd: folder, args: ["simulate", ...args] })).code).toBe(0);
  rmSync(at("logs/incidents.json"));
}, 120_000);

describe("a run that is stopped", () => {
  const RUNS = [
    ["report", ["report", "logs", "--state", "stopped.duckdb", ...NOW]],
    ["query", ["query", "top-talkers-by-bytes", "logs"]],
    ["trace", ["trace", "10.0.0.0/8", "logs"]],
    ["rollup build", ["rollup", "build", "logs", "--state", "stopped.duckdb"]],
    ["simulate", ["simulate", "--out", "sim", "--records", "300000", "--days", "30"]],
  ] as const;
  const SIGNALS = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const;
  const CASES = RUNS.flatMap(([name, args]) =>
    SIGNALS.flatMap(([signal, code]) =>
      [300, 900].map((after) => ({ name, args, signal, code, after })),
    ),
  );

  test.each(CASES)(
    "$name by $signal after $after ms says so and leaves nothing",
    async ({ args, signal, code, after }) => {
      const child = startTurnaway({ cwd: folder, args, env: { TMPDIR: folder } });
      const outcome = outcomeOf(child);
      await sleep(after);
      child.kill(signal);
      const { code: exit, stderr, stdout } = await outcome;
      expect(temporary(child.pid!)).toEqual([]);
      // A fast machine may have been done: then it was not stopped at all.
      if (exit === 0) return expect(stdout.length + stderr.length).toBeGreaterThan(0);
      // A slow one may still have been loading modules: then the signal itself ended it, which a
      // shell shows as the same code, before anything was begun.
      if (exit === null)
        return expect([child.signalCode, stdout, stderr]).toEqual([signal, "", ""]);
      expect(exit, stderr).toBe(code);
      expect(stderr).toMatch(/(^|\n)error: interrupted: SIG\w+ was received; .+\n$/);
      expect(stdout).toBe("");
    },
    60_000,
  );

  test("leaves a state that the next run can use", async () => {
    const expected = await report([]);
    expect(await report(["--state", "stopped.duckdb"])).toEqual(expected);
  }, 120_000);
});

test("a run that was killed at any moment leaves a state from which the same report comes", async () => {
  const expected = await report([]);
  for (const after of [400, 700, 1000, 1300, 1700, 2200, 2800]) {
    const args = ["report", "logs", "--state", "killed.duckdb", ...NOW];
    const child = startTurnaway({ cwd: folder, args });
    const outcome = outcomeOf(child);
    await sleep(after);
    child.kill("SIGKILL");
    await outcome;
    if (after % 200 !== 0) continue;
    expect(await report(["--state", "killed.duckdb"])).toEqual(expected);
    expect(temporary(child.pid!)).toEqual([]);
    for (const file of ["killed.duckdb", "killed.duckdb.wal"]) rmSync(at(file), { force: true });
  }
}, 240_000);

test("two runs at once on one state both succeed, with the same report", async () => {
  const runs = await Promise.all([1, 2].map(() => report(["--state", "shared.duckdb"])));
  expect(runs[0]).toEqual(runs[1]);
  expect(runs[0]).toEqual(await report([]));
}, 120_000);

describe("a state file that was damaged", () => {
  beforeAll(async () => void (await report(["--state", "good.duckdb"])), 60_000);

  test.each([
    ["cut in the middle", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["cut at the end", (bytes: Buffer) => bytes.subarray(0, bytes.length * 0.9)],
    ["overwritten behind its header", (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 12_288)],
    ["overwritten at the start", (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4096, 9000)],
  ])(
    "is named when it was %s",
    async (_, damage) => {
      writeFileSync(at("bad.duckdb"), damage(readFileSync(at("good.duckdb"))));
      const args = ["report", "logs", "--state", "bad.duckdb", ...NOW];
      const { code, stdout, stderr } = await turnaway({ cwd: folder, args });
      expect(code, stderr).toBe(4);
      expect(stderr).toMatch(/^error: state file is damaged.*bad\.duckdb.*Delete it.*\n$/);
      expect(stdout).toBe("");
    },
    60_000,
  );
});

/** The report without its receipt. */
async function report(options: readonly string[]): Promise<unknown> {
  const args = ["report", "logs", "--format", "json", ...options, ...NOW];
  const { code, stdout, stderr } = await turnaway({ cwd: folder, args });
  expect(code, stderr).toBe(0);
  const { receipt: _, ...rest } = parseExact(stdout) as Report;
  return rest;
}

/** Temporary folders of that process. */
function temporary(pid: number): string[] {
  return ["/dev/shm", tmpdir(), folder]
    .filter((root) => statSync(root, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((root) => readdirSync(root).map((name) => path.join(root, name)))
    .filter((name) => path.basename(name).startsWith("turnaway-") && name.includes(`-${pid}-`));
}
