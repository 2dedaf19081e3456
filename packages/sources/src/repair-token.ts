import {
  ACTION,
  ADDRESS,
  BIGINT,
  INTEGER,
  STATUS,
  TEXT,
  TIME,
  type Columns,
} from "./column-class.ts";
import { ADDRESS_WEIGHT, OUTSIDE, isAddressShape } from "./token-ends.ts";

/** The clean form of one token, or why there is none. */
export type TokenVerdict =
  | "good"
  | "bad"
  | "milliseconds"
  | "unlikely-time"
  | "unknown-status"
  | "control";

/** Where the clean line is being written. */
export interface LineWriter {
  readonly bytes: Uint8Array;
  length: number;
}

/**
 * Writes the clean form of the token and says what was noticed.
 *
 * The rules are those of `clean-run.ts`, and a little wider: what passes there
 * passes here unchanged.
 */
export function repairToken(
  source: Uint8Array,
  [from, to]: readonly [number, number],
  { columns, column }: { columns: Columns; column: number },
  out: LineWriter,
): TokenVerdict {
  const kind = columns.classes[column]!;
  if (kind === TEXT) return copyText(source, from, to, out);
  if (to - from === 1 && source[from] === DASH) return copy(source, from, to, out);
  switch (kind) {
    case INTEGER:
      return isInteger(source, from, to, columns.limits[column]!)
        ? copy(source, from, to, out)
        : "bad";
    case BIGINT:
      return isBigint(source, from, to) ? copy(source, from, to, out) : "bad";
    case TIME:
      return copyTime(source, from, to, out);
    case ADDRESS:
      return isAddressToken(source, from, to) ? copy(source, from, to, out) : "bad";
    case ACTION:
      return ACTIONS.has(textOf(source, from, to)) ? copy(source, from, to, out) : "bad";
    case STATUS:
      return copyStatus(source, from, to, out);
    default:
      return "bad";
  }
}

/** What the column must hold, for people. */
export function expectation(columns: Columns, column: number): string {
  switch (columns.classes[column]) {
    case INTEGER:
      return `a whole number from 0 to ${columns.limits[column]}`;
    case BIGINT:
      return "a whole number from 0 to 9223372036854775807";
    case TIME:
      return "a time in Unix seconds";
    case ADDRESS:
      return "an IP address";
    case ACTION:
      return "ACCEPT or REJECT";
    default:
      return "OK, NODATA or SKIPDATA";
  }
}

const DASH = 45;
const ACTIONS = new Set(["ACCEPT", "REJECT"]);
const STATUSES = new Set(["OK", "NODATA", "SKIPDATA", "-"]);
const MAX_BIGINT = "9223372036854775807";
/** U+FFFD in UTF-8: what stands for a control character. */
const REPLACEMENT = [0xef, 0xbf, 0xbd] as const;

function copy(source: Uint8Array, from: number, to: number, out: LineWriter): TokenVerdict {
  for (let i = from; i < to; i++) out.bytes[out.length++] = source[i]!;
  return "good";
}

function copyText(source: Uint8Array, from: number, to: number, out: LineWriter): TokenVerdict {
  let verdict: TokenVerdict = "good";
  for (let i = from; i < to; i++) {
    const byte = source[i]!;
    if (byte > 32) out.bytes[out.length++] = byte;
    else {
      verdict = "control";
      for (const replacement of REPLACEMENT) out.bytes[out.length++] = replacement;
    }
  }
  return verdict;
}

/**
 * Twelve to fourteen digits are milliseconds of the years 1973 to 5138. Times of
 * other than ten digits lie before 2001 or behind 2286: kept, and noticed.
 */
function copyTime(source: Uint8Array, from: number, to: number, out: LineWriter): TokenVerdict {
  const digits = to - from;
  if (!isDigits(source, from, to) || digits > 14) return "bad";
  if (digits >= 12) {
    copy(source, from, to - 3, out);
    return "milliseconds";
  }
  copy(source, from, to, out);
  return digits === 10 ? "good" : "unlikely-time";
}

function copyStatus(source: Uint8Array, from: number, to: number, out: LineWriter): TokenVerdict {
  const word = textOf(source, from, to);
  if (!STATUSES.has(word) && !/^[A-Za-z_]{2,32}$/.test(word)) return "bad";
  copy(source, from, to, out);
  return STATUSES.has(word) ? "good" : "unknown-status";
}

function isDigits(source: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (source[i]! < 48 || source[i]! > 57) return false;
  return to > from;
}

function isInteger(source: Uint8Array, from: number, to: number, limit: number): boolean {
  return isDigits(source, from, to) && to - from <= 10 && Number(textOf(source, from, to)) <= limit;
}

function isBigint(source: Uint8Array, from: number, to: number): boolean {
  if (!isDigits(source, from, to) || to - from > 19) return false;
  return to - from < 19 || textOf(source, from, to) <= MAX_BIGINT;
}

/** An address, with or without the zone that IPv6 puts behind a percent sign. */
function isAddressToken(source: Uint8Array, from: number, to: number): boolean {
  let shape = 0;
  let i = from;
  for (; i < to && ADDRESS_WEIGHT[source[i]!]! < OUTSIDE; i++) shape += ADDRESS_WEIGHT[source[i]!]!;
  if (!isAddressShape(shape)) return false;
  return i === to || (source[i] === 37 && /^%[\w.-]{1,32}$/.test(textOf(source, i, to)));
}

function textOf(source: Uint8Array, from: number, to: number): string {
  return to - from > 64 ? "" : String.fromCharCode(...source.subarray(from, to));
}
