import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

import type { LogFormat, QueryEngine, Row } from "@turnaway/core";
import type { BatchReader, FileCoverage, ReadProgress, SourceFile } from "@turnaway/sources";
import { readBatches } from "@turnaway/sources";
import type { SqlSettings } from "@turnaway/sql";

import { type DayPlanInput } from "./day-plan.ts";
import { createDuckdbEngine, runStatement } from "./duckdb-engine.ts";
import { rememberCoverage } from "./file-coverage.ts";
import { openDuckdb } from "./open-duckdb.ts";
import { attachState, type StateOptions } from "./state-file.ts";
import { fastTempRoot } from "./temp-root.ts";
import { openTrafficStore } from "./traffic-store.ts";
import { updateTraffic } from "./update-traffic.ts";

export interface OpenTrafficOptions {
  readonly files: readonly SourceFile[];
  /** Names the log folder in the state file. */
  readonly source: string;
  readonly settings: SqlSettings;
  readonly state: StateOptions & { readonly shareDays: boolean };
  readonly settleHours: number;
  readonly wanted: DayPlanInput["wanted"];
  /** Format of files without a header. */
  readonly format?: LogFormat;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** The rollups of a source, ready for queries. */
export interface Traffic {
  readonly engine: QueryEngine;
  /** UTC days that were built in this run. */
  readonly built: readonly string[];
  /** What the reader found in the files, from this run or remembered. */
  readonly coverage: FileCoverage;
  /** Records as logged over everything read: status, action, records, bytes, first and last. */
  readonly logged: readonly Row[];
  readonly interfaces: number;
  /** Records without a start: they belong to no day. */
  readonly undated: number;
  /** Hours that have records. */
  readonly hours: readonly Row[];
  close(): void;
}

/** Opens the state, reads what changed, and makes the rollups ready. */
export async function openTraffic(options: OpenTrafficOptions): Promise<Traffic> {
  const tempDir = mkdtempSync(path.join(fastTempRoot(), "turnaway-"));
  const database = await openDuckdb({ tempDir: path.join(tempDir, "spill") });
  const close = (): void => {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  };
  try {
    const { connection } = database;
    const { signal, source, settings } = options;
    await attachState(connection, { ...options.state, signal });
    const store = await openTrafficStore({
      connection,
      settings,
      source,
      shareDays: options.state.shareDays,
    });
    const read = (files: readonly SourceFile[]): BatchReader =>
      readBatches(files, {
        tempDir,
        signal,
        ...(options.format === undefined ? {} : { format: options.format }),
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      });
    const update = await updateTraffic({ ...options, store, read });
    const coverage = await rememberCoverage(connection, source, options.files, update.readers);
    await store.publish();
    const ask = async (sql: string): Promise<readonly Row[]> =>
      (await runStatement(connection, { name: "coverage", sql }, signal)).rows;
    const sums = (await ask(SUMS))[0]!;
    return {
      engine: createDuckdbEngine(connection),
      built: update.built,
      coverage,
      logged: await ask(LOGGED),
      interfaces: Number(sums["interfaces"] ?? 0),
      undated: Number(sums["undated"] ?? 0),
      hours: await ask(HOURS),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

const LOGGED = `SELECT log_status, action, sum(records) AS records, sum(bytes) AS bytes,
  min(first_start) AS first_start, max(last_end) AS last_end
  FROM coverage_rollup GROUP BY log_status, action ORDER BY log_status, action`;

const SUMS = `SELECT count(DISTINCT interface_id) AS interfaces,
  sum(CASE WHEN hour IS NULL THEN records ELSE 0 END) AS undated FROM coverage_rollup`;

const HOURS = `SELECT hour, min(first_start) AS first_start, max(last_end) AS last_end
  FROM coverage_rollup WHERE hour IS NOT NULL GROUP BY hour ORDER BY hour`;
