import {
  DEFAULT_FORMAT,
  parseLogFormat,
  RICH_FORMAT,
  S3_LAYOUTS,
  type S3Layout,
} from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { lintDialect } from "../lint/lint-dialect.ts";
import { lintPruning } from "../lint/lint-pruning.ts";
import { DEFAULT_SETTINGS } from "../macros.ts";
import { ROLLUP_BUILDS, ROLLUPS, rollupTable } from "../tables/rollup-tables.ts";
import { composeBuild, type DayBuild, publishBuild } from "./build-day.ts";
import type { WarehousePlace } from "./dialect.ts";
import {
  coverageStatements,
  listBuilt,
  listPublished,
  listTables,
  readBuilds,
  readerView,
} from "./read-builds.ts";
import { type RawLogs, stageDay } from "./stage-day.ts";

const ATHENA: WarehousePlace = {
  dialect: "athena",
  schema: "db",
  icebergCatalog: null,
  location: "s3://b/lake/",
};
const TRINO: WarehousePlace = {
  dialect: "trino",
  schema: "db",
  icebergCatalog: "lake",
  location: null,
};
const BUILD = { day: "2026-11-19", build: "20261119t031200123z_0a1b2c3d" };
const RANGE = { first: "2026-11-01", last: "2026-11-19" };

function logs(layout: S3Layout, more: Partial<RawLogs> = {}): RawLogs {
  return {
    layout,
    accounts: ["123456789012"],
    regions: ["eu-central-1"],
    format: DEFAULT_FORMAT,
    fileFormat: "text",
    settleHours: 3,
    ...more,
  };
}

function build(place: WarehousePlace) {
  return composeBuild(place, { logs: logs("default"), settings: DEFAULT_SETTINGS }, BUILD);
}

describe("the scan of a day", () => {
  it.each(S3_LAYOUTS)("names its folders on every partition column, %s", (layout) => {
    for (const format of [DEFAULT_FORMAT, RICH_FORMAT]) {
      for (const fileFormat of ["text", "parquet"] as const) {
        const sql = stageDay(logs(layout, { format, fileFormat }), DEFAULT_SETTINGS, "2026-12-31");
        expect(lintPruning(sql, layout)).toEqual([]);
        expect(lintDialect(sql)).toEqual([]);
      }
    }
  });

  it.each([
    [
      "text of the default format",
      {},
      `WHEN "log_status" IS NULL OR "vpc_id" IS NOT NULL THEN 'MALFORMED'`,
    ],
    [
      "text of every field",
      { format: RICH_FORMAT },
      `WHEN "next_hop_interface_type" IS NULL OR "resource_type" IS NOT NULL THEN`,
    ],
    [
      "text that ends in a number",
      { format: parseLogFormat("action start") },
      `WHEN "version" IS NOT NULL THEN 'MALFORMED'`,
    ],
    ["any text", {}, `CASE WHEN "account_id" = 'account-id' THEN 'HEADER'`],
  ])("tells lines that are no records by the columns of %s", (_name, more, expected) => {
    expect(stageDay(logs("default", more), DEFAULT_SETTINGS, "2026-11-19")).toContain(expected);
  });

  it("takes every row of Parquet for a record", () => {
    const sql = stageDay(
      logs("default", { fileFormat: "parquet" }),
      DEFAULT_SETTINGS,
      "2026-11-19",
    );
    expect(sql).not.toMatch(/MALFORMED|line_kind/);
  });
});

