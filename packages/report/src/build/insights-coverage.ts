import type { LogFormat, Problem, Row } from "@turnaway/core";

import type { ReadCoverage } from "./coverage.ts";
import type { Period, Periods } from "./periods.ts";
import { total } from "./total.ts";

const HOUR = 3600;

/** Records of each period, as the coverage query counts them by hour, status and action. */
export interface InsightsCoverage {
  /** Rows of flow-log records by period. */
  readonly records: readonly (readonly Row[])[];
  /** Log events of each period that are no flow-log record. */
  readonly malformed: readonly (number | bigint)[];
  /** Hours of each period that have records, Unix seconds. */
  readonly hours: readonly ReadonlySet<number>[];
  /** Periods that have records. */
  readonly covered: ReadonlySet<number>;
}

export function readInsightsCoverage(rows: readonly Row[], { list }: Periods): InsightsCoverage {
  const byPeriod = list.map(({ start, end }) =>
    rows.filter((row) => Number(row["hour"]) >= start && Number(row["hour"]) < end),
  );
  const records = byPeriod.map((own) => own.filter(isRecord));
  return {
    records,
    malformed: byPeriod.map((own) =>
      total(
        own.filter((row) => !isRecord(row)),
        "records",
      ),
    ),
    hours: records.map((own) => new Set(own.map((row) => Number(row["hour"])))),
    covered: new Set(records.flatMap((own, period) => (own.length === 0 ? [] : [period]))),
  };
}

/** The part of coverage that elsewhere the reader of files knows. There are no files here. */
export function insightsRead(
  coverage: InsightsCoverage,
  {
    period,
    format,
    interfaces,
    problems,
  }: {
    readonly period: number;
    readonly format: LogFormat;
    readonly interfaces: number;
    readonly problems: readonly Problem[];
  },
): ReadCoverage {
  const logged = coverage.records[period]!;
  const malformed = coverage.malformed[period]!;
  const events = total([...logged, { records: malformed }], "records");
  const withoutAction = logged.filter(
    (row) => row["action"] === null && row["log_status"] === "OK",
  );
  return {
    files: 0,
    bytes: 0,
    lines: events,
    headers: 0,
    records: events,
    malformed,
    formats: [{ fields: format.fields.join(" "), files: 0, records: events }],
    problems: [...problems],
    logged,
    interfaces,
    excluded: Number(total(withoutAction, "records")),
    undated: 0,
  };
}

/**
 * Gaps in the columns of the coverage-gap detection: records that AWS lost, and hours
 * without any. Hours before the first record of all are no gap: the logs began there.
 */
export function insightsGaps(coverage: InsightsCoverage, { list }: Periods): Row[] {
  const all = coverage.hours.flatMap((hours) => [...hours]);
  if (all.length === 0) return [];
  const firstHour = Math.min(...all);
  return list.flatMap((period, i) => [
    ...lostRecords(coverage.records[i]!, i),
    ...missingHours(coverage.hours[i]!, { ...period, start: Math.max(period.start, firstHour) }, i),
  ]);
}

function lostRecords(rows: readonly Row[], period: number): Row[] {
  const skipped = rows.filter((row) => row["log_status"] === "SKIPDATA");
  if (skipped.length === 0) return [];
  return [
    {
      period,
      sample: "skipdata",
      interface_id: null,
      observed: total(skipped, "records"),
      expected: total(rows, "records"),
      first_seen: Math.min(...skipped.map((row) => Number(row["first_start"]))),
      last_seen: Math.max(...skipped.map((row) => Number(row["last_end"]))),
    },
  ];
}

function missingHours(seen: ReadonlySet<number>, { start, end }: Period, period: number): Row[] {
  const hours = Array.from(
    { length: Math.max(0, Math.ceil((end - start) / HOUR)) },
    (_, i) => start + i * HOUR,
  );
  const missing = hours.filter((hour) => !seen.has(hour));
  if (missing.length === 0) return [];
  return [
    {
      period,
      sample: "missing-hours",
      interface_id: null,
      observed: missing.length,
      expected: hours.length,
      first_seen: missing[0]!,
      last_seen: Math.min(missing.at(-1)! + HOUR, end),
    },
  ];
}

function isRecord(row: Row): boolean {
  return ["OK", "NODATA", "SKIPDATA"].includes(String(row["log_status"]));
}
