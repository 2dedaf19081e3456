import type { ColumnInfo } from "@aws-sdk/client-athena";
import type { SqlValue } from "@turnaway/core";

/**
 * Reads the text that Athena sends for every value as the value that it is.
 *
 * Equal rows have to be equal on every engine: whole numbers are numbers where that is
 * exact and bigint where it is not, times are ISO 8601 with `Z`, decimals with a fraction
 * stay text with all their digits.
 */
export function decoderOf({ Type: type = "varchar", Scale: scale }: ColumnInfo): Decode {
  if (type === "decimal") return (scale ?? 0) === 0 ? decodeInteger : asText;
  return DECODERS[type] ?? asText;
}

export type Decode = (text: string) => SqlValue;

const DECODERS: Readonly<Record<string, Decode>> = {
  tinyint: Number,
  smallint: Number,
  integer: Number,
  int: Number,
  bigint: decodeInteger,
  double: Number,
  float: Number,
  real: Number,
  boolean: (text) => text === "true",
  timestamp: decodeTimestamp,
  "timestamp with time zone": decodeZonedTimestamp,
};

function asText(text: string): string {
  return text;
}

function decodeInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

// `2026-11-19 07:00:00.000`, to the millisecond as DuckDB's are.
function decodeTimestamp(text: string): string {
  const [day, time = "00:00:00"] = text.split(" ");
  const [seconds, fraction = ""] = time.split(".");
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  return `${day}T${seconds}${milliseconds === "000" ? "" : `.${milliseconds}`}Z`;
}

// Zones other than UTC stay as Athena writes them: none of our queries has one.
function decodeZonedTimestamp(text: string): string {
  return text.endsWith(" UTC") ? decodeTimestamp(text.slice(0, -" UTC".length)) : text;
}
