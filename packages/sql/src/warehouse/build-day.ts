import type { Statement } from "@turnaway/core";

import { composeSql, getSqlFile } from "../compose.ts";
import type { SqlSettings } from "../macros.ts";
import { cutStages, rollupStagesIn } from "../stages.ts";
import {
  COVERAGE_ROLLUP_ROWS,
  ROLLUP_BUILDS,
  TRAFFIC_ROLLUP_ROWS,
} from "../tables/rollup-tables.ts";
import type { IcebergTable } from "../tables/table-definition.ts";
import { createTableAs, tableName, type WarehousePlace } from "./dialect.ts";
import { HEADER, MALFORMED, type RawLogs, stageDay } from "./stage-day.ts";

/** One attempt to build one day. */
export interface DayBuild {
  readonly day: string;
  /** `20261119t031200123z_0a1b2c3d`: when it began, and eight random digits. */
  readonly build: string;
}

/** The statements of a build, in their order. Nobody reads their rows before {@link publishBuild}. */
export interface BuildStatements {
  /** The one scan of the logs. */
  readonly stage: Statement;
  /** Work tables of the rollup's inner steps. */
  readonly steps: readonly Statement[];
  readonly coverage: Statement;
  readonly traffic: Statement;
  /** One row; see {@link BUILD_COUNTS}. */
  readonly verify: Statement;
  /** Drops every work table. */
  readonly drop: readonly Statement[];
}

/** Columns of what `verify` answers. */
export const BUILD_COUNTS = {
  staged_records: "records of the stage",
  coverage_records:
    "the same in the coverage rows: another number means a lost or a doubled insert",
  traffic_rows: "rows of the traffic rollup",
  traffic_keys: "distinct keys among them: fewer mean a doubled insert",
  malformed: "lines that are no records",
  repeated_headers: "header lines between records",
} as const;

/** Tables that a build makes for itself begin so; the build follows. */
export const WORK_PREFIX = "rollup_work_";

/** Everything that a day's build runs before it is published. */
export function composeBuild(
  place: WarehousePlace,
  { logs, settings }: { logs: RawLogs; settings: SqlSettings },
  { day, build }: DayBuild,
): BuildStatements {
  const work = (name: string): string => `${WORK_PREFIX}${build}_${name}`;
  const stage = work("flow_tuples");
  const at = (name: string): string => tableName(place, name);
  const rollup = composeSql(getSqlFile("rollups", "traffic_rollup"), settings);
  const { stages: steps, sql: last } = cutStages(
    rollup,
    rollupStagesIn(rollup),
    (name) => `SELECT * FROM ${at(work(name))}`,
  );
  const from = (sql: string): string => readStage(sql, at(stage));
  const named = (name: string, sql: string): Statement => ({ name: `rollup-${name}`, sql });
  return {
    stage: named("stage", createTableAs(place, stage, stageDay(logs, settings, day))),
    steps: steps.map(({ name, sql }) => named(name, createTableAs(place, work(name), from(sql)))),
    coverage: named(
      "coverage",
      insertRows(at(COVERAGE_ROLLUP_ROWS.name), COVERAGE_ROLLUP_ROWS, {
        build,
        query: from(composeSql(getSqlFile("rollups", "coverage_rollup"), settings)),
      }),
    ),
    traffic: named(
      "traffic",
      insertRows(at(TRAFFIC_ROLLUP_ROWS.name), TRAFFIC_ROLLUP_ROWS, { build, query: from(last) }),
    ),
    verify: named("verify", verifyBuild(place, at(stage), { day, build })),
    drop: [...steps.map(({ name }) => work(name)), stage].map((table) => dropWork(place, table)),
  };
}

/** What a published build says of itself, apart from its rows. */
export interface BuildFacts extends DayBuild {
  readonly publishedAt: number;
  readonly filesFingerprint: string;
  readonly sqlFingerprint: string;
  readonly files: number;
  readonly bytes: number;
  readonly settleFiles: number;
  readonly settleBytes: number;
  readonly records: number | bigint;
  readonly malformed: number | bigint;
  readonly repeatedHeaders: number | bigint;
  readonly trafficRows: number | bigint;
  readonly scannedBytes: number;
}

