import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  type Config,
  DEFAULT_FORMAT,
  defaultConfig,
  type QueryEngine,
  RICH_FORMAT,
} from "@turnaway/core";
import {
  composeSql,
  cutStages,
  DEFAULT_SETTINGS,
  getSqlFile,
  listSqlFiles,
  partitionColumnList,
  partitionPredicate,
  rawScope,
  rollupStagesIn,
  type SqlFile,
} from "@turnaway/sql";
import { CATALOGS, LAKEHOUSE_CREDENTIALS, LAKEHOUSE_REGION } from "@turnaway/testing/trino";

import { DAYS, SPAN } from "./data-set.ts";
import type { Delivery } from "./deliver.ts";
import { synthesizedTable } from "./synthesized-table.ts";

/** The configuration that somebody with these logs would have written. */
export function configOf({ set, bucket }: Delivery): Config {
  const base = defaultConfig();
  return {
    ...base,
    accounts: ["111122223333"],
    regions: ["eu-central-1"],
    vpcs: [],
    infrastructure: {
      ...base.infrastructure,
      account: "111122223333",
      region: "eu-central-1",
    },
    logs: {
      ...base.logs,
      bucket,
      prefix: "",
      layout: set.layout,
      fileFormat: set.fileFormat,
      format: set.format === "rich" ? RICH_FORMAT : DEFAULT_FORMAT,
    },
  };
}

/** Folders of all days, and the one after them for the last records. */
export function allPartitions(delivery: Delivery): string {
  return partitionPredicate(rawScope(configOf(delivery)), { ...SPAN, end: SPAN.end + 3600 });
}

/** Folders of one day, and of the hour after it. */
export function dayPartitions(delivery: Delivery, day: string): string {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  return partitionPredicate(rawScope(configOf(delivery)), { start, end: start + 86_400 + 3600 });
}

/** The database and the raw table, as the infrastructure makes them. */
export async function createRawTable(delivery: Delivery, awsUrl: string): Promise<void> {
  const client = new GlueClient({
    endpoint: awsUrl,
    region: LAKEHOUSE_REGION,
    credentials: LAKEHOUSE_CREDENTIALS,
  });
  const days = { first: DAYS[0]!, last: DAYS.at(-1)! };
  try {
    await client.send(
      new CreateDatabaseCommand({
        DatabaseInput: { Name: delivery.set.name, LocationUri: `s3://${delivery.bucket}/tables/` },
      }),
    );
    const input = synthesizedTable(configOf(delivery), { ...days, last: nextDay(days.last) });
    await client.send(
      new CreateTableCommand({
        DatabaseName: delivery.set.name,
        // The types of the SDK are mutable; nobody changes it.
        TableInput: structuredClone(input) as never,
      }),
    );
  } finally {
    client.destroy();
  }
}

/** The views over the raw table, first things first. */
export const VIEWS = [
  "flow_records",
  "flow_logs_day",
  "flows",
  "vpc_accept_traffic",
  "vpc_reject_traffic",
] as const;

export async function createViews(engine: QueryEngine, delivery: Delivery): Promise<void> {
  const fragments = { partition_columns: partitionColumnList(delivery.set.layout) };
  for (const name of VIEWS) {
    const sql = composeSql(getSqlFile("views", name), DEFAULT_SETTINGS, fragments);
    await engine.run({ name, sql: `CREATE VIEW ${name} SECURITY INVOKER AS ${sql}` });
  }
}

/** The stage and both rollups over all days at once, as tables of the Iceberg catalogue. */
export async function buildRollups(engine: QueryEngine, delivery: Delivery): Promise<void> {
  const schema = `${CATALOGS.iceberg}.${delivery.set.name}`;
  const keep = async (name: string, sql: string): Promise<void> => {
    await engine.run({ name, sql: `CREATE TABLE ${schema}.${name} AS ${sql}` });
  };
  const rollup = (name: string): string =>
    composeSql(getSqlFile("rollups", name), DEFAULT_SETTINGS, {
      records_of_day: allPartitions(delivery),
    });
  for (const { name } of inOrder(listSqlFiles("rollups"))) {
    const sql = rollup(name);
    const cut = cutStages(sql, rollupStagesIn(sql), (stage) => `SELECT * FROM kept_${stage}`);
    for (const stage of cut.stages) await keep(`kept_${stage.name}`, stage.sql);
    await keep(name, cut.sql);
  }
}

/** Each after those that it reads. */
export function inOrder(files: readonly SqlFile[]): SqlFile[] {
  const sorted: SqlFile[] = [];
  const visit = (file: SqlFile): void => {
    if (sorted.includes(file)) return;
    for (const below of files) if (file.reads?.split(/,\s*/).includes(below.name)) visit(below);
    sorted.push(file);
  };
  files.forEach(visit);
  return sorted;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
