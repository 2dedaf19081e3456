import { createHash } from "node:crypto";

import type { Batch, BatchReader, SourceFile } from "@turnaway/sources";
import { composeSql, listSqlFiles, type SqlSettings } from "@turnaway/sql";

import { type DayPlan, type DayPlanInput, lastFileOfDay, planDays, planWhole } from "./day-plan.ts";
import type { TrafficStore } from "./traffic-store.ts";

export interface UpdateOptions {
  readonly store: TrafficStore;
  readonly settings: SqlSettings;
  /** All files of the source, in reading order. */
  readonly files: readonly SourceFile[];
  /** Opens a reader of some of them. */
  readonly read: (files: readonly SourceFile[]) => BatchReader;
  readonly settleHours: number;
  readonly wanted: DayPlanInput["wanted"];
  readonly signal: AbortSignal;
}

/** What an update did; readers in the order in which they ran, for their coverage. */
export interface TrafficUpdate {
  readonly built: readonly string[];
  readonly readers: readonly BatchReader[];
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
    builds: await options.store.builds(),
    fingerprint: fingerprintOf(options.settings),
    settleHours: options.settleHours,
    wanted: options.wanted,
  };
  const plan = planDays(input);
  const first = await runPlan(options, input, plan);
  const astray = plan.days === null ? [] : await options.store.stagedDays();
  if (astray.length === 0) return { built: first.built, readers: [first.reader] };
  await options.store.clearStage();
  const whole = { ...planWhole(input), files: options.files };
  const second = await runPlan(options, input, whole);
  return { built: second.built, readers: [second.reader] };
}

async function runPlan(
  { store, read, signal }: UpdateOptions,
  input: DayPlanInput,
  plan: DayPlan,
): Promise<{ built: string[]; reader: BatchReader }> {
  const reader = read(plan.files);
  const built: string[] = [];
  const waiting = new Map(plan.days ?? []);
  const seen = new Set<SourceFile>();
  for await (const batch of reader) {
    await stageBatch(store, batch);
    for (const file of batch.files) seen.add(file);
    for (const [day, manifest] of waiting) {
      signal.throwIfAborted();
      if (!isWhole(input, day, seen)) continue;
      await store.buildDay(day, manifest);
      waiting.delete(day);
      built.push(day);
    }
  }
  const rest = plan.days === null ? await store.stagedDays() : [...waiting.keys()];
  for (const day of rest) {
    signal.throwIfAborted();
    await store.buildDay(day, waiting.get(day) ?? plan.manifest);
    built.push(day);
  }
  return { built, reader };
}

async function stageBatch(store: TrafficStore, batch: Batch): Promise<void> {
  try {
    await store.stage(batch.text, batch.parquet);
  } finally {
    await batch.release();
  }
}

function isWhole(input: DayPlanInput, day: string, seen: ReadonlySet<SourceFile>): boolean {
  const last = lastFileOfDay(input, day);
  return last === undefined || seen.has(last);
}

/** Changes when any SQL that builds a day does, or what it takes from configuration. */
export function fingerprintOf(settings: SqlSettings): string {
  const hash = createHash("sha256");
  for (const kind of ["views", "rollups"] as const) {
    for (const file of listSqlFiles(kind)) {
      if (file.name.startsWith("vpc_") || file.name === "flows") continue;
      hash.update(composeSql(file, settings, { partition_columns: "", records_of_day: "TRUE" }));
    }
  }
  return hash.digest("hex");
}
