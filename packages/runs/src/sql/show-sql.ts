import { type DetectionId, didYouMean, type SqlValue, TurnawayError } from "@turnaway/core";
import {
  composeSql,
  composeTrace,
  DUCKDB_MACROS,
  getSqlFile,
  parseTraceSubject,
  queryName,
  SQL_FILES,
  type SqlFile,
} from "@turnaway/sql";

import type { Settings } from "../read-settings.ts";
import { SAMPLE_WINDOW, type Sample, sampleOf, type SqlDialect } from "./sql-sample.ts";

/** What of a run's settings decides how a text reads. */
export type SqlContext = Pick<Settings, "config" | "sql">;

/** Kinds by their singular, in the order in which a plain name is looked up. */
const KINDS = {
  views: "view",
  rollups: "rollup",
  queries: "query",
  detections: "detection",
  reports: "report",
  datasets: "data-set",
  parts: "part",
} as const satisfies Record<SqlFile["kind"], string>;

/** The files, each with its kind and the name that `sql show` takes. */
export function listShown(): readonly { kind: string; name: string; file: SqlFile }[] {
  const kinds = Object.keys(KINDS) as SqlFile["kind"][];
  return kinds.flatMap((kind) =>
    SQL_FILES.filter((file) => file.kind === kind).map((file) => ({
      kind: KINDS[kind],
      name: queryName(file),
      file,
    })),
  );
}

/** The file of that name, or of `kind/name` where two kinds have the name. @throws TurnawayError USAGE. */
export function findShown(name: string): SqlFile {
  const files = listShown();
  const wanted = name.toLowerCase().replaceAll("_", "-");
  const found = files.find(
    (one) =>
      wanted === one.name ||
      wanted === `${one.kind}/${one.name}` ||
      wanted === `${one.file.kind}/${one.name}`,
  );
  if (found !== undefined) return found.file;
  throw new TurnawayError("USAGE", {
    what: "unknown name",
    where: `sql show ${name}`,
    why: "no view, rollup, query or detection has that name",
    fix:
      didYouMean(
        wanted,
        files.map((one) => one.name),
      ) ?? "see `turnaway sql list`",
  });
}

/**
 * A file with its header as comments and every placeholder filled in: from the
 * configuration where that says it, else with a sample that a comment names. Where the logs lie
 * in folders, on Athena and Trino, the text has the predicates that pick them.
 */
export function showSql(file: SqlFile, dialect: SqlDialect, settings: SqlContext): string {
  const macros =
    dialect === "duckdb"
      ? ["-- DuckDB needs these once a session:", ...DUCKDB_MACROS.map((macro) => `${macro};`), ""]
      : [];
  const parameters = parameterValues(file, settings);
  const sample = sampleOf(dialect, settings);
  return [
    ...header(file, parameters, sample),
    "",
    ...macros,
    `${fillParameters(statementOf(file, settings, sample), parameters)};`,
    "",
  ].join("\n");
}

function header(
  file: SqlFile,
  parameters: Readonly<Record<string, SqlValue>>,
  sample: Sample,
): string[] {
  const said = (["grain", "reads", "prunes", "cost", "input", "gives"] as const).flatMap((key) =>
    file[key] === undefined ? [] : [`${key}: ${file[key]}`],
  );
  const listed = (title: string, entries: readonly (readonly [string, string])[]): string[] =>
    entries.length === 0 ? [] : [title, ...entries.map(([name, means]) => `  ${name}: ${means}`)];
  const lines = [
    `${KINDS[file.kind]} ${queryName(file)}: ${file.what}`,
    ...said,
    ...listed("columns:", Object.entries(file.columns ?? {})),
    ...listed(
      "parameters:",
      Object.entries(file.parameters ?? {}).map(([name, { type, what }]) => {
        const value = parameters[name];
        const here =
          value === undefined ? `must be given, stands as :${name}` : `here ${String(value)}`;
        return [name, `${what} (${type}, ${here})`] as const;
      }),
    ),
    ...sampled(file, sample),
  ];
  return lines.map((line) => `-- ${line}`);
}

function sampled({ kind, text }: SqlFile, { says: samples }: Sample): string[] {
  const compares = kind === "detections" || kind === "reports";
  const says = Object.entries(samples)
    .filter(([name]) => text.includes(`{{${name}}}`) || (compares && name === "periods"))
    .map(([, says]) => `  ${says}`);
  return says.length === 0 ? [] : ["filled in by Turnaway, here with samples:", ...new Set(says)];
}

function statementOf(file: SqlFile, { sql }: SqlContext, sample: Sample): string {
  const { fragments, partitions } = sample;
  if (file.kind === "queries" && file.name.startsWith("trace_")) {
    const part = file.name.slice("trace_".length) as "conversations" | "hours" | "records";
    const asked = { settings: sql, window: SAMPLE_WINDOW, limit: 100, partitions };
    return composeTrace(parseTraceSubject("10.0.3.7"), asked)[part].sql;
  }
  const body = composeSql(file, sql, fragments);
  if (file.kind !== "detections" && file.kind !== "reports") return body;
  // These read what the report puts before them.
  const before = /\bpair_periods\b/.test(body)
    ? composeSql(getSqlFile("parts", "pair_periods"), sql, fragments)
    : `periods (period, start_time, end_time) AS (\n    VALUES ${fragments["periods"]}\n)`;
  const own = /^WITH\s+/.exec(body);
  return own === null
    ? `WITH ${before}\n${body}`
    : `WITH ${before},\n\n${body.slice(own[0].length)}`;
}

function parameterValues(
  file: SqlFile,
  { config }: SqlContext,
): Readonly<Record<string, SqlValue>> {
  const own = (
    file.kind === "detections"
      ? config.report.detections[queryName(file) as DetectionId].params
      : {}
  ) as Readonly<Record<string, SqlValue>>;
  return Object.fromEntries(
    Object.entries(file.parameters ?? {}).flatMap(([name, parameter]): [string, SqlValue][] => {
      const value = own[name] ?? parameter.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

// Only for people to read: what runs is bound, never pasted.
function fillParameters(sql: string, values: Readonly<Record<string, SqlValue>>): string {
  return sql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|(?<![:\w]):([a-z_]+)\b/g,
    (whole, name: string | undefined) =>
      name === undefined || !(name in values) ? whole : `${literal(values[name]!)} /* ${name} */`,
  );
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}
