import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SourceFile } from "@turnaway/sources";
import { afterAll, expect, it } from "vitest";

import { runStatement } from "./duckdb-engine.ts";
import { openDuckdb } from "./open-duckdb.ts";
import { publishBuilds } from "./publish-builds.ts";

const folder = mkdtempSync(join(tmpdir(), "turnaway-builds-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CASES: readonly {
  readonly title: string;
  /** When each file was delivered, and its size. */
  readonly files: readonly (readonly [deliveredAt: string | null, size: number])[];
  readonly settleHours: number;
  readonly expected: readonly object[];
}[] = [
  {
    title: "a day is built from its files, and from those of the settle hours after it",
    files: [
      ["2026-11-01T10:00Z", 100],
      ["2026-11-01T23:55Z", 20],
      ["2026-11-02T00:05Z", 3],
      ["2026-11-02T09:00Z", 1000],
    ],
    settleHours: 2,
    expected: [
      row("2026-11-01", { files: 2, bytes: 120, settle: [1, 3], scanned: 123, records: 7 }),
      row("2026-11-02", { files: 2, bytes: 1003, settle: [0, 0], scanned: 1003, records: 5 }),
    ],
  },
  {
    title: "a day that has no records was not built",
    files: [
      ["2026-11-01T10:00Z", 100],
      ["2026-11-09T10:00Z", 100],
    ],
    settleHours: 0,
    expected: [
      row("2026-11-01", { files: 1, bytes: 100, settle: [0, 0], scanned: 100, records: 7 }),
    ],
  },
  {
    title: "a file that says nothing of its delivery belongs to no day",
    files: [[null, 100]],
    settleHours: 2,
    expected: [],
  },
  { title: "without files nothing is known", files: [], settleHours: 2, expected: [] },
];

it.each(CASES)("$title", async ({ files, settleHours, expected }) => {
  const { connection, close } = await openDuckdb({ tempDir: folder });
  await connection.run(`CREATE TEMP TABLE coverage_rollup AS SELECT * FROM (VALUES
    ('2026-11-01', 3), ('2026-11-01', 4), ('2026-11-02', 5)) AS t (day, records)`);
  await publishBuilds(connection, { files: files.map(fileOf), settleHours });
  const sql = `SELECT day, build, files, bytes, settle_files, settle_bytes, scanned_bytes, records,
    published_at FROM rollup_builds ORDER BY day`;
  expect((await runStatement(connection, { name: "builds", sql })).rows).toEqual(expected);
  close();
});

function fileOf([deliveredAt, size]: readonly [string | null, number], index: number): SourceFile {
  return {
    name: `${index}.log.gz`,
    identity: String(index),
    size,
    deliveredAt: deliveredAt === null ? null : Date.parse(deliveredAt) / 1000,
  } as SourceFile;
}

interface Counts {
  readonly files: number;
  readonly bytes: number;
  readonly settle: readonly [files: number, bytes: number];
  readonly scanned: number;
  readonly records: number;
}

function row(day: string, { files, bytes, settle, scanned, records }: Counts): object {
  return {
    day,
    build: "local",
    files,
    bytes,
    settle_files: settle[0],
    settle_bytes: settle[1],
    scanned_bytes: scanned,
    records,
    published_at: null,
  };
}
