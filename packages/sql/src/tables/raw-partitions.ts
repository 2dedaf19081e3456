import { addDays, isoTime, type S3Layout } from "@turnaway/core";

import type { PartitionColumn, Projection } from "./table-definition.ts";

/** Which logs a raw table holds: what its partition columns, and predicates on them, need. */
export interface RawScope {
  readonly layout: S3Layout;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** UTC days that the raw table offers, both included; relative to now where it is not given. */
export interface RawDays {
  readonly first: string;
  readonly last: string;
}

/** More than this many values make a list that Athena's guide advises against. */
const MAX_ENUM = 30;

/**
 * The partition columns of the raw table, outermost first. None has the name of a field or
 * of a column of the conformed views, so that they pass through every view as they are.
 */
export function partitionColumns(
  scope: RawScope,
  { retentionDays, days }: { retentionDays: number; days?: RawDays },
): readonly PartitionColumn[] {
  const time = timeColumns(scope.layout).map(({ name, means, projection }) => ({
    name,
    means,
    projection: projection(days ?? null, retentionDays),
  }));
  return [
    { name: "log_account", means: "account of the folder", projection: listed(scope.accounts) },
    { name: "log_region", means: "region of the folder", projection: listed(scope.regions) },
    ...time,
  ];
}

/** Names of the partition columns, outermost first. */
export function partitionColumnNames(layout: S3Layout): readonly string[] {
  return ["log_account", "log_region", ...timeColumns(layout).map(({ name }) => name)];
}

/** The `{{partition_columns}}` of the views over the raw table. */
export function partitionColumnList(layout: S3Layout): string {
  return partitionColumnNames(layout)
    .map((name) => `${name},`)
    .join(" ");
}

/**
 * Folders that hold what was delivered in the half-open span of Unix seconds: a bare
 * comparison with literals for every partition column, so that the engine reads those
 * folders and no others.
 *
 * What was delivered in a span are not the records that began in it: those of the last
 * minutes come later. A caller who wants records adds the settle hours to the end.
 */
export function partitionPredicate(
  { layout, accounts, regions }: RawScope,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const span = { first: isoTime(start), last: isoTime(Math.max(start, end - 1)) };
  return [
    among("log_account", accounts),
    among("log_region", regions),
    ...(layout.startsWith("hive") ? hivePredicates(layout, span) : [dateRange(layout, span)]),
  ].join(" AND ");
}

/** First and last instant, ISO 8601. */
interface Span {
  readonly first: string;
  readonly last: string;
}

interface TimeColumn {
  readonly name: string;
  readonly means: string;
  readonly projection: (days: RawDays | null, retentionDays: number) => Projection;
}

function timeColumns(layout: S3Layout): readonly TimeColumn[] {
  switch (layout) {
    case "default":
      return [dateColumn("log_date", "UTC day of the folder, yyyy/MM/dd", "yyyy/MM/dd", "DAYS")];
    case "hourly":
      return [
        dateColumn(
          "log_date_hour",
          "UTC hour of the folder, yyyy/MM/dd/HH",
          "yyyy/MM/dd/HH",
          "HOURS",
        ),
      ];
    case "hive":
      return HIVE_COLUMNS.slice(0, 3);
    case "hive-hourly":
      return HIVE_COLUMNS;
  }
}

function dateColumn(
  name: string,
  means: string,
  format: string,
  unit: "DAYS" | "HOURS",
): TimeColumn {
  return {
    name,
    means,
    projection: (days, retentionDays) => ({
      type: "date",
      // Two days more: a file may be deleted late, and its records are older than its name.
      first: days === null ? `NOW-${retentionDays + 2}DAYS` : inFormat(`${days.first}T00`, unit),
      last: days === null ? "NOW" : inFormat(`${days.last}T23`, unit),
      format,
      unit,
    }),
  };
}

const HIVE_COLUMNS: readonly TimeColumn[] = [
  {
    name: "log_year",
    means: "UTC year of the folder; a query has to name it",
    // A range of years would end some day, or make a careless query list a century of folders.
    projection: () => ({ type: "injected" }),
  },
  integerColumn("log_month", "UTC month of the folder, 01 to 12", 1, 12),
  integerColumn("log_day", "UTC day of the month of the folder, 01 to 31", 1, 31),
  integerColumn("log_hour", "UTC hour of the folder, 00 to 23", 0, 23),
];

function integerColumn(name: string, means: string, first: number, last: number): TimeColumn {
  return { name, means, projection: () => ({ type: "integer", first, last, digits: 2 }) };
}

function listed(values: readonly string[]): Projection {
  return values.length === 0 || values.length > MAX_ENUM
    ? { type: "injected" }
    : { type: "enum", values };
}

function dateRange(layout: S3Layout, { first, last }: Span): string {
  const [name, unit] =
    layout === "hourly" ? (["log_date_hour", "HOURS"] as const) : (["log_date", "DAYS"] as const);
  return within(name, inFormat(first, unit), inFormat(last, unit));
}

/**
 * Year, month, day and hour are columns of their own, so a bare predicate on each gives a
 * box of folders; where the span is not a box, one comparison of all of them together cuts it.
 */
function hivePredicates(layout: S3Layout, { first, last }: Span): string[] {
  const days = daysOf(first.slice(0, 10), last.slice(0, 10));
  const part = (from: number, to: number): string[] => [
    ...new Set(days.map((day) => day.slice(from, to))),
  ];
  const boxes = [
    among("log_year", part(0, 4)),
    oneRange("log_month", part(5, 7)),
    oneRange("log_day", part(8, 10)),
  ];
  const isHourly = layout === "hive-hourly";
  const oneDay = days.length === 1;
  const names = ["log_year", "log_month", "log_day"];
  if (isHourly) {
    boxes.push(
      oneDay ? within("log_hour", hourOf(first), hourOf(last)) : within("log_hour", "00", "23"),
    );
    names.push("log_hour");
  }
  const isBox = isHourly ? oneDay : days.every((day) => day.slice(0, 7) === days[0]!.slice(0, 7));
  if (isBox) return boxes;
  const unit = isHourly ? "HOURS" : "DAYS";
  const together = names.join(" || '/' || ");
  return [...boxes, within(together, inFormat(first, unit), inFormat(last, unit))];
}

function daysOf(first: string, last: string): string[] {
  const days = [first];
  while (days.at(-1)! < last) days.push(addDays(days.at(-1)!, 1));
  return days;
}

function hourOf(time: string): string {
  return time.slice(11, 13);
}

// `2026-11-19T07…` as the folder of its day or hour.
function inFormat(time: string, unit: "DAYS" | "HOURS"): string {
  return time.slice(0, unit === "DAYS" ? 10 : 13).replaceAll(/[-T]/g, "/");
}

function oneRange(name: string, values: readonly string[]): string {
  const sorted = values.toSorted();
  return within(name, sorted[0]!, sorted.at(-1)!);
}

function within(expression: string, first: string, last: string): string {
  return first === last
    ? `${expression} = '${first}'`
    : `${expression} BETWEEN '${first}' AND '${last}'`;
}

function among(name: string, values: readonly string[]): string {
  return values.length === 1
    ? `${name} = '${values[0]!}'`
    : `${name} IN (${values.map((value) => `'${value}'`).join(", ")})`;
}
