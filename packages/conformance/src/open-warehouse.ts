import type { QueryEngine, QueryResult, Statement } from "@turnaway/core";
import { listFilesInS3, type Warehouse } from "@turnaway/engines/warehouse";
import { createS3Client } from "@turnaway/sources/s3";
import { DEFAULT_SETTINGS, type WarehousePlace } from "@turnaway/sql";
import {
  CATALOGS,
  LAKEHOUSE_CREDENTIALS,
  LAKEHOUSE_REGION,
  type Lakehouse,
} from "@turnaway/testing/trino";

import type { FilledLake } from "./fill-lake.ts";

/** What a check may do with a statement of the warehouse: hold it, or fail instead. */
export type Around = (
  statement: Statement,
  run: () => Promise<QueryResult>,
) => Promise<QueryResult>;

export interface WarehouseTime {
  /** Hours by which the clock of the warehouse is ahead. */
  readonly ahead?: number;
}

/** The warehouse over a filled lake, as Trino runs it, or Athena. */
export async function openWarehouse(
  lakehouse: Lakehouse,
  { engine, lake }: { engine: QueryEngine; lake: FilledLake },
  around: Around = (_statement, run) => run(),
  { ahead = 0 }: WarehouseTime = {},
): Promise<Warehouse> {
  const client = await createS3Client({
    AWS_ENDPOINT_URL: lakehouse.awsUrl,
    AWS_REGION: LAKEHOUSE_REGION,
    AWS_ACCESS_KEY_ID: LAKEHOUSE_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LAKEHOUSE_CREDENTIALS.secretAccessKey,
  });
  return {
    engine: {
      ...engine,
      run: (statement, signal) => around(statement, () => engine.run(statement, signal)),
    },
    place: placeOf(engine, lake),
    logs: lake.logs,
    settings: DEFAULT_SETTINGS,
    listFiles: listFilesInS3(client, lake.bucketUri),
    now: () => Date.now() / 1000 + ahead * 3600,
  };
}

function placeOf({ dialect }: QueryEngine, { schema, bucketUri }: FilledLake): WarehousePlace {
  return dialect === "athena"
    ? { dialect, schema, icebergCatalog: null, location: `${bucketUri}lake/` }
    : { dialect, schema, icebergCatalog: CATALOGS.iceberg, location: null };
}
