import type { SqlValue } from "@turnaway/core";

/** What a time is rounded to. */
export type Granularity = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute";

/** A time as milliseconds; null for what is none. Rows have ISO 8601, days as YYYY-MM-DD. */
export function toTime(value: SqlValue | undefined): number | null {
  if (typeof value !== "string") return null;
  const iso = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value;
  const time = Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? null : time;
}

/** A time in full, by a pattern as QuickSight has it, `YYYY-MM-DD HH:mm`. */
export function timeText(value: SqlValue, pattern: string): string {
  const time = toTime(value);
  if (time === null) return value === null ? "–" : String(value);
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, "0");
  const parts: Record<string, string> = {
    YYYY: String(date.getUTCFullYear()),
    yyyy: String(date.getUTCFullYear()),
    MMMM: new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(date),
    MMM: MONTHS[date.getUTCMonth()]!,
    MM: two(date.getUTCMonth() + 1),
    DD: two(date.getUTCDate()),
    dd: two(date.getUTCDate()),
    D: String(date.getUTCDate()),
    HH: two(date.getUTCHours()),
    mm: two(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
  };
  return pattern.replaceAll(/YYYY|yyyy|MMMM|MMM|MM|DD|dd|D|HH|mm|ss/g, (part) => parts[part]!);
}

/** The pattern of a time that was rounded. */
export function patternOf(granularity: Granularity | undefined): string {
  return PATTERNS[granularity ?? "minute"];
}

/** Short for an axis: `14 Nov`, `06:00` between days. */
export function tickText(time: number, granularity: Granularity): string {
  const date = new Date(time);
  const month = MONTHS[date.getUTCMonth()]!;
  if (granularity === "year") return String(date.getUTCFullYear());
  if (granularity === "quarter") {
    return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
  }
  if (granularity === "month") return `${month} ${date.getUTCFullYear()}`;
  const isMidnight = time % DAY === 0;
  if (granularity === "day" || granularity === "week" || isMidnight) {
    return `${date.getUTCDate()} ${month}`;
  }
  return date.toISOString().slice(11, 16);
}

/**
 * Every step from the first time to the last, so that what has no rows is a gap and not a
 * straight line across it.
 */
export function everyStep(times: readonly number[], granularity: Granularity): number[] {
  const sorted = [...new Set(times)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const steps: number[] = [];
  for (let time = first; time <= last; time = nextStep(time, granularity)) {
    steps.push(time);
    // A filter that somebody opened to years of minutes is drawn from the rows alone.
    if (steps.length > MOST_STEPS) return sorted;
  }
  return sorted.every((time) => steps.includes(time)) ? steps : sorted;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_STEPS = 2000;
const FIXED_STEPS: Partial<Record<Granularity, number>> = {
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: DAY,
  week: 7 * DAY,
};

function nextStep(time: number, granularity: Granularity): number {
  const fixed = FIXED_STEPS[granularity];
  if (fixed !== undefined) return time + fixed;
  const months = { month: 1, quarter: 3, year: 12 }[granularity as "month" | "quarter" | "year"];
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const PATTERNS: Readonly<Record<Granularity, string>> = {
  year: "YYYY",
  quarter: "MMM YYYY",
  month: "MMM YYYY",
  week: "YYYY-MM-DD",
  day: "YYYY-MM-DD",
  hour: "YYYY-MM-DD HH:mm",
  minute: "YYYY-MM-DD HH:mm",
};
