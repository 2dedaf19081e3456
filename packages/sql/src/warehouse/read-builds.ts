import type { Statement } from "@turnaway/core";

import {
  ROLLUP_BUILDS,
  ROLLUP_TABLES,
  ROLLUPS,
  type RollupTable,
} from "../tables/rollup-tables.ts";
import type { IcebergTable } from "../tables/table-definition.ts";
import { type DayBuild, WORK_PREFIX } from "./build-day.ts";
import { tableName, type WarehousePlace } from "./dialect.ts";
import { withRelations } from "./with-relations.ts";

/** UTC days, both included. */
export interface DayRange {
  readonly first: string;
  readonly last: string;
}

/**
 * The text of the view of a rollup: of each day the rows of its newest published build. A
 * predicate on `day` reaches the partitions of both tables.
 */
export function readerView(place: WarehousePlace, { rows }: RollupTable): string {
  return [
    `SELECT ${readColumns(rows)
      .map((name) => `r.${name}`)
      .join(", ")}`,
    `FROM ${tableName(place, rows.name)} AS r`,
    `INNER JOIN (SELECT day, max(build) AS build FROM ${tableName(place, ROLLUP_BUILDS.name)} GROUP BY day) AS b`,
    "    ON b.day = r.day AND b.build = r.build",
  ].join("\n");
}

/**
 * The statement, with the rollups that it reads taken from these builds and no others. The
 * engine knows the partitions before it plans, and has nothing to join: the detections of a
 * report are 76 stages instead of 126.
 */
export function readBuilds(
  place: WarehousePlace,
  statement: Statement,
  builds: readonly DayBuild[],
): Statement {
  const own =
    builds.length === 0
      ? "FALSE"
      : `build IN (${builds.map(({ build }) => `'${build}'`).join(", ")})`;
  const queries = ROLLUPS.map(({ name, rows }) => [
    name,
    `SELECT ${readColumns(rows).join(", ")} FROM ${tableName(place, rows.name)} WHERE ${own}`,
  ]);
  return { ...statement, sql: withRelations(statement.sql, Object.fromEntries(queries)) };
}

/** Every published build of the days, newest last; a publication that was repeated is one row. */
export function listPublished(place: WarehousePlace, days: DayRange): Statement {
  const columns = ROLLUP_BUILDS.columns.map(({ name }) => name).join(", ");
  return {
    name: "rollup-builds",
    sql: `SELECT DISTINCT ${columns} FROM ${tableName(place, ROLLUP_BUILDS.name)} WHERE ${within(days)} ORDER BY day, build, published_at`,
  };
}

/**
 * Builds that have rows in the table, published or not: `day`, `build`. Asks the metadata: an
 * engine counts the partition columns of every row as read, though no file has them.
 */
export function listBuilt(place: WarehousePlace, table: string, days: DayRange): Statement {
  const partitions = tableName(place, `"${table}$partitions"`);
  return {
    name: "rollup-rows",
    sql: [
      "SELECT DISTINCT partition.day AS day, partition.build AS build",
      `FROM ${partitions}`,
      `WHERE ${within(days, "partition.day")}`,
      "ORDER BY 1, 2",
    ].join("\n"),
  };
}

/** Which tables of the rollup there are, and work tables of all builds: `table_name`. */
export function listTables({ schema, icebergCatalog }: WarehousePlace): Statement {
  const catalog = icebergCatalog === null ? "" : `${icebergCatalog}.`;
  const names = ROLLUP_TABLES.map(({ name }) => `'${name}'`).join(", ");
  return {
    name: "rollup-tables",
    sql: [
      `SELECT table_name FROM ${catalog}information_schema.tables`,
      `WHERE table_schema = '${schema}'`,
      `    AND (table_name IN (${names}) OR substr(table_name, 1, ${WORK_PREFIX.length}) = '${WORK_PREFIX}')`,
      "ORDER BY table_name",
    ].join("\n"),
  };
}

/** What the days say of themselves, beside their files: the rows that a report's coverage has. */
export function coverageStatements(
  days: DayRange,
): Readonly<Record<"logged" | "interfaces" | "hours", Statement>> {
  const of = (name: string, sql: string): Statement => ({ name: `coverage-${name}`, sql });
  return {
    logged: of(
      "logged",
      `SELECT log_status, action, sum(records) AS records, sum(bytes) AS bytes, min(first_start) AS first_start, max(last_end) AS last_end FROM coverage_rollup WHERE ${within(days)} GROUP BY log_status, action ORDER BY log_status, action`,
    ),
    interfaces: of(
      "interfaces",
      `SELECT count(DISTINCT interface_id) AS interfaces FROM coverage_rollup WHERE ${within(days)}`,
    ),
    hours: of(
      "hours",
      `SELECT hour, min(first_start) AS first_start, max(last_end) AS last_end FROM coverage_rollup WHERE ${within(days)} AND hour IS NOT NULL GROUP BY hour ORDER BY hour`,
    ),
  };
}

function readColumns({ columns }: IcebergTable): readonly string[] {
  return columns.map(({ name }) => name).filter((name) => name !== "build");
}

function within({ first, last }: DayRange, column = "day"): string {
  return `${column} BETWEEN '${first}' AND '${last}'`;
}
