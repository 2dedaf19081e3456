import { tmpdir } from "node:os";

import type { LogFormat, QueryEngine } from "@turnaway/core";
import {
  type FileCoverage,
  readBatches,
  type ReadProgress,
  type SourceFile,
} from "@turnaway/sources";
import {
  composeSql,
  getSqlFile,
  listSqlFiles,
  type SqlFile,
  type SqlSettings,
} from "@turnaway/sql";

import { findDamagedParquet } from "./damaged-parquet.ts";
import { createDuckdbEngine } from "./duckdb-engine.ts";
import { flowLogsQuery } from "./flow-logs-view.ts";
import { openWorkspace } from "./open-workspace.ts";
import { fastTempRoot } from "./temp-root.ts";

export interface OpenLogsOptions {
  readonly files: readonly SourceFile[];
  readonly settings: SqlSettings;
  /** The statement that will be run: the views that it names are made, no others. */
  readonly sql: string;
  readonly format?: LogFormat;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** The raw logs of a source as `flow_logs`, with the views over it. */
export interface Logs {
  readonly engine: QueryEngine;
  readonly coverage: FileCoverage;
  close(): void;
}

/** Verifies every file, and makes the records queryable as logged. */
export async function openLogs(options: OpenLogsOptions): Promise<Logs> {
  const { files, settings, signal } = options;
  const { connection, textDir, close } = await openWorkspace(signal, textRootFor(files));
  try {
    // One batch, since a query may read its table more than once.
    const reader = readBatches(files, {
      tempDir: textDir,
      signal,
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
    let query = flowLogsQuery([], []);
    for await (const batch of reader) {
      // A statement that fails in the middle could not say which file it was.
      const good = batch.without(await findDamagedParquet(connection, batch.parquet));
      query = flowLogsQuery(good.text, good.parquet);
    }
    await connection.run(`CREATE TEMP VIEW flow_logs AS ${query}`);
    for (const { kind, name } of neededRelations(options.sql)) {
      const body = composeSql(getSqlFile(kind, name), settings, ALL_RECORDS);
      await connection.run(`CREATE TEMP ${kind === "views" ? "VIEW" : "TABLE"} ${name} AS ${body}`);
    }
    return { engine: createDuckdbEngine(connection), coverage: reader.coverage(), close };
  } catch (error) {
    close();
    throw error;
  }
}

const ALL_RECORDS = { partition_columns: "", records_of_day: "TRUE" };

/** Plain text of flow logs for a stored byte, at most. */
const USUAL_RATIO = 10;

// Memory is for what surely fits; a month of logs goes to the disk.
function textRootFor(files: readonly SourceFile[]): string {
  const stored = files.reduce((sum, { size }) => sum + size, 0);
  return stored * USUAL_RATIO < 1_000_000_000 ? fastTempRoot() : tmpdir();
}

// A statement that makes a relation itself, in its WITH, does not need ours.
function names(sql: string, relation: string): boolean {
  const own = new RegExp(`\\b${relation}\\s+AS\\s*\\(`, "i");
  return new RegExp(`\\b${relation}\\b`, "i").test(sql) && !own.test(sql);
}

// The views and rollups that a statement names, and those that they read, first things first.
function neededRelations(sql: string): SqlFile[] {
  const known = [...listSqlFiles("views"), ...listSqlFiles("rollups")];
  const found: SqlFile[] = [];
  const visit = (text: string): void => {
    for (const file of known) {
      if (found.includes(file) || !names(text, file.name)) continue;
      visit(file.reads ?? "");
      found.push(file);
    }
  };
  visit(sql);
  return found;
}
