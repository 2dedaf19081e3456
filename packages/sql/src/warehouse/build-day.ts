import type { Statement } from "@turnaway/core";

import { composeSql, getSqlFile } from "../compose.ts";
import type { SqlSettings } from "../macros.ts";
import { cutStages, rollupStagesIn } from "../stages.ts";
import {
  ROLLUP_BUILDS,
  type RollupName,
  ROLLUPS,
  type RollupTable,
  rollupTable,
} from "../tables/rollup-tables.ts";
import { createTableAs, tableName, type WarehousePlace } from "./dialect.ts";
import { HEADER, MALFORMED, presentFields, type RawLogs, stageDay } from "./stage-day.ts";
import { withRelations } from "./with-relations.ts";

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
  /** The rows of each rollup, in the order of {@link ROLLUPS}. */
  readonly inserts: readonly Statement[];
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
  lone_records: "refused records of those of them that stand alone",
  folded_records: "the same in the lone refusals: another number means a lost or a doubled insert",
  hour_records: "records of the traffic rollup, let through, refused or late",
  day_records: "the same in the days: another number means a lost or a doubled insert",
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
  const own = `day = '${day}' AND build = '${build}'`;
  // The stage without what is no record, and rows of this build.
  const inputs = {
    flow_tuples: `SELECT '${day}' AS day, ${composeSql(getSqlFile("parts", "tuple_ends"), settings)}, t.*\nFROM ${at(stage)} AS t\nWHERE ${IS_RECORD}`,
    ...Object.fromEntries(
      ROLLUPS.map(({ name, rows }) => [name, `SELECT * FROM ${at(rows.name)} WHERE ${own}`]),
    ),
  };
  // What no log of the day has is not computed either.
  const logged = { ...settings, present: presentFields(logs) };
  const cut = ROLLUPS.map(({ name }) => {
    const sql = composeSql(getSqlFile("rollups", name), logged);
    return cutStages(sql, rollupStagesIn(sql), (step) => `SELECT * FROM ${at(work(step))}`);
  });
  const steps = cut.flatMap(({ stages }) => stages);
  const named = (name: string, sql: string): Statement => ({ name: `rollup-${name}`, sql });
  return {
    stage: named("stage", createTableAs(place, stage, stageDay(logs, settings, day))),
    steps: steps.map(({ name, sql }) =>
      named(name, createTableAs(place, work(name), withRelations(sql, inputs))),
    ),
    inserts: ROLLUPS.map((rollup, i) => {
      const query = withRelations(cut[i]!.sql, inputs);
      return named(`insert ${rollup.name}`, insertRows(place, rollup, { build, query }));
    }),
    verify: named("verify", verifyBuild(at, at(stage), own)),
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

const IS_RECORD = `log_status IS NULL OR log_status NOT IN ('${MALFORMED}', '${HEADER}')`;

// Casts, since an engine may think of a sum or a constant as narrower than the table does.
function insertRows(
  place: WarehousePlace,
  { rows: { name, columns } }: RollupTable,
  { build, query }: { build: string; query: string },
): string {
  const values = columns.map((column) =>
    column.name === "build" ? `'${build}'` : `CAST(${column.name} AS ${column.type})`,
  );
  return [
    `INSERT INTO ${tableName(place, name)} (${columns.map((column) => column.name).join(", ")})`,
    `SELECT ${values.join(", ")}`,
    `FROM (\n${query}\n) AS r`,
  ].join("\n");
}

const COUNTED = "accepted_records + rejected_records + reply_rejected_records + late_records";

function verifyBuild(at: (table: string) => string, stage: string, own: string): string {
  const rows = (name: RollupName): string => `${at(rollupTable(name).rows.name)} WHERE ${own}`;
  const sum = (test: string, column = "records"): string =>
    `coalesce(sum(CASE WHEN ${test} THEN ${column} ELSE 0 END), 0)`;
  const counts = Object.keys(BUILD_COUNTS).join(", ");
  return [
    `SELECT ${counts}`,
    `FROM (SELECT ${sum(IS_RECORD)} AS staged_records, ${sum(`log_status = '${MALFORMED}'`)} AS malformed,`,
    `    ${sum(`log_status = '${HEADER}'`)} AS repeated_headers FROM ${stage}) AS s`,
    `CROSS JOIN (SELECT coalesce(sum(records), 0) AS coverage_records FROM ${rows("coverage_rollup")}) AS c`,
    `CROSS JOIN (SELECT count(*) AS traffic_rows, ${sum("is_lone", "rejected_records")} AS lone_records,`,
    `    ${sum("TRUE", COUNTED)} AS hour_records FROM ${rows("traffic_rollup")}) AS t`,
    "CROSS JOIN (SELECT count(*) AS traffic_keys FROM (",
    `    SELECT DISTINCT hour, client, server, protocol, service_port FROM ${rows("traffic_rollup")}) AS d) AS k`,
    `CROSS JOIN (SELECT coalesce(sum(refused_records), 0) AS folded_records FROM ${rows("lone_refusals")}) AS l`,
    `CROSS JOIN (SELECT ${sum("TRUE", COUNTED)} AS day_records FROM ${rows("traffic_days")}) AS a`,
  ].join("\n");
}
