import { addDays, dayOf, dayWindow, isoTime, type TimeWindow } from "@turnaway/core";

/** The report's window and those before it that it is compared with, oldest first. */
export interface Periods {
  readonly list: readonly Period[];
  /** Number of the report's own period: the last. */
  readonly last: number;
}

/** Half-open, Unix seconds; the label names the day that it is, or begins on. */
export interface Period {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Days of the window's zone before it when it is one day, else windows of its length. */
export function comparePeriods(window: TimeWindow, historyDays: number): Periods {
  const day = dayOf(window.start, window.timezone);
  const whole = dayWindow(day, window.timezone);
  const isDay = whole.start === window.start && whole.end === window.end;
  const list: Period[] = [];
  for (let back = historyDays; back > 0; back--) {
    list.push(isDay ? dayBefore(day, back, window.timezone) : windowBefore(window, back));
  }
  list.push({ label: day, start: window.start, end: window.end });
  return { list, last: list.length - 1 };
}

/** What the SQL takes of them: rows of (period, start, end), and the UTC days they touch. */
export function periodFragments(periods: Periods): Record<string, string> {
  const { list, last } = periods;
  return {
    periods: list.map((p, i) => `(${i}, ${p.start}, ${p.end})`).join(", "),
    last_period: String(last),
    first_day: isoTime(list[0]!.start).slice(0, 10),
    last_day: isoTime(list[last]!.end - 1).slice(0, 10),
    grain: list.every(isWholeDays) ? "days" : "hours",
  };
}

// Then the days of the rollup can be added up, and no hours have to be read.
function isWholeDays({ start, end }: Period): boolean {
  return start % 86_400 === 0 && end % 86_400 === 0;
}

function dayBefore(day: string, back: number, timezone: string): Period {
  const label = addDays(day, -back);
  const { start, end } = dayWindow(label, timezone);
  return { label, start, end };
}

function windowBefore(window: TimeWindow, back: number): Period {
  const length = window.end - window.start;
  const start = window.start - back * length;
  return { label: dayOf(start, window.timezone), start, end: start + length };
}
