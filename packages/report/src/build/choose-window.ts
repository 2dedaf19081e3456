import { dayOf, dayWindow, isoTime, type TimeWindow, TurnawayError } from "@turnaway/core";

/** What a person asked for; all absent asks for the last complete day. */
export interface WindowRequest {
  /** YYYY-MM-DD in the report's zone. */
  readonly date?: string;
  /** ISO 8601, or a length such as `24h` or `7d` before now. */
  readonly since?: string;
  readonly until?: string;
  readonly timezone: string;
  /** Unix seconds. */
  readonly now: number;
}

export interface ChosenWindow {
  readonly window: TimeWindow;
  /** How it was chosen, where a person did not say it all; for the report's notices. */
  readonly notice: string | null;
}

/** The window that was asked for; null when the logs have to say it. */
export function requestedWindow(request: WindowRequest): ChosenWindow | null {
  const { date, since, until, timezone } = request;
  if (date !== undefined) {
    if (since !== undefined || until !== undefined) {
      throw usage(
        "--date",
        "it was given together with --since or --until",
        "give one or the other",
      );
    }
    return { window: dayWindow(parseDay(date), timezone), notice: null };
  }
  if (since === undefined && until === undefined) return null;
  const end = until === undefined ? request.now : parseInstant("--until", until, request.now);
  const start = since === undefined ? end - 86_400 : parseInstant("--since", since, request.now);
  if (start >= end) {
    throw usage(
      "--since",
      `${isoTime(start)} is not before ${isoTime(end)}`,
      "give an earlier --since",
    );
  }
  return wholeHours(start, end, timezone);
}

/** An hour of the source that has records, as the coverage rollup knows it. Unix seconds. */
export interface CoveredHour {
  readonly hour: number;
  readonly first_start: number;
  readonly last_end: number;
}

/**
 * The last complete day: one with records in its first hour and in its last.
 *
 * When no day is complete the report is about what is there: all of it when it
 * spans a day at most, else its last day. Hours in the future are clock errors.
 */
export function coveredWindow(
  hours: readonly CoveredHour[],
  { timezone, now }: Pick<WindowRequest, "timezone" | "now">,
): ChosenWindow | null {
  const past = hours.filter(({ hour }) => hour <= now);
  const known = past.length === 0 ? hours : past;
  if (known.length === 0) return null;
  const present = new Set(known.map(({ hour }) => hour));
  const days = [...new Set(known.map(({ hour }) => dayOf(hour, timezone)))].toSorted().toReversed();
  for (const day of days) {
    const window = dayWindow(day, timezone);
    if (present.has(window.start) && present.has(window.end - 3600)) {
      return {
        window,
        notice: `The report is about ${day}, the last complete day that the source covers.`,
      };
    }
  }
  return coveredSpan(known, days[0]!, timezone);
}

function coveredSpan(
  hours: readonly CoveredHour[],
  lastDay: string,
  timezone: string,
): ChosenWindow {
  const span = (list: readonly CoveredHour[]): TimeWindow => {
    const start = Math.min(...list.map((h) => h.hour));
    return { start, end: Math.max(...list.map((h) => h.hour)) + 3600, timezone };
  };
  const all = span(hours);
  const window =
    all.end - all.start <= 86_400
      ? all
      : span(hours.filter(({ hour }) => dayOf(hour, timezone) === lastDay));
  return {
    window,
    notice: `The source covers no complete day, so the report is about ${isoTime(window.start)} to ${isoTime(window.end)}.`,
  };
}

// The rollup counts by hours, so a window of any other length is widened to them.
function wholeHours(start: number, end: number, timezone: string): ChosenWindow {
  const window = {
    start: Math.floor(start / 3600) * 3600,
    end: Math.ceil(end / 3600) * 3600,
    timezone,
  };
  const widened = window.start !== start || window.end !== end;
  return {
    window,
    notice: widened
      ? `The window was widened to whole hours: ${isoTime(window.start)} to ${isoTime(window.end)}.`
      : null,
  };
}

function parseDay(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(time) &&
    isoTime(time / 1000).startsWith(text)
  ) {
    return text;
  }
  throw usage("--date", `received "${text}"`, "write a day that exists as YYYY-MM-DD");
}

function parseInstant(flag: string, text: string, now: number): number {
  const length = /^(\d{1,6})([mhdw])$/.exec(text);
  if (length !== null) return now - Number(length[1]) * UNIT_SECONDS[length[2]!]!;
  const time = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
    ? Date.parse(
        /[Z]$|[+-]\d\d:?\d\d$/.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`,
      )
    : Number.NaN;
  if (!Number.isNaN(time)) return Math.floor(time / 1000);
  throw usage(
    flag,
    `received "${text}"`,
    "write ISO 8601 such as 2026-11-19T06:00Z, or a length such as 24h or 7d",
  );
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

function usage(where: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("USAGE", { what: "not a time window", where, why, fix });
}
