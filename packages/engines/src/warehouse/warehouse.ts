import { type QueryEngine, type QueryResult, type Statement } from "@turnaway/core";
import {
  createTable,
  type RawLogs,
  ROLLUP_TABLES,
  type SqlSettings,
  type WarehousePlace,
} from "@turnaway/sql";

import type { ListFiles } from "./list-files.ts";

/**
 * Raw logs and rollups on an engine that is shared: Athena, or a Trino of one's own.
 *
 * Everything goes through the {@link QueryEngine} port. What a build is, and why nobody
 * ever sees half of one, stands in docs/adr/0008-tables-rollup-and-views-at-scale.md.
 */
export interface Warehouse {
  readonly engine: QueryEngine;
  readonly place: WarehousePlace;
  readonly logs: RawLogs;
  readonly settings: SqlSettings;
  /** Which files were delivered, and when. */
  readonly listFiles: ListFiles;
  /** Unix seconds. */
  readonly now: () => number;
}

/** Makes the tables of the rollup where they are not there yet. */
export async function createRollupTables(
  warehouse: Warehouse,
  signal?: AbortSignal,
): Promise<void> {
  for (const table of ROLLUP_TABLES) {
    const sql = createTable(warehouse.place, table);
    await warehouse.engine.run({ name: `create ${table.name}`, sql }, signal);
  }
}

/** Runs one of our statements; a signal that was aborted before stops it. */
export function run(
  { engine }: Warehouse,
  statement: Statement,
  signal?: AbortSignal,
): Promise<QueryResult> {
  signal?.throwIfAborted();
  return engine.run(statement, signal);
}

/** The fields of the log format, as coverage names them. */
export function formatName({ logs }: Warehouse): string {
  return logs.format.fields.join(" ");
}
