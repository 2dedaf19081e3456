import { addDays, dayOf, type TimeWindow } from "@turnaway/core";
import type { DayRange } from "@turnaway/sql";

import { usage } from "./options.ts";

/**
 * `2026-11-19`, or `2026-11-01..2026-11-19`.
 *
 * @param option what the range was given as
 * @throws TurnawayError USAGE for anything else.
 */
export function parseDays(range: string | undefined, option = "--days"): DayRange | null {
  if (range === undefined) return null;
  const [first, last = first, ...more] = range.split("..");
  if (more.length > 0 || !isRealDay(first) || !isRealDay(last) || first > last) {
    throw usage(option, `received "${range}"`, "write YYYY-MM-DD, or FIRST..LAST");
  }
  return { first, last };
}

/** The days of a range, oldest first. */
export function eachDay({ first, last }: DayRange): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The UTC days that a window touches. */
export function dayRange({ start, end }: TimeWindow): DayRange {
  return { first: dayOf(start, "UTC"), last: dayOf(end - 1, "UTC") };
}

/** `2026-11-17 to 2026-11-19` for days that follow each other, else the first of them by name. */
export function describeDays(days: readonly string[]): string {
  const [first = "", last = first] = [days[0], days.at(-1)];
  if (first === last) return first;
  if (eachDay({ first, last }).length === days.length) return `${first} to ${last}`;
  return days.length <= FEW ? days.join(", ") : `${days.slice(0, FEW).join(", ")}, …`;
}

const FEW = 5;

/** Whether it is written as a day; it need not exist. */
export function isDay(day: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day);
}

function isRealDay(day: string | undefined): day is string {
  return (
    day !== undefined && isDay(day) && !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day
  );
}
