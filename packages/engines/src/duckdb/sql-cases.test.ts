import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";
import type { CaseEngine } from "./sql-cases/case-engine.ts";
import { type CaseFile, readCaseFiles } from "./sql-cases/case-file.ts";
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

async function check(file: CaseFile["file"], one: CaseFile["cases"][number]): Promise<void> {
  const { expected, actual, sql } = await runCase(engine, file, one);
  expect(actual.join("\n"), `${one.name}\n\n${sql}`).toBe(expected.join("\n"));
}

const files = readCaseFiles();

describe.each(files.filter(({ cases }) => cases.length > 0))("$file.kind/$file.name", (tested) => {
  it.each(tested.cases)("$name", (one) => check(tested.file, one));
});

it("finds cases beside every file that decides something", () => {
  const without = files.filter(({ cases }) => cases.length === 0);
  expect(without.map(({ file }) => `${file.kind}/${file.name}`)).toEqual([]);
});
