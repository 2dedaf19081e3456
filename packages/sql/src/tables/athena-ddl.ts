import { hiveType, tableProperties } from "./glue-table-input.ts";
import type {
  ExternalTable,
  IcebergTable,
  TableColumn,
  TableDefinition,
} from "./table-definition.ts";

/**
 * `CREATE TABLE` as Athena takes it.
 *
 * @param location of an Iceberg table: `s3://bucket/folder/`, which becomes its own
 */
export function athenaTableDdl(table: ExternalTable): string;
export function athenaTableDdl(table: IcebergTable, location: string): string;
export function athenaTableDdl(table: TableDefinition, location = ""): string {
  return table.kind === "external" ? externalDdl(table) : icebergDdl(table, location);
}

function externalDdl(table: ExternalTable): string {
  const { name, means, columns, partitions, location, storage } = table;
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS \`${name}\` (`,
    columnList(columns),
    ")",
    `COMMENT ${text(means)}`,
    "PARTITIONED BY (",
    columnList(partitions.map((column) => ({ ...column, type: "varchar" as const }))),
    ")",
    `ROW FORMAT SERDE ${text(storage.serde)}`,
    `WITH SERDEPROPERTIES (${properties(storage.serdeProperties)})`,
    `STORED AS INPUTFORMAT ${text(storage.inputFormat)}`,
    `OUTPUTFORMAT ${text(storage.outputFormat)}`,
    `LOCATION ${text(location)}`,
    `TBLPROPERTIES (${properties(tableProperties(table))})`,
  ].join("\n");
}

function icebergDdl(
  { name, means, columns, partitionedBy }: IcebergTable,
  location: string,
): string {
  return [
    `CREATE TABLE IF NOT EXISTS \`${name}\` (`,
    columnList(columns),
    ")",
    `COMMENT ${text(means)}`,
    `PARTITIONED BY (${partitionedBy.map((column) => `\`${column}\``).join(", ")})`,
    `LOCATION ${text(location)}`,
    "TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')",
  ].join("\n");
}

function columnList(columns: readonly TableColumn[]): string {
  return columns
    .map(({ name, type, means }) => `  \`${name}\` ${hiveType(type)} COMMENT ${text(means)}`)
    .join(",\n");
}

function properties(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${text(key)} = ${text(value)}`)
    .join(", ");
}

// Hive knows backslashes where SQL doubles a quote.
function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
