import type { Statement } from "@turnaway/core";
import { comparePeriods, periodFragments } from "@turnaway/report";
import {
  bindParameters,
  composeQuery,
  composeSql,
  DEFAULT_SETTINGS,
  getSqlFile,
  listQueries,
  listSqlFiles,
  queryName,
  type SqlFile,
  type SqlParameter,
} from "@turnaway/sql";

import { SPAN } from "./data-set.ts";

/** Something that both engines are asked; the texts differ by the predicate on partitions alone. */
export interface Question {
  readonly group: "views" | "rollups" | "queries" | "detections";
  readonly duckdb: Statement;
  readonly trino: Statement;
  /** Whether the statement promises an order. */
  readonly ordered: boolean;
}

/** Values for parameters that a person has to give, by type: out of the data, so that rows answer. */
export type Samples = Readonly<Record<SqlParameter["type"], string>>;

/** A view that partition columns pass through, row for row. */
export function viewQuestion(name: string, partitions: string): Question {
  return relationQuestion("views", getSqlFile("views", name), partitions);
}

/**
 * A view that no partition column passes through, or not to all that it reads: its text over
 * the records of one day. `schema` is where Trino has `flow_records`.
 */
export function dayViewQuestion(
  name: string,
  { partitions, schema, day }: { partitions: string; schema: string; day: string },
): Question {
  const file = getSqlFile("views", name);
  const body = composeSql(file, DEFAULT_SETTINGS, { partition_columns: "" });
  const over = (table: string, where: string): Statement => ({
    name,
    sql: `WITH flow_records AS (SELECT * FROM ${table} WHERE ${where})
      SELECT ${columnList(file)} FROM (${body}) AS v`,
  });
  return {
    group: "views",
    ordered: false,
    duckdb: over("temp.flow_records", `day = '${day}'`),
    trino: over(`${schema}.flow_records`, `day = '${day}' AND ${partitions}`),
  };
}

/** The tables that the rollup is built into, row for row. */
export function rollupQuestions(): Question[] {
  return listSqlFiles("rollups").map((file) => relationQuestion("rollups", file, "TRUE"));
}

function relationQuestion(group: Question["group"], file: SqlFile, partitions: string): Question {
  const select = `SELECT ${columnList(file)} FROM ${file.name}`;
  return {
    group,
    ordered: false,
    duckdb: { name: file.name, sql: select },
    trino: { name: file.name, sql: `${select} WHERE ${partitions}` },
  };
}

function columnList({ columns }: SqlFile): string {
  return Object.keys(columns!)
    .map((column) => `"${column.replaceAll('"', "")}"`)
    .join(", ");
}

/** Every query of the catalogue, about all days but the first. */
export function queryQuestions(partitions: string, samples: Samples): Question[] {
  const window = { start: SPAN.start + 86_400, end: SPAN.end };
  return listQueries().map((file) => {
    const params = requiredParameters(file, samples);
    const options = { settings: DEFAULT_SETTINGS, params, window, limit: null };
    return {
      group: "queries",
      ordered: true,
      duckdb: composeQuery(queryName(file), options),
      trino: composeQuery(queryName(file), { ...options, partitions }),
    };
  });
}

function requiredParameters(file: SqlFile, samples: Samples): Record<string, string> {
  return Object.fromEntries(
    Object.entries(file.parameters ?? {}).flatMap(([name, parameter]) =>
      parameter.default === undefined ? [[name, samples[parameter.type]]] : [],
    ),
  );
}

/** Every detection, about each of the days. */
export function detectionQuestions(): Question[] {
  const window = { start: SPAN.end - 86_400, end: SPAN.end, timezone: "UTC" };
  const fragments = periodFragments(comparePeriods(window, 7));
  const pairs = composeSql(getSqlFile("parts", "pair_periods"), DEFAULT_SETTINGS, fragments);
  return listSqlFiles("detections").map((file) => {
    const defaults = Object.entries(file.parameters ?? {}).map(
      ([name, parameter]) => [name, parameter.default ?? null] as const,
    );
    const body = composeSql(file, DEFAULT_SETTINGS, fragments);
    const bound = bindParameters(file.name, body, Object.fromEntries(defaults));
    const statement = {
      ...bound,
      sql: `WITH ${pairs}\nSELECT * FROM (\n${bound.sql}\n) AS answer`,
    };
    return { group: "detections", ordered: false, duckdb: statement, trino: statement };
  });
}
