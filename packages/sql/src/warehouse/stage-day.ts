import {
  addDays,
  columnName,
  dayWindow,
  findField,
  FLOW_LOG_FIELDS,
  type LogFormat,
} from "@turnaway/core";

import { composeSql, getSqlFile } from "../compose.ts";
import type { SqlSettings } from "../macros.ts";
import {
  partitionColumnList,
  partitionPredicate,
  type RawScope,
} from "../tables/raw-partitions.ts";
import { RAW_TABLE } from "../tables/raw-table.ts";

/** What the raw logs of a warehouse are like. */
export interface RawLogs extends RawScope {
  readonly format: LogFormat;
  readonly fileFormat: "text" | "parquet";
  /** Hours after the end of a day in which files still bring its records. */
  readonly settleHours: number;
}

/** Log status of lines that are no records: they are counted, and never reach a rollup. */
export const MALFORMED = "MALFORMED";
export const HEADER = "HEADER";

/** The span in which the files of a day are delivered, Unix seconds. */
export function deliverySpan(
  day: string,
  settleHours: number,
): { readonly start: number; readonly end: number } {
  return {
    start: dayWindow(day, "UTC").start,
    end: dayWindow(addDays(day, 1), "UTC").start + settleHours * 3600,
  };
}

/**
 * The one scan of a day: its tuples, and its lines that are no records. Reads the folders of
 * the day and of the settle hours after it, since the last records of a day come later.
 */
export function stageDay(logs: RawLogs, settings: SqlSettings, day: string): string {
  const fragments = {
    partition_columns: partitionColumnList(logs.layout),
    records_of_day: `day = '${day}'`,
  };
  const present = { ...settings, present: presentFields(logs) };
  return [
    `WITH ${RAW_TABLE} AS (\n${readDay(logs, day)}\n),`,
    `flow_records AS (\n${composeSql(getSqlFile("views", "flow_records"), present, fragments)}\n)`,
    composeSql(getSqlFile("parts", "kept_tuples"), present, fragments),
  ].join("\n");
}

/** Columns of the fields that the logs have. */
export function presentFields({ format }: RawLogs): ReadonlySet<string> {
  return new Set(format.fields.map(columnName));
}

/** The raw table with each line that is no record marked in its log status. */
function readDay(logs: RawLogs, day: string): string {
  const folders = partitionPredicate(logs, deliverySpan(day, logs.settleHours));
  const kind = lineKind(logs);
  const columns = FLOW_LOG_FIELDS.map(({ column }) => `"${column}"`);
  if (kind === null) {
    return `SELECT ${partitionColumnList(logs.layout)} ${columns.join(", ")}\nFROM ${RAW_TABLE}\nWHERE ${folders}`;
  }
  // Such a line counts for the day of its folder: at noon, to be sure of the day in every zone.
  const ownFolders = partitionPredicate(logs, deliverySpan(day, 0));
  const noon = dayWindow(day, "UTC").start + 43_200;
  const marked = columns.map((column) => {
    if (column === '"log_status"') return `coalesce(line_kind, log_status) AS log_status`;
    if (column !== '"start"') return column;
    return `CASE WHEN line_kind IS NULL THEN "start" WHEN ${ownFolders} THEN ${noon} END AS "start"`;
  });
  return [
    `SELECT ${partitionColumnList(logs.layout)} ${marked.join(", ")}`,
    `FROM (SELECT *, ${kind} AS line_kind FROM ${RAW_TABLE} WHERE ${folders}) AS l`,
  ].join("\n");
}

/**
 * HEADER, MALFORMED or NULL, as far as columns can tell: text of too few fields leaves the
 * last ones NULL, of too many fills a column beyond the format. Null where nothing can tell.
 */
function lineKind({ format, fileFormat }: RawLogs): string | null {
  if (fileFormat === "parquet") return null;
  const isText = (name: string): boolean => (findField(name)?.type ?? "string") === "string";
  const quoted = (name: string): string => `"${columnName(name)}"`;
  const last = format.fields.at(-1)!;
  const title = format.fields.find(isText);
  const beyond = FLOW_LOG_FIELDS.find(({ name }) => !format.fields.includes(name));
  const malformed = [
    ...(isText(last) ? [`${quoted(last)} IS NULL`] : []),
    ...(beyond === undefined ? [] : [`"${beyond.column}" IS NOT NULL`]),
  ];
  const tests = [
    ...(title === undefined ? [] : [`WHEN ${quoted(title)} = '${title}' THEN '${HEADER}'`]),
    ...(malformed.length === 0 ? [] : [`WHEN ${malformed.join(" OR ")} THEN '${MALFORMED}'`]),
  ];
  return tests.length === 0 ? null : `CASE ${tests.join(" ")} END`;
}
