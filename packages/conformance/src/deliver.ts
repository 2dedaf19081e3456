import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { openDuckdb, quoteLiteral, textScan } from "@turnaway/engines/duckdb";
import { LAKEHOUSE_CREDENTIALS, LAKEHOUSE_REGION } from "@turnaway/testing/trino";

import { type DataSet, filesOfDataSet, simulateDataSet } from "./data-set.ts";
import { runSideBySide } from "./run-side-by-side.ts";

/** An object as both engines read it: DuckDB from the folder, Trino from the bucket. */
export interface Delivered {
  readonly key: string;
  readonly bytes: number;
}

export interface Delivery {
  readonly set: DataSet;
  /** Folder that holds what the bucket holds, under the same keys. */
  readonly folder: string;
  readonly bucket: string;
  readonly objects: readonly Delivered[];
}

/** Writes the files of a data set to a folder of their own and to a bucket of the same name. */
export async function deliver(
  set: DataSet,
  { tempDir, awsUrl }: { tempDir: string; awsUrl: string },
): Promise<Delivery> {
  const folder = path.join(tempDir, set.name);
  const bucket = set.name.replaceAll("_", "-");
  const client = new S3Client({
    endpoint: awsUrl,
    region: LAKEHOUSE_REGION,
    credentials: LAKEHOUSE_CREDENTIALS,
    forcePathStyle: true,
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const objects = await writeFiles(set, { folder, tempDir });
    await runSideBySide(objects, 8, async ({ key }) => {
      const Body = readFileSync(path.join(folder, key));
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
    });
    return { set, folder, bucket, objects };
  } finally {
    client.destroy();
  }
}

async function writeFiles(
  set: DataSet,
  { folder, tempDir }: { folder: string; tempDir: string },
): Promise<Delivered[]> {
  const parquet = set.fileFormat === "parquet" ? await openDuckdb({ tempDir }) : undefined;
  const objects: Delivered[] = [];
  try {
    for (const { key, format, text } of filesOfDataSet(set, simulateDataSet(set))) {
      const file = path.join(folder, key);
      mkdirSync(path.dirname(file), { recursive: true });
      if (parquet === undefined) {
        writeFileSync(file, gzipSync(text));
      } else {
        const plain = path.join(tempDir, "records.txt");
        writeFileSync(plain, text.slice(text.indexOf("\n") + 1));
        const records = textScan({ format, paths: [plain] });
        await parquet.connection.run(
          `COPY (SELECT * FROM ${records}) TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION gzip)`,
        );
      }
      objects.push({ key, bytes: readFileSync(file).length });
    }
  } finally {
    parquet?.close();
  }
  return objects;
}
