import type { BackendValue } from "./front-backend.ts";

/** A value as Athena writes it into `VarCharValue`; undefined, the missing value, for NULL. */
export function athenaText(value: BackendValue, type: string): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "number" && FLOATING.has(type)) return floatingText(value);
  if (typeof value === "string" && type.startsWith("timestamp")) {
    return timestampText(value) + (type.endsWith("with time zone") ? " UTC" : "");
  }
  return String(value);
}

/** A Trino type as `ColumnInfo` has it. */
export function columnInfo(name: string, type: string) {
  const decimal = /^decimal\((\d+), ?(\d+)\)$/.exec(type);
  return {
    CatalogName: "hive",
    SchemaName: "",
    TableName: "",
    Name: name,
    Label: name,
    Type: decimal === null ? type.replace(/\(.*?\)/, "") : "decimal",
    Precision: Number(decimal?.[1] ?? 0),
    Scale: Number(decimal?.[2] ?? 0),
    Nullable: "UNKNOWN",
    CaseSensitive: type.startsWith("varchar"),
  };
}

const FLOATING = new Set(["double", "real", "float"]);

function floatingText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);
}

// Engines of ours give ISO 8601; Athena a space, and always three digits of a second.
function timestampText(value: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z| UTC)?$/.exec(value);
  if (match === null) return value;
  const [, day, time, fraction = ""] = match;
  return `${day} ${time}.${fraction.slice(0, 3).padEnd(3, "0")}`;
}
