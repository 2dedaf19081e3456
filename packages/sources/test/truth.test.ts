import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { readAll } from "./read-all.ts";

/** What an independent count found in one file of real flow logs. */
interface Truth {
  readonly file: string;
  readonly format: string;
  readonly lines: number;
  readonly headers: number;
  readonly records: number;
  readonly malformed: number;
  readonly status: Readonly<Record<string, number>>;
  readonly action: Readonly<Record<string, number>>;
  readonly reject_bytes: number;
  readonly accept_bytes: number;
  readonly min_start: number | null;
  readonly max_end: number | null;
}

/** Real logs, where this machine has them: they may not be copied into the repository. */
const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");
const TRUTH = path.join(DATA, "truth.json");
const truths = existsSync(TRUTH) ? (JSON.parse(readFileSync(TRUTH, "utf8")) as Truth[]) : [];

describe.skipIf(truths.length === 0)("real flow logs", () => {
  it.each(truths)("$file agrees with the independent count", async (truth) => {
    const fields = fieldsOf(truth);
    const { coverage, records } = await readAll(
      [path.join(DATA, truth.file)],
      fields === undefined ? {} : { fields },
    );
    expect({
      lines: coverage.lines,
      headers: coverage.headers,
      malformed: coverage.malformed,
      records: coverage.records - coverage.malformed,
      status: countBy(records, "log_status", "?"),
      action: countBy(records, "action", "(none)"),
      reject_bytes: sumBytes(records, "REJECT"),
      accept_bytes: sumBytes(records, "ACCEPT"),
      min_start: times(records, "start").reduce<number | null>(
        (a, b) => (a === null || b < a ? b : a),
        null,
      ),
      max_end: times(records, "end").reduce<number | null>(
        (a, b) => (a === null || b > a ? b : a),
        null,
      ),
    }).toEqual({
      lines: truth.lines,
      headers: truth.headers,
      malformed: truth.malformed,
      records: truth.records,
      status: truth.status,
      action: truth.action,
      reject_bytes: truth.reject_bytes,
      accept_bytes: truth.accept_bytes,
      min_start: truth.min_start,
      max_end: truth.max_end,
    });
  });
});

/** What a person would say with `--fields`: only where neither a header nor the default tells. */
function fieldsOf({ file, format }: Truth): string | undefined {
  if (format.includes("no header") && !format.startsWith("v2") && !format.startsWith("ISO")) {
    return format.replace(/, no header.*/, "");
  }
  return EVENT_FIELDS[file];
}

/** Subscription events of custom formats: their messages carry no names. */
const EVENT_FIELDS: Readonly<Record<string, string>> = {
  "case-36.json": "version interface-id srcaddr dstaddr",
  "case-61.json":
    "version account-id tgw-id tgw-attachment-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type tcp-flags flow-direction region",
};

type Records = readonly Readonly<Record<string, string>>[];

function countBy(records: Records, column: string, absent: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const value = record[column] ?? absent;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

function sumBytes(records: Records, action: string): number {
  return records
    .filter((record) => record.action === action && record.bytes !== "-")
    .reduce((sum, record) => sum + Number(record.bytes ?? 0), 0);
}

function times(records: Records, column: string): number[] {
  return records
    .map((record) => record[column] ?? "-")
    .filter((value) => value !== "-")
    .map(Number);
}
