import type { CreateTable, TablePartition } from "./create-table.ts";
import { literal, quote, type TranslateOptions, tableName } from "./names.ts";

/** The same table as Trino makes it: in the Iceberg catalog, or over files with Hive's. */
export function writeCreateTable(table: CreateTable, options: TranslateOptions): string {
  return isIceberg(table) ? icebergTable(table, options) : hiveTable(table, options);
}

function isIceberg({ properties }: CreateTable): boolean {
  return properties["table_type"]?.toUpperCase() === "ICEBERG";
}

function icebergTable(table: CreateTable, options: TranslateOptions): string {
  const { partitions, location, properties } = table;
  // Iceberg keeps times to the microsecond, and nothing else.
  const columns = table.columns.map((column) => ({
    ...column,
    type: column.type.replaceAll("timestamp(3)", "timestamp(6)"),
  }));
  return statement(table, tableName(table.name, options.iceberg, options), {
    columns: columns.map((column) => columnText(column)),
    properties: [
      `format = ${literal((properties["format"] ?? "PARQUET").toUpperCase())}`,
      ...(partitions.length > 0
        ? [`partitioning = ${array(partitions.map(({ name }) => name))}`]
        : []),
      ...(location === null ? [] : [`location = ${literal(location)}`]),
    ],
  });
}

function hiveTable(table: CreateTable, options: TranslateOptions): string {
  const { partitions, location, properties, delimiter } = table;
  const projected = properties["projection.enabled"] === "true";
  const format = formatOf(table);
  const template = properties["storage.location.template"];
  const header = properties["skip.header.line.count"];
  return statement(table, tableName(table.name, options.hive, options), {
    columns: [
      ...table.columns.map((column) => columnText(column)),
      ...partitions.map((partition) =>
        columnText(
          { ...partition, type: partition.type ?? "varchar" },
          projected ? projectionOf(partition, properties) : [],
        ),
      ),
    ],
    properties: [
      `format = ${literal(format)}`,
      ...(location === null ? [] : [`external_location = ${literal(location)}`]),
      ...(partitions.length > 0
        ? [`partitioned_by = ${array(partitions.map(({ name }) => name))}`]
        : []),
      ...(format === "TEXTFILE" && delimiter !== null
        ? [`textfile_field_separator = ${literal(delimiter)}`]
        : []),
      ...(header === undefined ? [] : [`skip_header_line_count = ${Number(header)}`]),
      ...(projected ? ["partition_projection_enabled = true"] : []),
      ...(projected && template !== undefined
        ? [`partition_projection_location_template = ${literal(template)}`]
        : []),
    ],
  });
}

interface Parts {
  readonly columns: readonly string[];
  readonly properties: readonly string[];
}

function statement(
  { ifNotExists, comment }: CreateTable,
  name: string,
  { columns, properties }: Parts,
): string {
  return [
    `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${name} (`,
    columns.map((column) => `  ${column}`).join(",\n"),
    ")",
    ...(comment === null ? [] : [`COMMENT ${literal(comment)}`]),
    `WITH (${properties.join(", ")})`,
  ].join("\n");
}

function columnText(
  { name, type, comment }: { name: string; type: string; comment: string | null },
  properties: readonly string[] = [],
): string {
  const about = comment === null ? "" : ` COMMENT ${literal(comment)}`;
  return `${quote(name)} ${type}${about}${properties.length === 0 ? "" : ` WITH (${properties.join(", ")})`}`;
}

function formatOf({ storedAs, serde }: CreateTable): string {
  const text = `${storedAs ?? ""} ${serde ?? ""}`;
  if (/parquet/i.test(text)) return "PARQUET";
  if (/orc/i.test(text)) return "ORC";
  if (/json/i.test(text)) return "JSON";
  return "TEXTFILE";
}

function projectionOf(
  { name }: TablePartition,
  properties: Readonly<Record<string, string>>,
): string[] {
  const of = (key: string): string | undefined => properties[`projection.${name}.${key}`];
  const list = (key: string): string[] | undefined => of(key)?.split(",");
  const [type, values, range] = [of("type"), list("values"), list("range")];
  const [format, digits] = [of("format"), of("digits")];
  const [interval, unit] = [of("interval"), of("interval.unit")];
  return [
    ...(type ? [`partition_projection_type = ${literal(type.toUpperCase())}`] : []),
    ...(values ? [`partition_projection_values = ${array(values)}`] : []),
    ...(range ? [`partition_projection_range = ${array(range)}`] : []),
    ...(format ? [`partition_projection_format = ${literal(format)}`] : []),
    ...(digits ? [`partition_projection_digits = ${Number(digits)}`] : []),
    ...(interval ? [`partition_projection_interval = ${Number(interval)}`] : []),
    ...(unit ? [`partition_projection_interval_unit = ${literal(unit.toUpperCase())}`] : []),
  ];
}

function array(values: readonly string[]): string {
  return `ARRAY[${values.map(literal).join(", ")}]`;
}
