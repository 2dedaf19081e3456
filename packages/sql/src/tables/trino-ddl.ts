import type { IcebergTable } from "./table-definition.ts";

/** `CREATE TABLE` of an Iceberg catalog of Trino; without a location the schema decides it. */
export function trinoTableDdl(
  { name, means, columns, partitionedBy }: IcebergTable,
  { qualifier = "", location }: { qualifier?: string; location?: string } = {},
): string {
  const list = columns
    .map((column) => `  "${column.name}" ${column.type} COMMENT ${literal(column.means)}`)
    .join(",\n");
  const options = [
    "format = 'PARQUET'",
    `partitioning = ARRAY[${partitionedBy.map(literal).join(", ")}]`,
    ...(location === undefined ? [] : [`location = ${literal(location)}`]),
  ];
  return [
    `CREATE TABLE IF NOT EXISTS ${qualifier}"${name}" (`,
    list,
    ")",
    `COMMENT ${literal(means)}`,
    `WITH (${options.join(", ")})`,
  ].join("\n");
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
