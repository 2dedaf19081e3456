import type { DuckDBConnection } from "@duckdb/node-api";
import { parseExact, stringifyExact } from "@turnaway/core";
import { addCoverage, type FileCoverage, type SourceFile } from "@turnaway/sources";

import { quoteLiteral } from "./flow-logs-view.ts";

/** What all files of a source held, as this run and earlier ones remembered it. */
export async function recallCoverage(
  connection: DuckDBConnection,
  source: string,
  files: readonly SourceFile[],
): Promise<FileCoverage> {
  const remembered = await recall(connection, source);
  return addCoverage(files.flatMap((file) => remembered.get(file.identity) ?? []));
}

/**
 * Keeps what was found in these files.
 *
 * It must be kept before a day is built from them: a run that is killed in between then
 * reads them once more, and never takes a day for built whose files it knows nothing of.
 */
export async function rememberCoverage(
  connection: DuckDBConnection,
  source: string,
  read: ReadonlyMap<string, FileCoverage>,
): Promise<void> {
  if (read.size === 0) return;
  const rows = [...read].map(
    ([identity, coverage]) =>
      `(${[source, identity, stringifyExact(coverage)].map(quoteLiteral).join(", ")})`,
  );
  // In slices: one statement of every file of a year would be a very long text.
  for (let i = 0; i < rows.length; i += 500) {
    await connection.run(
      `INSERT OR REPLACE INTO state.read_files VALUES ${rows.slice(i, i + 500).join(", ")}`,
    );
  }
}

async function recall(
  connection: DuckDBConnection,
  source: string,
): Promise<ReadonlyMap<string, FileCoverage>> {
  const rows = await connection.runAndReadAll(
    `SELECT identity, coverage FROM state.read_files WHERE source = ${quoteLiteral(source)}`,
  );
  return new Map(
    rows
      .getRows()
      .map(([identity, json]) => [String(identity), parseExact(String(json)) as FileCoverage]),
  );
}
