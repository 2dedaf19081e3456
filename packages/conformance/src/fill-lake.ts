import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { parseConfig, type QueryEngine, type S3Layout } from "@turnaway/core";
import { filesOf, simulate } from "@turnaway/simulator";
import { glueTableInput, type RawLogs, rawScope, rawTable } from "@turnaway/sql";
import { LAKEHOUSE_CREDENTIALS, LAKEHOUSE_REGION, type Lakehouse } from "@turnaway/testing/trino";

/** Simulated logs in a bucket of their own, in a folder on the disk, and as a raw table. */
export interface FilledLake {
  /** Name of the schema and of the bucket. */
  readonly schema: string;
  readonly days: readonly string[];
  readonly logs: RawLogs;
  /** The same files on the disk. */
  readonly folder: string;
  readonly bucketUri: string;
  /** Delivers one more file, under that key. */
  put(key: string, body: Uint8Array): Promise<void>;
}

export interface FillOptions {
  readonly schema: string;
  readonly layout: S3Layout;
  readonly format: "default" | "rich";
  readonly days: readonly string[];
  readonly recordsPerDay: number;
  /** Hours of the last day that are delivered, where only the settle hours of a day are wanted. */
  readonly lastHours?: number;
  /** Where the files lie on the disk. */
  readonly folder: string;
}

/** The simulated days as text, and the raw table over them. */
export async function fillLake(
  lakehouse: Lakehouse,
  engine: QueryEngine,
  { schema, layout, format, days, recordsPerDay, lastHours = 24, folder }: FillOptions,
): Promise<FilledLake> {
  const client = {
    region: LAKEHOUSE_REGION,
    endpoint: lakehouse.awsUrl,
    credentials: LAKEHOUSE_CREDENTIALS,
  };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const put = async (key: string, body: Uint8Array): Promise<void> => {
    await s3.send(new PutObjectCommand({ Bucket: schema, Key: key, Body: body }));
    const file = path.join(folder, key);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, body);
  };
  await s3.send(new CreateBucketCommand({ Bucket: schema }));
  const simulation = simulate({
    seed: 7,
    startDay: days[0]!,
    days: days.length,
    format,
    recordsPerDay,
  });
  for (const day of days) {
    const end =
      day === days.at(-1) ? Date.parse(`${day}T00:00:00Z`) / 1000 + lastHours * 3600 : Infinity;
    for (const file of filesOf(simulation, { layout, day }))
      if (file.fileTime < end) await put(file.key, gzipSync([...file.text()].join("")));
  }
  const { account, region } = simulation.settings;
  const { config } = parseConfig(
    `accounts: ["${account}"]\nregions: [${region}]\nlogs: { bucket: ${schema}, layout: ${layout}, fields: ${format} }\n`,
    "turnaway.yml",
  );
  const sql = `CREATE SCHEMA ${schema} WITH (location = 's3://${schema}/meta/')`;
  await engine.run({ name: "create schema", sql });
  const table = rawTable(config, { first: days[0]!, last: "2026-12-31" });
  const input = glueTableInput(table);
  await new GlueClient(client).send(
    new CreateTableCommand({
      DatabaseName: schema,
      TableInput: {
        ...input,
        PartitionKeys: [...input.PartitionKeys],
        StorageDescriptor: {
          ...input.StorageDescriptor,
          Columns: [...input.StorageDescriptor.Columns],
        },
      },
    }),
  );
  const logs = {
    ...rawScope(config),
    format: config.logs.format,
    fileFormat: "text",
    settleHours: 3,
  } as const;
  return { schema, days, logs, folder, bucketUri: `s3://${schema}/`, put };
}
