import { mkdirSync } from "node:fs";

import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { DUCKDB_MACROS } from "@turnaway/sql";

export interface DuckdbOptions {
  /** Folder for what does not fit in memory; made when absent. */
  readonly tempDir: string;
  /** Default is 900 MB: with Node and the readers beside it a report stays under 1.5 GiB. */
  readonly memoryLimit?: string;
  /** Default is the number of cores. */
  readonly threads?: number;
}

/**
 * One embedded database for one run, with the Trino functions that our SQL uses.
 *
 * Nothing is fetched at run time: extensions can neither be installed nor loaded.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<DuckdbSession> {
  mkdirSync(options.tempDir, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: options.memoryLimit ?? "900MB",
    temp_directory: options.tempDir,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    preserve_insertion_order: "false",
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const macro of DUCKDB_MACROS) await connection.run(macro);
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export interface DuckdbSession {
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}
