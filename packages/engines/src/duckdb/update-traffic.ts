import { TurnawayError } from "@turnaway/core";
import type { Batch, BatchReader, FileCoverage, SourceFile } from "@turnaway/sources";
import type { SqlSettings } from "@turnaway/sql";

import { type DayPlan, type DayPlanInput, filesOfDay, planDays, planWhole } from "./day-plan.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { readSegments } from "./read-segments.ts";
import type { TrafficStore } from "./traffic-store.ts";

export interface UpdateOptions {
  readonly store: TrafficStore;
  readonly settings: SqlSettings;
  /** All files of the source, in reading order. */
  readonly files: readonly SourceFile[];
  /** Opens a reader of some of them; `all` are those that this and further readers will go through. */
  readonly read: (files: readonly SourceFile[], all: readonly SourceFile[]) => BatchReader;
  /** Keeps what was found in files, before any day is built from them. */
  readonly remember: (files: ReadonlyMap<string, FileCoverage>) => Promise<void>;
  readonly settleHours: number;
  readonly wanted: DayPlanInput["wanted"];
  readonly rebuild?: boolean;
  readonly signal: AbortSignal;
}

/** What an update did. */
export interface TrafficUpdate {
  /** UTC days, as they were built. */
  readonly built: readonly string[];
}

/**
 * Brings the rollups up to date with the files: reads each changed day once.
 *
 * Should records turn up of a day that the names of the files did not promise, all
 * files are read again and every day is built from what the records say.
 */
export async function updateTraffic(options: UpdateOptions): Promise<TrafficUpdate> {
  const input: DayPlanInput = {
    files: options.files,
    builds: options.rebuild === true ? new Map() : await options.store.builds(),
    fingerprint: fingerprintOf(options.settings),
    settleHours: options.settleHours,
    wanted: options.wanted,
  };
  const plan = planDays(input);
  const built =
    plan.days === null ? null : await buildPlanned(options, input, plan.days, plan.files);
  if (built !== null) return { built };
  const whole = plan.days === null ? plan : { ...planWhole(input), files: options.files };
  return { built: await buildWhole(options, input, whole) };
}

/** Builds each day when its last file is read; null when a record came too late for its day. */
async function buildPlanned(
  options: UpdateOptions,
  input: DayPlanInput,
  days: ReadonlyMap<string, string>,
  files: readonly SourceFile[],
): Promise<readonly string[] | null> {
  const { store, signal } = options;
  const waiting = new Map([...days.keys()].map((day) => [day, new Set(filesOfDay(input, day))]));
  const built: string[] = [];
  const buildReady = async (): Promise<void> => {
    for (const [day, missing] of waiting) {
      if (missing.size > 0) continue;
      signal.throwIfAborted();
      await store.buildDay(day, days.get(day)!);
      waiting.delete(day);
      built.push(day);
    }
  };
  for await (const { batch, foreignDays } of stageFiles(options, input, { days, files })) {
    // Asked before a day is built: a kill after it must not leave a day that lacks records.
    const staged = await store.stage.days();
    if (staged.some((day) => !waiting.has(day) && !foreignDays.includes(day))) {
      await store.stage.clear();
      return null;
    }
    for (const missing of waiting.values()) for (const file of batch.files) missing.delete(file);
    await buildReady();
  }
  await buildReady();
  return built;
}

/** Builds every day that the records tell of, and takes none for built before all are. */
async function buildWhole(
  options: UpdateOptions,
  input: DayPlanInput,
  { files, manifest }: DayPlan,
): Promise<readonly string[]> {
  const { store, signal } = options;
  for await (const _ of stageFiles(options, input, { days: null, files }));
  const days = await store.stage.days();
  for (const day of days) {
    signal.throwIfAborted();
    await store.buildDay(day, UNFINISHED);
  }
  await store.confirm(days, manifest);
  return days;
}

const UNFINISHED = "unfinished";

interface StagedBatch {
  readonly batch: Batch;
  /** Days of which the stage may hold records that nobody waits for. */
  readonly foreignDays: readonly string[];
}

async function* stageFiles(
  { store, read, remember }: UpdateOptions,
  { builds, settleHours }: DayPlanInput,
  { days, files }: Pick<DayPlan, "days" | "files">,
): AsyncGenerator<StagedBatch> {
  const unreadable: TurnawayError[] = [];
  const segments = readSegments(files, days, settleHours);
  for (const { files: own, foreignDays } of segments) {
    const reader = read(own, files);
    try {
      for await (const batch of reader) {
        await stageBatch(store, batch);
        await remember(coverageOf(batch, reader));
        yield { batch, foreignDays };
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      unreadable.push(error);
    }
    for (const day of foreignDays) await store.stage.drop(day);
  }
  // One new file that can't be read is a gap in the report; nothing but such files is none.
  if (builds.size === 0 && unreadable.length === segments.length && files.length > 0)
    throw unreadable[0]!;
}

function isUnreadable(error: unknown): error is TurnawayError {
  const codes = ["FORMAT_UNKNOWN", "SOURCE_UNREADABLE", "DATA_INCOMPLETE"];
  return error instanceof TurnawayError && codes.includes(error.code);
}

function coverageOf({ files }: Batch, reader: BatchReader): ReadonlyMap<string, FileCoverage> {
  const all = reader.coverageByFile();
  return new Map(files.map(({ identity }) => [identity, all.get(identity)!]));
}

async function stageBatch({ stage }: TrafficStore, batch: Batch): Promise<void> {
  try {
    // Asked of every file: the stage does not read every column.
    const good = batch.without(await stage.findDamaged(batch.parquet));
    await stage.add(good.text, good.parquet);
  } finally {
    await batch.release();
  }
}
