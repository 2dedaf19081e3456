import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";
import type { CaseEngine } from "./sql-cases/case-engine.ts";
import { readCaseFiles } from "./sql-cases/case-file.ts";
import { createDuckdbCaseEngine } from "./sql-cases/duckdb-case-engine.ts";
import { runCase } from "./sql-cases/run-case.ts";

// Each case plans the whole way from raw records: seconds on a loaded machine.
vi.setConfig({ testTimeout: 120_000 });

const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-cases-"));
let database: DuckdbSession;
let engine: CaseEngine;

beforeAll(async () => {
  database = await openDuckdb({ tempDir });
  engine = createDuckdbCaseEngine(database.connection);
});

afterAll(() => {
  database.close();
  rmSync(tempDir, { recursive: true, force: true });
});

const files = readCaseFiles();

describe.each(files.filter(({ cases }) => cases.length > 0))("$file.kind/$file.name", (tested) => {
  it.each(tested.cases)("$name", async (one) => {
    const { expected, actual, sql } = await runCase(engine, tested.file, one);
    expect(actual.join("\n"), `${one.name}\n\n${sql}`).toBe(expected.join("\n"));
  });
});

// A report over days that are whole in UTC reads days, any other reads hours: the rows are the same.
describe.each(
  files.filter(
    ({ file, cases }) =>
      cases.length > 0 && /\breported_traffic\b|\bpair_periods\b/.test(file.text + file.name),
  ),
)("$file.kind/$file.name, out of hours", (tested) => {
  it.each(tested.cases)("$name", async (one) => {
    const { expected, actual, sql } = await runCase(engine, tested.file, {
      ...one,
      grain: "hours",
    });
    expect(actual.join("\n"), `${one.name}\n\n${sql}`).toBe(expected.join("\n"));
  });
});

// Ports are no rows: what is kept of them shows in the tuples and the flows. Owners show in data sets.
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  "parts/kept_ports",
  "parts/kept_tuples",
  "parts/owned_traffic",
  "parts/owners",
  "parts/traffic_hours",
  "parts/tuple_ends",
]);

it("finds cases beside every file", () => {
  const without = files
    .filter(({ cases }) => cases.length === 0)
    .map(({ file }) => `${file.kind}/${file.name}`);
  expect(without.filter((name) => !SHOWN_ELSEWHERE.has(name))).toEqual([]);
});
