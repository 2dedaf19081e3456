import { tmpdir } from "node:os";

import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import { type QueryEngine, type QueryResult, type SqlValue, TurnawayError } from "@turnaway/core";
import { composeSql, getSqlFile, type SqlSettings } from "@turnaway/sql";

import { createDuckdbEngine } from "./duckdb-engine.ts";
import { flowLogsQuery } from "./flow-logs-view.ts";
import { openDuckdb } from "./open-duckdb.ts";
import { makeTempFolder } from "./temp-folder.ts";

export interface OpenAnswerOptions {
  /** Table that the rows go to. */
  readonly table: string;
  /** The statement over `flow_records` that they answer: DuckDB's types of its columns are the table's. */
  readonly sql: string;
  readonly settings: SqlSettings;
  readonly rows: QueryResult["rows"];
}

/** An answer as a table of its own database. */
export interface OpenAnswer {
  readonly engine: QueryEngine;
  close(): void;
}

/**
 * Keeps the answer of another engine, so that what would cost that engine many scans, or more
 * stages than it has, is asked here: the same text over the same rows.
 *
 * @throws TurnawayError BUG where the answer lacks a column.
 */
export async function openAnswer(options: OpenAnswerOptions): Promise<OpenAnswer> {
  const spill = makeTempFolder(tmpdir());
  const session = await openDuckdb({ tempDir: spill.path });
  const close = (): void => {
    session.close();
    spill.remove();
  };
  try {
    await createTable(session.connection, options);
    await appendRows(session.connection, options);
    return { engine: createDuckdbEngine(session.connection), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function createTable(
  connection: DuckDBConnection,
  { table, sql, settings }: OpenAnswerOptions,
): Promise<void> {
  const records = composeSql(getSqlFile("views", "flow_records"), settings, {
    partition_columns: "",
  });
  await connection.run(`CREATE TEMP VIEW flow_logs AS ${flowLogsQuery([], [])}`);
  await connection.run(`CREATE TEMP VIEW flow_records AS ${records}`);
  await connection.run(`CREATE TABLE ${table} AS ${sql}`);
}

/** What a chunk holds at most. */
const CHUNK_ROWS = 2048;

async function appendRows(
  connection: DuckDBConnection,
  { table, rows }: OpenAnswerOptions,
): Promise<void> {
  const shape = await connection.runAndReadAll(`SELECT * FROM ${table}`);
  const [names, types] = [shape.columnNames(), shape.columnTypes()];
  const [first] = rows;
  const missing = first === undefined ? undefined : names.find((name) => !(name in first));
  if (missing !== undefined) {
    throw new TurnawayError("BUG", {
      what: "an answer lacks a column",
      where: table,
      why: `there is no ${missing} in it`,
    });
  }
  const appender = await connection.createAppender(table);
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(
      rows
        .slice(from, from + CHUNK_ROWS)
        .map((row) => names.map((name, i) => toValue(row[name] ?? null, types[i]!))),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

// Whole numbers came as number where that is exact, and as bigint where not.
function toValue(value: SqlValue, type: DuckDBType): DuckDBValue {
  if (typeof value !== "number" && typeof value !== "bigint") return value;
  if (type instanceof DuckDBDecimalType && type.scale === 0)
    return new DuckDBDecimalValue(BigInt(value), type.width, type.scale);
  return /^U?(?:BIGINT|HUGEINT)$/.test(type.toString()) ? BigInt(value) : value;
}
