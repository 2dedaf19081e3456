import type { LogFormat, QueryEngine, Row } from "@turnaway/core";
import type { BatchReader, FileCoverage, ReadProgress, SourceFile } from "@turnaway/sources";
import { readBatches } from "@turnaway/sources";
import type { SqlSettings } from "@turnaway/sql";

import { type DayPlanInput } from "./day-plan.ts";
import { createDuckdbEngine, runStatement } from "./duckdb-engine.ts";
import { recallCoverage, rememberCoverage } from "./file-coverage.ts";
import { quoteLiteral } from "./flow-logs-view.ts";
import { openWorkspace } from "./open-workspace.ts";
import { publishBuilds } from "./publish-builds.ts";
import { attachState, stateError, type StateOptions } from "./state-file.ts";
import { openTrafficStore } from "./traffic-store.ts";
import { updateTraffic } from "./update-traffic.ts";

export interface OpenTrafficOptions {
  readonly files: readonly SourceFile[];
  /** Names the log folder in the state file. */
  readonly source: string;
  /** The same for people. */
  readonly sourceName: string;
  readonly settings: SqlSettings;
  readonly state: StateOptions & { readonly shareDays: boolean };
  readonly settleHours: number;
  readonly wanted: DayPlanInput["wanted"];
  /** Build the wanted days again even when nothing changed. */
  readonly rebuild?: boolean;
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
  /**
   * Lets go of the state file, so that other runs need not wait. What was copied into tables of
   * the session stays; the rollups are gone.
   */
  release(): Promise<void>;
  close(): void;
}

/** Opens the state, reads what changed, and makes the rollups ready. */
export async function openTraffic(options: OpenTrafficOptions): Promise<Traffic> {
  const { signal, source, settings } = options;
  const { connection, textDir, close } = await openWorkspace(signal);
  try {
    await attachState(connection, { ...options.state, signal });
    const name = [source, options.sourceName].map(quoteLiteral).join(", ");
    await connection.run(`INSERT OR REPLACE INTO state.sources VALUES (${name})`);
    const store = await openTrafficStore({
      connection,
      settings,
      source,
      shareDays: options.state.shareDays,
    });
    const progress = addProgress(options.onProgress);
    const read = (files: readonly SourceFile[], all: readonly SourceFile[]): BatchReader =>
      readBatches(files, {
        tempDir: textDir,
        signal,
        onProgress: progress(files, all),
        ...(options.format === undefined ? {} : { format: options.format }),
      });
    const { built } = await updateTraffic({
      ...options,
      store,
      read,
      remember: (files) => rememberCoverage(connection, source, files),
    });
    const coverage = await recallCoverage(connection, source, options.files);
    await store.publish();
    await publishBuilds(connection, options);
    const ask = async (sql: string): Promise<readonly Row[]> =>
      (await runStatement(connection, { name: "coverage", sql }, signal)).rows;
    const sums = (await ask(SUMS))[0]!;
    return {
      engine: explainState(createDuckdbEngine(connection), options.state.path),
      built,
      coverage,
      logged: await ask(LOGGED),
      interfaces: Number(sums["interfaces"] ?? 0),
      undated: Number(sums["undated"] ?? 0),
      hours: await ask(HOURS),
      release: async () => void (await connection.run("DETACH state")),
      close,
    };
  } catch (error) {
    close();
    throw stateError(error, options.state.path) ?? error;
  }
}

function explainState(engine: QueryEngine, path: string | null): QueryEngine {
  return {
    ...engine,
    run: (statement, signal) =>
      engine.run(statement, signal).catch((error: unknown) => {
        throw stateError(error, path) ?? error;
      }),
  };
}

/** One progress out of that of several readers, one after the other. */
function addProgress(
  report: OpenTrafficOptions["onProgress"],
): (files: readonly SourceFile[], all: readonly SourceFile[]) => (progress: ReadProgress) => void {
  let [files, bytes] = [0, 0];
  return (own, all) => {
    const [filesBefore, bytesBefore] = own[0] === all[0] ? [0, 0] : [files, bytes];
    const total = all.reduce((sum, { size }) => sum + size, 0);
    return ({ filesDone, bytesDone }) => {
      [files, bytes] = [filesBefore + filesDone, bytesBefore + bytesDone];
      report?.({ filesDone: files, files: all.length, bytesDone: bytes, bytes: total });
    };
  };
}

const LOGGED = `SELECT log_status, action, sum(records) AS records, sum(bytes) AS bytes,
  min(first_start) AS first_start, max(last_end) AS last_end
  FROM coverage_rollup GROUP BY log_status, action ORDER BY log_status, action`;

const SUMS = `SELECT count(DISTINCT interface_id) AS interfaces,
  sum(CASE WHEN hour IS NULL THEN records ELSE 0 END) AS undated FROM coverage_rollup`;

const HOURS = `SELECT hour, min(first_start) AS first_start, max(last_end) AS last_end
  FROM coverage_rollup WHERE hour IS NOT NULL GROUP BY hour ORDER BY hour`;
