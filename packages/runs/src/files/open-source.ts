import { accessSync, constants, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { addDays, dayOf, type Problem, type TimeWindow, TurnawayError } from "@turnaway/core";
import {
  type Logs,
  makeTempFolder,
  openLogs,
  openTraffic,
  type Traffic,
} from "@turnaway/engines/duckdb";
import type { SourceFile } from "@turnaway/sources";

import type { Ports } from "../ports.ts";
import { findFiles, type FoundFiles, nameSource } from "./find-files.ts";
import { type Options, text } from "../options.ts";
import type { Settings } from "../read-settings.ts";

/** The rollups of a source, up to date, and what was noticed on the way. */
export interface OpenSource {
  readonly traffic: Traffic;
  readonly problems: readonly Problem[];
}

export interface OpenSourceInput {
  readonly specs: readonly string[];
  readonly settings: Settings;
  readonly options: Options;
  /** What was asked for; null is the last complete day. */
  readonly window: TimeWindow | null;
  /** UTC days to have in the rollup; else those that a report of the window needs. */
  readonly days?: { readonly first: string; readonly last: string } | null;
  /** Build these days again even when nothing changed. */
  readonly rebuild?: boolean;
}

/**
 * Hands the rollups of the state file to `use`, whatever sources they are of; nothing is read.
 *
 * @throws TurnawayError SOURCE_NOT_FOUND where there is no such file
 */
export async function withState<T>(
  input: Pick<OpenSourceInput, "settings" | "options">,
  ports: Ports,
  use: (source: OpenSource) => Promise<T>,
): Promise<T> {
  const file = statePath(input.settings, input.options);
  if (file === null || !existsSync(file)) {
    throw new TurnawayError("SOURCE_NOT_FOUND", {
      what: "no state file",
      where: file ?? "--state",
      why: "there is nothing to show",
      fix: "run `turnaway rollup build SOURCE --state PATH` first, or name the logs",
    });
  }
  const nothing = { files: [], problems: [], ...nameSource([]) };
  const traffic = await readWithProgress({ ...input, specs: [], window: null }, nothing, ports);
  try {
    return await use({ traffic, problems: [] });
  } finally {
    traffic.close();
  }
}

/** Finds the files, reads what changed into the rollups, and hands them to `use`. */
export async function withTraffic<T>(
  input: OpenSourceInput,
  ports: Ports,
  use: (source: OpenSource) => Promise<T>,
): Promise<T> {
  const temp = makeTempFolder(tmpdir());
  try {
    const found = await findWithProgress(input, temp.path, ports);
    const traffic = await readWithProgress(input, found, ports);
    try {
      return await use({ traffic, problems: [...found.problems, ...traffic.coverage.problems] });
    } finally {
      traffic.close();
    }
  } finally {
    temp.remove();
  }
}

/** The raw logs of a source, and what was noticed on the way. */
export interface OpenLogsSource {
  readonly logs: Logs;
  readonly problems: readonly Problem[];
}

/** Finds the files, verifies them, and hands them to `use` as `flow_logs`. */
export async function withLogs<T>(
  input: OpenSourceInput & { readonly sql: string },
  ports: Ports,
  use: (source: OpenLogsSource) => Promise<T>,
): Promise<T> {
  const temp = makeTempFolder(tmpdir());
  const progress = await ports.startProgress("reading");
  try {
    const found = await findWithProgress(input, temp.path, ports);
    const { format } = input.settings;
    const logs = await openLogs({
      files: found.files,
      settings: input.settings.sql,
      sql: input.sql,
      signal: ports.signal,
      ...(format === undefined ? {} : { format }),
      onProgress: ({ bytesDone, bytes }) => progress.update(bytesDone, bytes),
    });
    progress.stop();
    try {
      return await use({ logs, problems: [...found.problems, ...logs.coverage.problems] });
    } finally {
      logs.close();
    }
  } finally {
    progress.stop();
    temp.remove();
  }
}

/** Where the state is kept: `--state`, else beside the configuration, else nowhere. */
export function statePath({ configDir }: Settings, options: Options): string | null {
  const given = text(options, "state");
  if (given !== undefined) return path.resolve(given);
  if (configDir === null || !isWritable(configDir)) return null;
  return path.join(configDir, ".turnaway", "state.duckdb");
}

// Nobody asked for a state in a checkout that is read-only: a report works without one.
function isWritable(configDir: string): boolean {
  const folder = path.join(configDir, ".turnaway");
  try {
    accessSync(existsSync(folder) ? folder : configDir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function findWithProgress(
  { specs, settings, window }: OpenSourceInput,
  tempDir: string,
  ports: Ports,
): Promise<FoundFiles> {
  const progress = await ports.startProgress("downloading");
  try {
    return await findFiles(
      specs,
      {
        settings,
        tempDir,
        window,
        onProgress: (done, of) => progress.update(done, of),
      },
      ports,
    );
  } finally {
    progress.stop();
  }
}

async function readWithProgress(
  { settings, options, window, days, rebuild = false }: OpenSourceInput,
  found: FoundFiles,
  ports: Ports,
): Promise<Traffic> {
  const progress = await ports.startProgress("reading");
  try {
    return await openTraffic({
      files: found.files,
      source: found.id,
      sourceName: found.label,
      settings: settings.sql,
      settleHours: settings.config.report.settleHours,
      wanted: days === undefined ? wantedDays(settings, window, found.files) : days,
      rebuild,
      state: {
        path: statePath(settings, options),
        shareDays: text(options, "state") !== undefined,
        onWait: () => ports.say("waiting for another run that uses the same state file"),
      },
      signal: ports.signal,
      ...(settings.format === undefined ? {} : { format: settings.format }),
      onProgress: ({ bytesDone, bytes }) => progress.update(bytesDone, bytes),
    });
  } finally {
    progress.stop();
  }
}

// Of a folder with a year of logs only the report's day and its history are read.
function wantedDays(
  { config }: Settings,
  window: TimeWindow | null,
  files: readonly SourceFile[],
): { first: string; last: string } | null {
  const { historyDays } = config.report;
  if (window !== null) {
    const first = addDays(dayOf(window.start, "UTC"), -historyDays - 1);
    return { first, last: dayOf(window.end - 1, "UTC") };
  }
  const delivered = files.flatMap((file) => file.deliveredAt ?? []);
  if (delivered.length === 0) return null;
  const last = dayOf(
    delivered.reduce((a, b) => Math.max(a, b)),
    "UTC",
  );
  return { first: addDays(last, -historyDays - 2), last };
}
