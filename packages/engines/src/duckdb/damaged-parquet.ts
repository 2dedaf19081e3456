import type { DuckDBConnection } from "@duckdb/node-api";

import { type ParquetGroup, quoteIdentifier, quoteLiteral } from "./flow-logs-view.ts";

/**
 * Parquet files that can't be decoded to their end, by path, with what is wrong with each.
 *
 * A footer can be good over pages that are not, and only decoding tells. All files are
 * decoded at once; one by one only where that fails.
 */
export async function findDamagedParquet(
  connection: DuckDBConnection,
  groups: readonly ParquetGroup[],
): Promise<ReadonlyMap<string, string>> {
  const damaged = new Map<string, string>();
  for (const { columns, paths } of groups) {
    if ((await decode(connection, columns, paths)) === null) continue;
    for (const path of paths) {
      const why = await decode(connection, columns, [path]);
      if (why !== null) damaged.set(path, `the Parquet file is damaged: ${why}`);
    }
  }
  return damaged;
}

// A hash over every value makes the engine decode all of them and keep none.
async function decode(
  connection: DuckDBConnection,
  columns: ParquetGroup["columns"],
  paths: readonly string[],
): Promise<string | null> {
  const values = columns.map(({ source }) => quoteIdentifier(source)).join(", ");
  const files = paths.map(quoteLiteral).join(", ");
  try {
    await connection.run(
      `SELECT max(hash(${values})) FROM read_parquet([${files}], union_by_name = true)`,
    );
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.split("\n")[0]!.replace(/[.!]+$/, "");
  }
}
