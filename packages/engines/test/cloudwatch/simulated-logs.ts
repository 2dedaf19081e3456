import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { LogFormat } from "@turnaway/core";
import { simulate } from "@turnaway/simulator";
import { composeSql, DEFAULT_SETTINGS, getSqlFile } from "@turnaway/sql";
import type { LogEvent } from "@turnaway/testing/logs-server";

import { ROLLUPS } from "../../src/duckdb/create-rollups.ts";
import { flowLogsQuery } from "../../src/duckdb/flow-logs-view.ts";
import { type DuckdbSession, openDuckdb } from "../../src/duckdb/open-duckdb.ts";

/** Days that the logs are of. */
export const FIRST_DAY = "2026-11-18";
export const DAY_STARTS = Date.parse(`${FIRST_DAY}T00:00:00Z`) / 1000;

/** The same records as lines, as a log group, and in DuckDB. */
export interface SimulatedLogs {
  readonly format: LogFormat;
  readonly lines: readonly string[];
  readonly events: readonly LogEvent[];
  readonly duckdb: DuckdbSession;
  close(): void;
}

/** Two days of a VPC that talks, with whatever incidents fit. */
export async function simulateLogs(format: "default" | "rich"): Promise<SimulatedLogs> {
  const simulation = simulate({
    seed: 7,
    startDay: FIRST_DAY,
    days: 2,
    format,
    recordsPerDay: 6000,
    hosts: 60,
  });
  const lines: string[] = [];
  for (const day of [FIRST_DAY, "2026-11-19"]) {
    for (const file of simulation.files(day)) {
      const text = [...file.text()].join("").trimEnd();
      // A log group has no header lines.
      for (const line of text.split("\n").slice(1)) lines.push(line);
    }
  }
  const { format: logFormat } = simulation.settings;
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-insights-"));
  const duckdb = await openLines(folder, logFormat, lines);
  return {
    format: logFormat,
    lines,
    events: toEvents(lines, logFormat),
    duckdb,
    close() {
      duckdb.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lines as log events, at the time that their records start. */
export function toEvents(lines: readonly string[], { fields }: LogFormat): LogEvent[] {
  const start = fields.indexOf("start");
  return lines.map((message) => ({
    timestamp: Number(message.split(" ")[start]) * 1000,
    message,
  }));
}

async function openLines(
  folder: string,
  format: LogFormat,
  lines: readonly string[],
): Promise<DuckdbSession> {
  const file = path.join(folder, "records.txt");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const session = await openDuckdb({ tempDir: folder, threads: 1 });
  const compose = (kind: "views" | "rollups", name: string): string =>
    composeSql(getSqlFile(kind, name), DEFAULT_SETTINGS, {
      partition_columns: "",
      records_of_day: "TRUE",
    });
  const records = flowLogsQuery([{ format, paths: [file] }], []);
  await session.connection.run(`CREATE TEMP TABLE flow_logs AS ${records}`);
  await session.connection.run(
    `CREATE TEMP VIEW flow_records AS ${compose("views", "flow_records")}`,
  );
  for (const name of ["flow_tuples", ...ROLLUPS]) {
    await session.connection.run(`CREATE TEMP TABLE ${name} AS ${compose("rollups", name)}`);
  }
  return session;
}
