import { addDays, dayOf } from "@turnaway/core";
import { describeDays, eachDay, parseDays } from "@turnaway/runs";

import { wrongInput } from "../inputs.ts";

/** The days to report on, and why these. */
export interface DaysDue {
  /** Oldest first; at least one. */
  readonly days: readonly string[];
  /** Days that are due, too, and too many: older than the others. */
  readonly missed: readonly string[];
  /** For the log. */
  readonly why: string;
}

interface Clock {
  /** Unix seconds. */
  readonly now: number;
  readonly timezone: string;
}

/** GitHub refuses a matrix of more. */
const MOST_DAYS = 256;

/**
 * The days that somebody named; undefined where nobody did.
 *
 * @throws TurnawayError USAGE for what are no days, or days to come.
 */
export function askedDays(
  { date, backfill }: { readonly date: string | undefined; readonly backfill: string | undefined },
  clock: Clock,
): DaysDue | undefined {
  if (date !== undefined && backfill !== undefined) {
    throw wrongInput("backfill", "`date` is given, too", "give one of the two");
  }
  const [name, value] = date === undefined ? ["backfill", backfill] : ["date", date];
  const range = parseDays(value, name);
  if (range === null) return undefined;
  if (name === "date" && range.first !== range.last) {
    throw wrongInput("date", `received "${value}"`, "write YYYY-MM-DD; a range is for `backfill`");
  }
  if (range.last > dayOf(clock.now, clock.timezone)) {
    throw wrongInput(name, `${range.last} has not begun`, "name days that have begun");
  }
  const days = eachDay(range);
  if (days.length > MOST_DAYS) {
    const fix = `split it: GitHub starts at most ${MOST_DAYS} jobs at once`;
    throw wrongInput(name, `these are ${days.length} days`, fix);
  }
  return { days, missed: [], why: `asked for by ${name}` };
}

/**
 * The days that ended since the last success was asked for: what a schedule that was late, dropped
 * or failed has left undone. The clock alone would tell of one day, and lose the others.
 */
export function daysDue({
  lastSuccess,
  maxDays,
  now,
  timezone,
}: Clock & {
  /** Unix seconds; null before the first one. */
  readonly lastSuccess: number | null;
  readonly maxDays: number;
}): DaysDue {
  const last = addDays(dayOf(now, timezone), -1);
  if (lastSuccess === null) {
    return { days: [last], missed: [], why: "no scheduled run has succeeded yet" };
  }
  // Whoever ran on a day has reported on the one before it.
  const first = dayOf(lastSuccess, timezone);
  if (first > last) {
    return { days: [last], missed: [], why: "nothing is due; late files may have changed it" };
  }
  const all = eachDay({ first, last });
  return {
    days: all.slice(-maxDays),
    missed: all.slice(0, -maxDays),
    why: `${describeDays(all)} ended since a scheduled run succeeded`,
  };
}
