import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { BatchCreatePartitionCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { parseConfig, type Statement } from "@turnaway/core";
import { glueTableInput, rawTable } from "@turnaway/sql";
import { LAKEHOUSE_CREDENTIALS, LAKEHOUSE_REGION, type Lakehouse } from "@turnaway/testing/trino";

import type { FilledLake } from "./fill-lake.ts";

/** What the published guides ask of the raw table, counted where they would list rows. */
export const GUIDE_QUERIES: readonly Statement[] = [
  ["reject view", "SELECT count(*) FROM (SELECT * FROM guide_logs WHERE action = 'REJECT') AS v"],
  ["accept view", "SELECT count(*) FROM (SELECT * FROM guide_logs WHERE action = 'ACCEPT') AS v"],
  [
    "rejected TCP",
    `SELECT day_of_week(from_unixtime("start")) AS day, interface_id, srcaddr, action, protocol, count(*) AS records
      FROM guide_logs WHERE action = 'REJECT' AND protocol = 6 GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC LIMIT 100`,
  ],
  [
    "top talkers",
    `SELECT sum(packets) AS packetcount, dstaddr FROM guide_logs WHERE dstport = 443
      GROUP BY dstaddr ORDER BY packetcount DESC LIMIT 10`,
  ],
  [
    "traffic by hour",
    `SELECT date_trunc('hour', from_unixtime("start")) AS hour, action, sum(bytes) AS bytes
      FROM guide_logs GROUP BY 1, 2 ORDER BY 1, 2`,
  ],
].map(([name, sql]) => ({ name: name!, sql: sql! }));

/**
 * `guide_logs`: the raw logs of as many days, without a partition that a query could name.
 * Each day is the folder of the first one again, its files gathered by hour, since a small
 * engine opens each file on its own.
 */
export async function fillGuideTable(
  { awsUrl }: Lakehouse,
  lake: FilledLake,
  days: number,
): Promise<void> {
  const client = {
    region: LAKEHOUSE_REGION,
    endpoint: awsUrl,
    credentials: LAKEHOUSE_CREDENTIALS,
  };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const location = `${lake.bucketUri}guides/`;
  for (const [hour, body] of await filesByHour(lake)) {
    const Key = `guides/${hour}.log.gz`;
    await s3.send(new PutObjectCommand({ Bucket: lake.schema, Key, Body: body }));
  }
  s3.destroy();
  const { StorageDescriptor, ...input } = glueTableInput(rawTable(configOf(lake)));
  const storage = {
    ...StorageDescriptor,
    Columns: [...StorageDescriptor.Columns],
    Location: location,
  };
  const glue = new GlueClient(client);
  await glue.send(
    new CreateTableCommand({
      DatabaseName: lake.schema,
      TableInput: {
        Name: "guide_logs",
        TableType: input.TableType,
        Parameters: { EXTERNAL: "TRUE", "skip.header.line.count": "1" },
        PartitionKeys: [{ Name: "copy", Type: "string" }],
        StorageDescriptor: storage,
      },
    }),
  );
  await glue.send(
    new BatchCreatePartitionCommand({
      DatabaseName: lake.schema,
      TableName: "guide_logs",
      PartitionInputList: Array.from({ length: days }, (_, i) => ({
        Values: [String(i)],
        StorageDescriptor: storage,
      })),
    }),
  );
  glue.destroy();
}

function configOf({ schema, logs }: FilledLake) {
  const { accounts, regions, layout, format } = logs;
  return parseConfig(
    `accounts: ["${accounts.join('", "')}"]\nregions: [${regions.join(", ")}]\n` +
      `logs: { bucket: ${schema}, layout: ${layout}, fields: "${format.fields.join(" ")}" }\n`,
    "turnaway.yml",
  ).config;
}

/** The files of the first day, one an hour, each with one header. */
async function filesByHour({ folder, days }: FilledLake): Promise<ReadonlyMap<string, Uint8Array>> {
  const own = days[0]!.replaceAll("-", "");
  const texts = new Map<string, string>();
  for (const file of (await readdir(folder, { recursive: true })).toSorted()) {
    const hour = new RegExp(`_${own}T(\\d\\d)\\d\\dZ_`).exec(file)?.[1];
    if (hour === undefined) continue;
    const text = gunzipSync(await readFile(path.join(folder, file))).toString();
    const known = texts.get(hour);
    texts.set(hour, known === undefined ? text : known + text.slice(text.indexOf("\n") + 1));
  }
  return new Map([...texts].map(([hour, text]) => [hour, gzipSync(text)]));
}