/** Makes a build the one that is read: one row, one commit. */
export function publishBuild(place: WarehousePlace, facts: BuildFacts): Statement {
  const values = [
    `'${facts.day}'`,
    `'${facts.build}'`,
    facts.publishedAt,
    `'${facts.filesFingerprint}'`,
    `'${facts.sqlFingerprint}'`,
    facts.files,
    facts.bytes,
    facts.settleFiles,
    facts.settleBytes,
    facts.records,
    facts.malformed,
    facts.repeatedHeaders,
    facts.trafficRows,
    facts.scannedBytes,
  ];
  const columns = ROLLUP_BUILDS.columns.map(({ name }) => name).join(", ");
  return {
    name: "rollup-publish",
    sql: `INSERT INTO ${tableName(place, ROLLUP_BUILDS.name)} (${columns})\nVALUES (${values.join(", ")})`,
  };
}

/** Takes a build that nobody reads out of one table. */
export function deleteBuild(
  place: WarehousePlace,
  table: string,
  { day, build }: DayBuild,
): Statement {
  return {
    name: "rollup-clean",
    sql: `DELETE FROM ${tableName(place, table)} WHERE day = '${day}' AND build = '${build}'`,
  };
}

/** Drops a work table. */
export function dropWork(place: WarehousePlace, table: string): Statement {
  return { name: "rollup-drop", sql: `DROP TABLE IF EXISTS ${tableName(place, table)}` };
}

// The stage as the relation that the rollups read, without what is no record.
function readStage(sql: string, stage: string): string {
  const input = `flow_tuples AS (SELECT * FROM ${stage} WHERE ${IS_RECORD})`;
  return sql.startsWith("WITH ")
    ? `WITH ${input},\n${sql.slice("WITH ".length)}`
    : `WITH ${input}\n${sql}`;
}

const IS_RECORD = `log_status IS NULL OR log_status NOT IN ('${MALFORMED}', '${HEADER}')`;

// Casts, since an engine may think of a sum or a constant as narrower than the table does.
function insertRows(
  target: string,
  { columns }: IcebergTable,
  { build, query }: { build: string; query: string },
): string {
  const values = columns.map(({ name, type }) =>
    name === "build" ? `'${build}'` : `CAST(${name} AS ${type})`,
  );
  return [
    `INSERT INTO ${target} (${columns.map(({ name }) => name).join(", ")})`,
    `SELECT ${values.join(", ")}`,
    `FROM (\n${query}\n) AS r`,
  ].join("\n");
}

function verifyBuild(place: WarehousePlace, stage: string, { day, build }: DayBuild): string {
  const own = `day = '${day}' AND build = '${build}'`;
  const coverage = tableName(place, COVERAGE_ROLLUP_ROWS.name);
  const traffic = tableName(place, TRAFFIC_ROLLUP_ROWS.name);
  const sum = (test: string): string =>
    `coalesce(sum(CASE WHEN ${test} THEN records ELSE 0 END), 0)`;
  return [
    "SELECT s.staged_records, c.coverage_records, t.traffic_rows, k.traffic_keys, s.malformed, s.repeated_headers",
    `FROM (SELECT ${sum(IS_RECORD)} AS staged_records, ${sum(`log_status = '${MALFORMED}'`)} AS malformed,`,
    `    ${sum(`log_status = '${HEADER}'`)} AS repeated_headers FROM ${stage}) AS s`,
    `CROSS JOIN (SELECT coalesce(sum(records), 0) AS coverage_records FROM ${coverage} WHERE ${own}) AS c`,
    `CROSS JOIN (SELECT count(*) AS traffic_rows FROM ${traffic} WHERE ${own}) AS t`,
    "CROSS JOIN (SELECT count(*) AS traffic_keys FROM (",
    `    SELECT DISTINCT hour, client, server, protocol, service_port FROM ${traffic} WHERE ${own}) AS d) AS k`,
  ].join("\n");
}
