import { dayOf } from "@turnaway/core";
import type { Granularity } from "@turnaway/sql";

import type { VisualAsk } from "./filter-choice.ts";

/** A half-open span of time, in Unix seconds. */
export interface DateSpan {
  readonly from: number;
  readonly to: number;
}

/** The span of the periods `first` to `last`, counted from that of now, which is 0. */
export function spanOfPeriods(
  unit: Granularity,
  [first, last]: readonly [number, number],
  ask: Pick<VisualAsk, "now" | "timezone">,
): DateSpan {
  const start = startOf(unit, ask);
  return { from: shifted(start, unit, first), to: shifted(start, unit, last + 1) };
}

/** The moment so many periods later. */
export function shifted(seconds: number, unit: Granularity, periods: number): number {
  const length = LENGTHS[unit];
  if (length !== undefined) return seconds + length * periods;
  const date = new Date(seconds * 1000);
  date.setUTCMonth(date.getUTCMonth() + MONTHS[unit]! * periods);
  return date.getTime() / 1000;
}

const LENGTHS: Readonly<Partial<Record<Granularity, number>>> = {
  week: 7 * 86_400,
  day: 86_400,
  hour: 3600,
  minute: 60,
  second: 1,
  millisecond: 0.001,
};

const MONTHS: Readonly<Partial<Record<Granularity, number>>> = { month: 1, quarter: 3, year: 12 };

// Days of the data are those of UTC; which of them is today depends on where somebody is.
function startOf(
  unit: Granularity,
  { now, timezone = "UTC" }: Pick<VisualAsk, "now" | "timezone">,
): number {
  const length = LENGTHS[unit];
  if (length !== undefined && length < 86_400) return Math.floor(now / length) * length;
  const today = new Date(`${dayOf(now, timezone)}T00:00:00Z`);
  if (unit === "week") today.setUTCDate(today.getUTCDate() - today.getUTCDay());
  if (unit === "month") today.setUTCDate(1);
  if (unit === "quarter") today.setUTCMonth(Math.floor(today.getUTCMonth() / 3) * 3, 1);
  if (unit === "year") today.setUTCMonth(0, 1);
  return today.getTime() / 1000;
}
