import {
  columnsOf,
  type Config,
  FLOW_LOG_FIELDS,
  type FlowLogField,
  partitionTemplate,
  TurnawayError,
} from "@turnaway/core";

import { partitionColumns, type RawDays, type RawScope } from "./raw-partitions.ts";
import type { ColumnType, ExternalTable, StorageFormat, TableColumn } from "./table-definition.ts";

/** What of turnaway.yml decides how the raw table looks. */
export type RawTableConfig = Pick<Config, "accounts" | "regions" | "vpcs" | "logs">;

/**
 * `flow_logs`: exactly what AWS wrote, as a table over the delivered files.
 *
 * Fields of the log format come first, in its order, because text is read by position;
 * after them every other field, which is then NULL in every row, so that one conformed
 * view fits all formats.
 *
 * @param days offered days; without it those of the retention, up to now
 * @throws TurnawayError CONFIG where the configuration names no bucket, account or region.
 */
export function rawTable(config: RawTableConfig, days?: RawDays): ExternalTable {
  const { bucket, prefix, layout, fileFormat, format, retention } = config.logs;
  if (bucket === null)
    throw missing("logs.bucket", "name the bucket that flow logs are delivered to");
  const scope = rawScope(config);
  const base = prefix === "" ? "" : `${prefix}/`;
  return {
    kind: "external",
    name: RAW_TABLE,
    means: "VPC flow logs, exactly as AWS delivered them",
    columns: rawColumns(format),
    partitions: partitionColumns(scope, {
      retentionDays: retention,
      ...(days === undefined ? {} : { days }),
    }),
    location: `s3://${bucket}/${base}AWSLogs/`,
    template: `s3://${bucket}/${template(base, layout)}`,
    storage: fileFormat === "parquet" ? PARQUET : TEXT,
  };
}

/** Name of the raw table, in every database. */
export const RAW_TABLE = "flow_logs";

/** The accounts, regions and layout of the configuration. @throws as {@link rawTable}. */
export function rawScope({ accounts, regions, vpcs, logs }: RawTableConfig): RawScope {
  const scope = {
    layout: logs.layout,
    accounts: distinct([...accounts, ...vpcs.flatMap((vpc) => vpc.account ?? [])]),
    regions: distinct([...regions, ...vpcs.flatMap((vpc) => vpc.region ?? [])]),
  };
  if (scope.accounts.length === 0)
    throw missing("accounts", "list the accounts whose traffic is logged");
  if (scope.regions.length === 0)
    throw missing("regions", "list the regions whose traffic is logged");
  return scope;
}

// The path of core with our names of columns: a field is called `region`, a column of the views `day`.
function template(base: string, layout: Config["logs"]["layout"]): string {
  const path = partitionTemplate(base, layout);
  const named = layout.startsWith("hive")
    ? path
    : path
        .replace("${year}/${month}/${day}/${hour}", "${date_hour}")
        .replace("${year}/${month}/${day}", "${date}");
  return named.replaceAll("${", "${log_");
}

function rawColumns(format: Config["logs"]["format"]): TableColumn[] {
  const logged = columnsOf(format);
  const names = new Set(logged.map(({ name }) => name));
  const others = FLOW_LOG_FIELDS.filter(({ column }) => !names.has(column));
  const means = new Map<string, string>(
    FLOW_LOG_FIELDS.map((field) => [field.column, field.means]),
  );
  return [
    ...logged.map(({ name, type }) => ({
      name,
      type: TYPES[type],
      means: means.get(name) ?? "a field that AWS has added since",
    })),
    ...others.map((field) => ({
      name: field.column,
      type: TYPES[field.type],
      means: `not in the log format: ${field.means}`,
    })),
  ];
}

const TYPES: Readonly<Record<FlowLogField["type"], ColumnType>> = {
  int: "integer",
  bigint: "bigint",
  string: "varchar",
};

const TEXT: StorageFormat = {
  serde: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  serdeProperties: { "field.delim": " ", "serialization.format": " " },
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  properties: { "skip.header.line.count": "1" },
};

const PARQUET: StorageFormat = {
  serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  serdeProperties: { "serialization.format": "1" },
  inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
  properties: {},
};

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}

function missing(where: string, fix: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: "no table of the flow logs can be made",
    where,
    why: "the configuration leaves it empty",
    fix,
  });
}
