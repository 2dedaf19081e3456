/** Half-open: `start` belongs to it, `end` does not. Unix seconds. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
  readonly timezone: string;
}

/** A day of a time zone as a half-open range; 23 or 25 hours long where clocks change. */
export function dayWindow(day: string, timezone: string): TimeWindow {
  const date = utcMidnight(day);
  return {
    start: zoneMidnight(date, timezone),
    end: zoneMidnight(date + 86_400, timezone),
    timezone,
  };
}

/** `2026-11-19` for the day of that zone which the instant falls in. */
export function dayOf(seconds: number, timezone: string): string {
  return localIso(seconds, timezone).slice(0, 10);
}

/** ISO 8601 UTC with `Z`, to the second. */
export function isoTime(seconds: number | bigint): string {
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -5)}Z`;
}

/** The day `count` days after (or before) `day`. */
export function addDays(day: string, count: number): string {
  return isoTime(utcMidnight(day) + count * 86_400).slice(0, 10);
}

/** Whether the zone is one that this machine knows. */
export function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

// The offset of a zone depends on the instant, so guess with UTC and correct:
// the first correction lands on the right side of any clock change, the second is exact.
function zoneMidnight(midnight: number, timezone: string): number {
  let instant = midnight - offsetAt(midnight, timezone);
  instant = midnight - offsetAt(instant, timezone);
  return instant;
}

function offsetAt(seconds: number, timezone: string): number {
  return Date.parse(`${localIso(seconds, timezone)}Z`) / 1000 - seconds;
}

function localIso(seconds: number, timezone: string): string {
  return clockOf(timezone)
    .format(seconds * 1000)
    .replace(" ", "T");
}

// Making one takes a hundred times as long as using it, and a report asks for thousands of days.
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(timezone: string): Intl.DateTimeFormat {
  let clock = CLOCKS.get(timezone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    CLOCKS.set(timezone, clock);
  }
  return clock;
}

function utcMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
