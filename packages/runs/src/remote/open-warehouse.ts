import { type Config, type QueryEngine, TurnawayError } from "@turnaway/core";
import { type ListFiles, listFilesInS3, type Warehouse } from "@turnaway/engines/warehouse";
import { createS3Client, newestDay } from "@turnaway/sources/s3";
import { type RawLogs, rawScope, type WarehousePlace } from "@turnaway/sql";

import type { WarehouseEngine } from "../choose-engine.ts";
import type { Ports } from "../ports.ts";
import type { Settings } from "../read-settings.ts";
import { withEngine } from "./open-engine.ts";
import { type QueryLog, recordQueries } from "./record-queries.ts";

/** Raw logs and rollup on Athena or Trino. */
export interface OpenWarehouse {
  readonly warehouse: Warehouse;
  /** Everything that was asked of the engine so far. */
  readonly log: QueryLog;
  /** The newest UTC day that has files, by a listing; null where there is none. */
  readonly newestDay: () => Promise<string | null>;
}

/** Opens the engine of turnaway.yml, hands it to `use` with the bucket beside it, and closes both. */
export async function withWarehouse<T>(
  name: WarehouseEngine,
  settings: Settings,
  ports: Ports,
  use: (open: OpenWarehouse) => Promise<T>,
): Promise<T> {
  const logs = rawLogs(settings);
  return withEngine(name, settings, ports, async (engine) => {
    const bucket = openBucket(settings.config, ports);
    const log = recordQueries(engine);
    try {
      return await use({
        log,
        warehouse: {
          engine: log.engine,
          place: placeOf(engine, settings.config),
          logs,
          settings: settings.sql,
          listFiles: bucket.listFiles,
          now: () => Date.now() / 1000,
        },
        newestDay: bucket.newestDay,
      });
    } finally {
      await bucket.close();
    }
  });
}

type Client = Awaited<ReturnType<typeof createS3Client>>;

interface Bucket extends Pick<OpenWarehouse, "newestDay"> {
  readonly listFiles: ListFiles;
  readonly close: () => Promise<void>;
}

// A client is made for the first listing: a query of tables needs no access to the bucket.
function openBucket({ logs }: Config, { env, signal }: Ports): Bucket {
  let made: Promise<{ client: Client; uri: string }> | undefined;
  const open = (): NonNullable<typeof made> => (made ??= connect());
  const connect = async (): NonNullable<typeof made> => {
    const bucket = requireBucket(logs.bucket);
    const uri = logs.prefix === "" ? `s3://${bucket}` : `s3://${bucket}/${logs.prefix}`;
    return { client: await createS3Client(env, { bucket }), uri };
  };
  return {
    async listFiles(span, own) {
      const { client, uri } = await open();
      return listFilesInS3(client, uri)(span, own);
    },
    async newestDay() {
      const { client, uri } = await open();
      return newestDay(uri, { client, signal });
    },
    async close() {
      if (made !== undefined) (await made.catch(() => undefined))?.client.destroy();
    },
  };
}

/** What the raw logs are like; `--fields` goes before the configuration. */
export function rawLogs({ config, format }: Settings): RawLogs {
  return {
    ...rawScope(config),
    format: format ?? config.logs.format,
    fileFormat: config.logs.fileFormat,
    settleHours: config.report.settleHours,
  };
}

function placeOf({ dialect }: QueryEngine, config: Config): WarehousePlace {
  if (dialect === "trino") {
    const { schema, icebergCatalog } = config.trino;
    return { dialect, schema, icebergCatalog, location: null };
  }
  const { database, warehouse } = config.athena;
  const { bucket } = config.logs;
  const location = warehouse ?? (bucket === null ? null : `s3://${bucket}/turnaway/`);
  return { dialect, schema: database, icebergCatalog: null, location };
}

function requireBucket(bucket: string | null): string {
  if (bucket !== null) return bucket;
  throw new TurnawayError("CONFIG", {
    what: "no bucket of logs",
    where: "logs.bucket",
    why: "the configuration names none",
    fix: "set it to the bucket that flow logs are delivered to",
  });
}
