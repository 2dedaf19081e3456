import { type Coverage, isoTime, type Row, type TimeWindow } from "@turnaway/core";

import { total } from "./total.ts";

/** The part of {@link Coverage} that only the reader of the files knows. */
export type ReadCoverage = Pick<
  Coverage,
  "files" | "bytes" | "lines" | "headers" | "records" | "malformed" | "formats" | "problems"
> & {
  /** Counts over all that was read, whatever the window. */
  readonly logged: readonly Row[];
  readonly interfaces: number;
  /** Records without an action: no reject report can use them. */
  readonly excluded: number;
  /** Records without a start: they belong to no day. */
  readonly undated: number;
};

/** Coverage over everything read; hours are those of the window alone. */
export function buildCoverage(
  { logged, undated: _undated, ...read }: ReadCoverage,
  window: TimeWindow,
  hoursWithRecords: number,
): Coverage {
  const of = (column: string, value: string): number | bigint =>
    total(
      logged.filter((row) => row[column] === value),
      "records",
    );
  const bytesOf = (action: string): number | bigint =>
    total(
      logged.filter((row) => row["action"] === action),
      "bytes",
    );
  const starts = logged.flatMap((row) => row["first_start"] ?? []) as number[];
  const ends = logged.flatMap((row) => row["last_end"] ?? []) as number[];
  return {
    ...read,
    formats: [...read.formats],
    problems: [...read.problems, ...malformedShare(read)],
    ok: of("log_status", "OK"),
    noData: of("log_status", "NODATA"),
    skipData: of("log_status", "SKIPDATA"),
    accept: of("action", "ACCEPT"),
    reject: of("action", "REJECT"),
    acceptBytes: bytesOf("ACCEPT"),
    rejectBytes: bytesOf("REJECT"),
    firstStart: starts.length === 0 ? null : isoTime(Math.min(...starts)),
    lastEnd: ends.length === 0 ? null : isoTime(Math.max(...ends)),
    hoursWithRecords,
    hours: Math.ceil((window.end - window.start) / 3600),
  };
}

/** What a reader must know of records that were read and can't be used. */
export function coverageNotices({ excluded, undated }: ReadCoverage): string[] {
  const notices: string[] = [];
  if (undated > 0) {
    notices.push(
      `${undated} records have no start time, since their log format lacks the field: they belong to no day and are in the coverage alone.`,
    );
  }
  if (excluded > 0) {
    notices.push(
      `${excluded} records have no action (transit gateway, or a format without the field): nobody can say of them whether they were refused.`,
    );
  }
  return notices;
}

// A few torn lines are everyday, and counted. When most can't be read the format is
// not what it seems, and the numbers say nothing.
function malformedShare({
  malformed,
  records,
}: Pick<ReadCoverage, "malformed" | "records">): Coverage["problems"] {
  if (BigInt(malformed) * 2n <= BigInt(records)) return [];
  const detail = `${malformed} of ${records} records could not be read`;
  return [{ code: "MALFORMED_SHARE", where: "all files", detail, partial: true }];
}
