import { addDays, isoTime } from "@turnaway/core";

/** Cases have a calendar of their own: `d0` is this day, `d3T09:30` is UTC, three days later. */
const DAY_0 = "2026-11-01";

/** `d3` as the text of a day. */
export function dayText(cell: string): string | undefined {
  const day = /^d(\d+)$/.exec(cell)?.[1];
  return day === undefined ? undefined : addDays(DAY_0, Number(day));
}

/** `d3T09:30` or `d3T09:30:15` as Unix seconds. */
export function instant(cell: string): number | undefined {
  const match = /^d(\d+)T(\d+):(\d\d)(?::(\d\d))?$/.exec(cell);
  if (match === null) return undefined;
  const [day, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return startOfDay(day!) + hours! * 3600 + minutes! * 60 + seconds!;
}

/** Unix seconds as a case writes them. */
export function instantText(seconds: number): string {
  const day = Math.floor((seconds - startOfDay(0)) / 86_400);
  const time = isoTime(seconds).slice(11, 19);
  return `d${day}T${time.replace(/:00$/, "")}`;
}

/** Unix seconds of the first moment of a day. */
export function startOfDay(day: number): number {
  return Date.parse(`${DAY_0}T00:00:00Z`) / 1000 + day * 86_400;
}
