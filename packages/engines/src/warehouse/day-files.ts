import { createHash } from "node:crypto";

import { addDays, dayWindow } from "@turnaway/core";
import {
  composeSql,
  type DayRange,
  deliverySpan,
  getSqlFile,
  ROLLUPS,
  stageDay,
} from "@turnaway/sql";

import type { DeliveredFile } from "./list-files.ts";
import type { Warehouse } from "./warehouse.ts";

/** The files that a day is made of. */
export interface DayFiles {
  readonly day: string;
  /** Delivered on the day. */
  readonly own: readonly DeliveredFile[];
  /** Delivered in the settle hours after it. */
  readonly settle: readonly DeliveredFile[];
  /** Hash of both. */
  readonly fingerprint: string;
  /** Bytes that the engine reads for the day: whole folders. */
  readonly expectedBytes: number;
}

/** What every day of the range is made of, by one listing. */
export async function listDays(
  { listFiles, logs }: Warehouse,
  { first, last }: DayRange,
  signal?: AbortSignal,
): Promise<readonly DayFiles[]> {
  // The folder of the day after is read whole where folders are days.
  const settleHours = logs.layout.endsWith("hourly")
    ? logs.settleHours
    : wholeDays(logs.settleHours);
  const files = await listFiles(
    { start: deliverySpan(first, 0).start, end: deliverySpan(last, settleHours).end },
    signal,
  );
  return daysOf({ first, last }).map((day) => {
    const span = deliverySpan(day, logs.settleHours);
    const midnight = dayWindow(addDays(day, 1), "UTC").start;
    const scanned = within(files, { start: span.start, end: deliverySpan(day, settleHours).end });
    const own = within(files, { start: span.start, end: midnight });
    const settle = within(files, { start: midnight, end: span.end });
    return {
      day,
      own,
      settle,
      fingerprint: hash([...own, ...settle].map(({ identity }) => identity).toSorted()),
      expectedBytes: bytesOf(scanned),
    };
  });
}

/** Changes when anything does that decides the rows of a day, its files apart. */
export function sqlFingerprint({ logs, settings }: Warehouse): string {
  const rollups = ROLLUPS.map(({ name }) => composeSql(getSqlFile("rollups", name), settings));
  return hash([stageDay(logs, settings, "2000-01-01"), ...rollups]);
}

/** The days of a range, oldest first. */
export function daysOf({ first, last }: DayRange): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Bytes of files, as stored. */
export function bytesOf(files: readonly DeliveredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function wholeDays(hours: number): number {
  return Math.ceil(hours / 24) * 24;
}

function within(
  files: readonly DeliveredFile[],
  { start, end }: { start: number; end: number },
): readonly DeliveredFile[] {
  return files.filter(({ deliveredAt }) => deliveredAt >= start && deliveredAt < end);
}

function hash(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 32);
}
