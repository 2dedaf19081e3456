import type { Config, DetectionId, SqlValue, Statement } from "@turnaway/core";
import {
  bindParameters,
  composeSql,
  getSqlFile,
  listSqlFiles,
  type SqlFile,
  type SqlSettings,
} from "@turnaway/sql";

import { periodFragments, type Periods } from "./periods.ts";

/** The queries of one report, each by what it answers. A report is this many statements. */
export interface ReportStatements {
  readonly traffic: Statement;
  readonly coverage: Statement;
  readonly hours: Statement;
  readonly noise: Statement;
  readonly interfaces: Statement;
  readonly gaps: Statement | null;
  readonly detections: Statement | null;
}

export function reportStatements(
  config: Config,
  settings: SqlSettings,
  periods: Periods,
): ReportStatements {
  const fragments = periodFragments(periods);
  const report = (name: string): Statement => ({
    name,
    sql: withPeriods(fragments, composeSql(getSqlFile("reports", name), settings, fragments)),
  });
  const enabled = detectionFiles().filter(
    (file) => config.report.detections[detectionId(file)].enabled,
  );
  return {
    traffic: report("periods"),
    coverage: report("coverage"),
    hours: report("hours"),
    noise: report("noise"),
    interfaces: report("interfaces"),
    gaps: gapStatement(config, settings, fragments, enabled),
    detections: detectionStatement(config, settings, fragments, enabled),
  };
}

/** Detections of hosts by file, in the order of their names. */
export function detectionFiles(): readonly SqlFile[] {
  return listSqlFiles("detections");
}

/** `newly_rejected.sql` is the detection `newly-rejected`. */
export function detectionId(file: SqlFile): DetectionId {
  return file.name.replaceAll("_", "-") as DetectionId;
}

// One statement for all detections, so that they share one read of the rollup.
function detectionStatement(
  config: Config,
  settings: SqlSettings,
  fragments: Record<string, string>,
  enabled: readonly SqlFile[],
): Statement | null {
  const bodies = enabled
    .filter((file) => file.name !== "coverage_gap")
    .map((file) => bindDetection(file, config, settings, fragments));
  if (bodies.length === 0) return null;
  const pairs = composeSql(getSqlFile("parts", "pair_periods"), settings, fragments);
  const selects = bodies.map(
    ({ name, sql }) => `SELECT '${name}' AS detection, d.* FROM (\n${sql}\n) AS d`,
  );
  return {
    name: "detections",
    sql: `WITH ${pairs}\n${selects.join("\nUNION ALL\n")}`,
    params: bodies.flatMap((body) => body.params ?? []),
  };
}

function gapStatement(
  config: Config,
  settings: SqlSettings,
  fragments: Record<string, string>,
  enabled: readonly SqlFile[],
): Statement | null {
  const file = enabled.find((f) => f.name === "coverage_gap");
  if (file === undefined) return null;
  const body = bindDetection(file, config, settings, fragments);
  return { ...body, sql: withPeriods(fragments, body.sql) };
}

function bindDetection(
  file: SqlFile,
  config: Config,
  settings: SqlSettings,
  fragments: Record<string, string>,
): Statement {
  const id = detectionId(file);
  const own = config.report.detections[id].params as Record<string, SqlValue>;
  const values = Object.fromEntries(
    Object.entries(file.parameters ?? {}).map(([name, parameter]): [string, SqlValue] => [
      name,
      own[name] ?? parameter.default ?? null,
    ]),
  );
  return bindParameters(id, composeSql(file, settings, fragments), values);
}

// A statement may begin with its own WITH; the periods go before it.
function withPeriods(fragments: Record<string, string>, sql: string): string {
  const periods = `WITH periods (period, start_time, end_time) AS (\n    VALUES ${fragments["periods"]}\n)`;
  return /^WITH\b/.test(sql)
    ? `${periods},\n${sql.slice("WITH".length).trimStart()}`
    : `${periods}\n${sql}`;
}
