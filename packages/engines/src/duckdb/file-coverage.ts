import type { DuckDBConnection } from "@duckdb/node-api";
import { parseExact, stringifyExact } from "@turnaway/core";
import { addCoverage, type BatchReader, type FileCoverage, type SourceFile } from "@turnaway/sources";

import { quoteLiteral } from "./flow-logs-view.ts";

/**
 * What all files of a source held: those read in this run from their reader, the
 * others as an earlier run remembered them.
 */
export async function rememberCoverage(
  connection: DuckDBConnection,
  source: string,
  files: readonly SourceFile[],
  readers: readonly BatchReader[],
): Promise<FileCoverage> {
  const read = new Map(readers.flatMap((reader) => [...reader.coverageByFile()]));
  await store(connection, source, read);
  const remembered = await recall(connection, source);
  return addCoverage(
    files.flatMap((file) => read.get(file.identity) ?? remembered.get(file.identity) ?? []),
  );
}

async function store(
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
