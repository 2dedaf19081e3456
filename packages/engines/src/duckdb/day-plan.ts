import { createHash } from "node:crypto";

import type { SourceFile } from "@turnaway/sources";

/** Which days are to be built, from which files. */
export interface DayPlan {
  /** Days to build, with the manifest that they will have; null where only the records tell. */
  readonly days: ReadonlyMap<string, string> | null;
  /** Files to read for them, in reading order. */
  readonly files: readonly SourceFile[];
  /** Manifest of a plan whose days only the records tell. */
  readonly manifest: string;
}

export interface DayPlanInput {
  readonly files: readonly SourceFile[];
  readonly builds: ReadonlyMap<string, string>;
  /** Changes when the SQL or its settings do. */
  readonly fingerprint: string;
  readonly settleHours: number;
  /** UTC days that are asked for; null is all. */
  readonly wanted: { readonly first: string; readonly last: string } | null;
}

/**
 * Plans by delivery time: a day needs the files delivered in it and in the settle
 * hours after it, and is built again when that list of files changes.
 *
 * When some file does not say when it was delivered, the days are in the records
 * alone: see {@link planWhole}.
 */
export function planDays(input: DayPlanInput): DayPlan {
  const delivered = input.files.map((file) => file.deliveredAt);
  const whole = planWhole(input);
  // Built as a whole, because records came later than their day was waited for.
  if (delivered.includes(null) || whole.files.length === 0) return whole;
  const candidates = [...new Set(delivered.map((at) => utcDay(at!)))]
    .filter(
      (day) => input.wanted === null || (day >= input.wanted.first && day <= input.wanted.last),
    )
    .toSorted();
  const needed = candidates
    .map((day) => ({ day, files: filesOfDay(input, day) }))
    .map(({ day, files }) => ({ day, files, manifest: manifestOf(files, input.fingerprint) }))
    .filter(({ day, manifest }) => input.builds.get(day) !== manifest);
  const toRead = new Set(needed.flatMap(({ files }) => files));
  return {
    days: new Map(needed.map(({ day, manifest }) => [day, manifest])),
    files: input.files.filter((file) => toRead.has(file)),
    manifest: manifestOf(input.files, input.fingerprint),
  };
}

/** Reads every file and builds every day that it finds; nothing when no file changed. */
export function planWhole({ files, builds, fingerprint }: DayPlanInput): DayPlan {
  const manifest = manifestOf(files, fingerprint);
  const built = [...builds.values()].includes(manifest);
  return { days: null, files: built ? [] : files, manifest };
}

/** The files that a day waits for: those delivered in it, and in the settle hours after it. */
export function filesOfDay(
  { files, settleHours }: Pick<DayPlanInput, "files" | "settleHours">,
  day: string,
): readonly SourceFile[] {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  const end = start + 86_400 + settleHours * 3600;
  return files.filter((file) => file.deliveredAt! >= start && file.deliveredAt! < end);
}

function manifestOf(files: readonly SourceFile[], fingerprint: string): string {
  const hash = createHash("sha256").update(fingerprint);
  for (const identity of files.map((file) => file.identity).toSorted())
    hash.update(`\n${identity}`);
  return hash.digest("hex");
}

/** The UTC day of a moment, `YYYY-MM-DD`. */
export function utcDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
