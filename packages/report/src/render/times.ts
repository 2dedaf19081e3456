import type { Report } from "@turnaway/core";

/** Times of a report as people read them, in the report's own time zone. */
export interface Clock {
  /** The zone that all times are in; `UTC` when this machine does not know the report's. */
  readonly zone: string;
  /** `2026-11-19 14:05` */
  time(iso: string): string;
  /** `2026-11-19` */
  day(iso: string): string;
  /** `Thursday 19 November 2026`, or both ends when the window is not one whole day. */
  window(window: Report["window"]): string;
}

/** The clock for one report. Making one is dear, reading it is cheap. */
export function clockFor(timezone: string): Clock {
  const format = localFormat(timezone);
  const time =
    format === undefined
      ? (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
      : (iso: string) => format.format(Date.parse(iso)).replace(",", "");
  const day = (iso: string): string => time(iso).slice(0, 10);
  return {
    zone: format === undefined ? "UTC" : timezone,
    time,
    day,
    window({ start, end }) {
      const [from, to] = [time(start), time(end)];
      const oneDay =
        `${from.slice(0, 10)} 00:00` === from && daysBetween(day(start), day(end)) === 1;
      return oneDay && to.endsWith("00:00") ? longDay(day(start)) : `${from} to ${to}`;
    },
  };
}

/** `Thursday 19 November 2026` for `2026-11-19`. */
export function longDay(day: string): string {
  return LONG_DAY.format(Date.parse(`${day}T00:00:00Z`)).replaceAll(",", "");
}

/** `19 Nov` for `2026-11-19`. */
export function shortDay(day: string): string {
  return SHORT_DAY.format(Date.parse(`${day}T00:00:00Z`));
}

/** Whole days from one `YYYY-MM-DD` to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const LONG_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

// sv-SE writes ISO dates. UTC needs no formatter, which matters at 100,000 findings.
function localFormat(timezone: string): Intl.DateTimeFormat | undefined {
  if (timezone === "UTC") return undefined;
  try {
    return new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      dateStyle: "short",
      timeStyle: "short",
    });
  } catch {
    return undefined;
  }
}
