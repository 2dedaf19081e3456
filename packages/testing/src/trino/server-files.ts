import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Tools } from "./tools.ts";

/** Where the parts of one run listen, and where they may write. */
export interface ServerPlan {
  /** Port of Trino, on the loopback interface alone. */
  readonly port: number;
  /** S3 and Glue in one. */
  readonly awsUrl: string;
  /** Folder of this run. */
  readonly dataDir: string;
  /** Whether of a table's file only the columns that are asked for are read, however small it is. */
  readonly readsByColumn: boolean;
}

/** The region that the catalogues and all clients use. */
export const LAKEHOUSE_REGION = "us-east-1";

/** What moto lets everybody in with. */
export const LAKEHOUSE_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" } as const;

/**
 * The catalogues. The first has the name that Athena gives to Glue, since that stands in the
 * views that Athena stores; each sends a table of the other's kind there, as Athena does.
 */
export const CATALOGS = {
  hive: "awsdatacatalog",
  iceberg: "iceberg",
  /** Tables that are made in no time and gone with the server; its schema is `default`. */
  memory: "memory",
} as const;

/** Writes the configuration of a server of its own, and answers with the file that it is told. */
export async function writeServerFiles(tools: Tools, plan: ServerPlan): Promise<string> {
  const etc = path.join(plan.dataDir, "etc");
  const catalogs = path.join(etc, "catalog");
  await mkdir(catalogs, { recursive: true });
  const config = path.join(etc, "config.properties");
  await writeFile(config, properties(serverProperties(tools, plan, catalogs)));
  for (const [name, settings] of Object.entries(catalogProperties(plan))) {
    await writeFile(path.join(catalogs, `${name}.properties`), properties(settings));
  }
  return config;
}

function serverProperties(
  tools: Tools,
  { port }: ServerPlan,
  catalogs: string,
): Readonly<Record<string, string>> {
  return {
    "node.environment": "conformance",
    "node.id": "one",
    "node.bind-ip": "127.0.0.1",
    "node.internal-address": "127.0.0.1",
    coordinator: "true",
    "node-scheduler.include-coordinator": "true",
    "http-server.http.port": String(port),
    "http-server.log.enabled": "false",
    "discovery.uri": `http://127.0.0.1:${port}`,
    "catalog.config-dir": catalogs,
    "plugin.dir": tools.trino.plugins,
    "web-ui.enabled": "false",
    "query.max-history": "20",
    "query.min-expire-age": "1m",
  };
}

function catalogProperties({
  awsUrl,
  readsByColumn,
}: ServerPlan): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { accessKeyId, secretAccessKey } = LAKEHOUSE_CREDENTIALS;
  const glue = {
    "hive.metastore.glue.region": LAKEHOUSE_REGION,
    "hive.metastore.glue.endpoint-url": awsUrl,
    "hive.metastore.glue.aws-access-key": accessKeyId,
    "hive.metastore.glue.aws-secret-key": secretAccessKey,
  };
  const s3 = {
    "fs.native-s3.enabled": "true",
    "s3.endpoint": awsUrl,
    "s3.region": LAKEHOUSE_REGION,
    "s3.path-style-access": "true",
    "s3.aws-access-key": accessKeyId,
    "s3.aws-secret-key": secretAccessKey,
  };
  return {
    [CATALOGS.hive]: {
      "connector.name": "hive",
      "hive.metastore": "glue",
      ...glue,
      ...s3,
      "hive.partition-projection-enabled": "true",
      "hive.non-managed-table-writes-enabled": "true",
      "hive.iceberg-catalog-name": CATALOGS.iceberg,
    },
    [CATALOGS.iceberg]: {
      "connector.name": "iceberg",
      "iceberg.catalog.type": "glue",
      ...glue,
      ...s3,
      "iceberg.hive-catalog-name": CATALOGS.hive,
      ...(readsByColumn
        ? { "parquet.small-file-threshold": "0B", "parquet.max-merge-distance": "0B" }
        : {}),
    },
    [CATALOGS.memory]: { "connector.name": "memory" },
  };
}

function properties(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