describe("the statements of a build", () => {
  it.each([
    ["Athena", ATHENA],
    ["Trino", TRINO],
  ])("are within what Athena documents, on %s", (_name, place) => {
    const { stage, steps, inserts, verify, drop } = build(place);
    for (const { name, sql } of [stage, ...steps, ...inserts, verify, ...drop])
      expect(lintDialect(sql.replace(/^CREATE TABLE [^\n]+\n/, "")), name).toEqual([]);
  });

  it("make tables that no other build has, and drop each", () => {
    const { stage, steps, drop } = build(TRINO);
    const made = [stage, ...steps].map(({ sql }) => /^CREATE TABLE (\S+) AS/.exec(sql)![1]!);
    expect(made).toContain(`lake.db.rollup_work_${BUILD.build}_flow_tuples`);
    expect(new Set(made).size).toBe(made.length);
    expect(drop.map(({ sql }) => sql.replace("DROP TABLE IF EXISTS ", "")).toSorted()).toEqual(
      made.toSorted(),
    );
  });

  it("read the logs in the scan alone", () => {
    const { stage, steps, inserts, verify } = build(ATHENA);
    expect(stage.sql).toMatch(/FROM flow_logs\b/);
    for (const { name, sql } of [...steps, ...inserts, verify])
      expect(sql, name).not.toMatch(/\bflow_logs\b|\bflow_records\b/);
  });

  it("fold the lone refusals out of the build's own rows", () => {
    const { inserts } = build(ATHENA);
    const at = ROLLUPS.findIndex(({ name }) => name === "lone_refusals");
    expect(inserts[at]!.sql).toContain(
      `traffic_rollup AS (SELECT * FROM traffic_rollup_rows WHERE day = '${BUILD.day}' AND build = '${BUILD.build}')`,
    );
    expect(inserts[at]!.sql).not.toContain("flow_tuples");
  });

  it("give Athena's tables a folder each", () => {
    expect(build(ATHENA).stage.sql).toContain(
      `location = 's3://b/lake/rollup_work_${BUILD.build}_flow_tuples/'`,
    );
    expect(() => build({ ...ATHENA, location: null })).toThrow(
      "no place for the tables of the rollup",
    );
  });

  it("publish one row with a value for every column", () => {
    const { sql } = publishBuild(TRINO, {
      ...BUILD,
      publishedAt: 1,
      filesFingerprint: "f",
      sqlFingerprint: "s",
      files: 2,
      bytes: 3,
      settleFiles: 4,
      settleBytes: 5,
      records: 2n ** 60n,
      malformed: 6,
      repeatedHeaders: 7,
      trafficRows: 8,
      scannedBytes: 9,
    });
    const [, columns, values] = /\(([^)]+)\)\nVALUES \(([^)]+)\)$/.exec(sql)!;
    expect(columns!.split(", ")).toEqual(ROLLUP_BUILDS.columns.map(({ name }) => name));
    expect(values).toBe(
      `'2026-11-19', '${BUILD.build}', 1, 'f', 's', 2, 3, 4, 5, 1152921504606846976, 6, 7, 8, 9`,
    );
  });
});

describe("what reads builds", () => {
  it("shows of each day the greatest build", () => {
    const sql = readerView(TRINO, rollupTable("coverage_rollup"));
    expect(sql.split("\n").slice(1)).toEqual([
      "FROM lake.db.coverage_rollup_rows AS r",
      "INNER JOIN (SELECT day, max(build) AS build FROM lake.db.rollup_builds GROUP BY day) AS b",
      "    ON b.day = r.day AND b.build = r.build",
    ]);
  });

  it("takes the rollups that a statement reads from the builds that it is given", () => {
    const ask = (sql: string, builds: readonly DayBuild[] = [BUILD]) =>
      readBuilds(ATHENA, { name: "n", sql }, builds).sql;
    const sql = ask("WITH t AS (SELECT 1) SELECT hour FROM coverage_rollup JOIN t ON TRUE");
    expect(sql).toMatch(
      /^WITH coverage_rollup AS \(SELECT day, hour, .* FROM coverage_rollup_rows/,
    );
    expect(sql).toContain(`WHERE build IN ('${BUILD.build}')),\nt AS (SELECT 1)`);
    expect(sql).not.toContain("traffic_rollup");
    expect(ask("SELECT client FROM traffic_rollup", [])).toContain(
      "traffic_rollup_rows WHERE FALSE)",
    );
    expect(ask("SELECT 1")).toBe("SELECT 1");
  });

  it("is within what Athena documents", () => {
    const statements = [
      listPublished(ATHENA, RANGE),
      listBuilt(ATHENA, "coverage_rollup_rows", RANGE),
      listTables(TRINO),
      ...Object.values(coverageStatements(RANGE)),
    ];
    for (const { name, sql } of statements) expect(lintDialect(sql), name).toEqual([]);
  });
});
