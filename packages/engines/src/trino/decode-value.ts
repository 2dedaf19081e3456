import { stringifyExact, type Row, type SqlValue } from "@turnaway/core";

import { distinctNames } from "../distinct-names.ts";

/** Makes rows out of the arrays that Trino sends, the same values as every other engine. */
export function rowDecoder(
  columns: readonly { readonly name: string; readonly type: string }[],
): (values: readonly unknown[]) => Row {
  const names = distinctNames(columns.map(({ name }) => name));
  const decoders = columns.map(({ type }) => decoderOf(type));
  return (values) =>
    Object.fromEntries(names.map((name, i) => [name, decodeValue(values[i], decoders[i]!)]));
}

type Decoder = (value: unknown) => SqlValue;

function decodeValue(value: unknown, decode: Decoder): SqlValue {
  return value === null || value === undefined ? null : decode(value);
}

function decoderOf(type: string): Decoder {
  const [name = ""] = type.split("(");
  if (name === "decimal") return /,\s*0\)$/.test(type) ? wholeDecimal : String;
  return DECODERS[type] ?? (isTimestamp(type) ? timestamp : DECODERS[name]) ?? plain;
}

const DECODERS: Readonly<Record<string, Decoder>> = {
  double: floating,
  real: floating,
  array: stringifyExact,
  map: stringifyExact,
  row: stringifyExact,
};

function plain(value: unknown): SqlValue {
  return typeof value === "object" ? stringifyExact(value) : (value as SqlValue);
}

// Trino writes decimals as text, so that no digit is lost on the way.
function wholeDecimal(value: unknown): SqlValue {
  const whole = BigInt(value as string);
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

// JSON has no name for them.
function floating(value: unknown): SqlValue {
  return typeof value === "string" ? Number(value) : (value as SqlValue);
}

function isTimestamp(type: string): boolean {
  return /^timestamp(\(\d+\))?( with time zone)?$/.test(type);
}

/** `2026-11-19 07:00:00.123456 UTC` as ISO 8601, to the millisecond. */
function timestamp(value: unknown): SqlValue {
  const text = String(value);
  const match = /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?(?: (\S+))?$/.exec(text);
  if (match === null) return text;
  const [, date, time, fraction = "0", zone = "UTC"] = match;
  const offset = zone === "UTC" ? "Z" : zone;
  const instant = new Date(`${date}T${time}.${fraction.padEnd(3, "0")}${offset}`);
  // A zone by its name stays as the server wrote it: nothing of ours asks for one.
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString().replace(".000Z", "Z");
}
