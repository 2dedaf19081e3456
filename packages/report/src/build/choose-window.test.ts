import { dayWindow, isoTime, TurnawayError } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import { coveredWindow, requestedWindow, type WindowRequest } from "./choose-window.ts";

const NOW = at("2026-11-20T06:30:00Z");

type Asked = Partial<WindowRequest>;

const request = (asked: Asked): WindowRequest => ({ timezone: "UTC", now: NOW, ...asked });

interface Case {
  readonly name: string;
  readonly asked: Asked;
  readonly expect: readonly [start: string, end: string] | null;
  readonly widened?: boolean;
}

const ASKED: readonly Case[] = [
  { name: "nothing leaves it to the logs", asked: {}, expect: null },
  {
    name: "a date is that day",
    asked: { date: "2026-11-19" },
    expect: ["2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z"],
  },
  {
    name: "a date is that day in the zone, 25 hours where clocks go back",
    asked: { date: "2026-10-25", timezone: "Europe/Berlin" },
    expect: ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
  },
  {
    name: "a leap day exists",
    asked: { date: "2028-02-29" },
    expect: ["2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
  },
  {
    name: "a length since counts back from now, and is widened to whole hours",
    asked: { since: "24h" },
    expect: ["2026-11-19T06:00:00Z", "2026-11-20T07:00:00Z"],
    widened: true,
  },
  {
    name: "minutes, days and weeks are lengths too",
    asked: { since: "1w", until: "90m" },
    expect: ["2026-11-13T06:00:00Z", "2026-11-20T05:00:00Z"],
    widened: true,
  },
  {
    name: "instants of any offset",
    asked: { since: "2026-11-19T06:00+01:00", until: "2026-11-19T09:00:00Z" },
    expect: ["2026-11-19T05:00:00Z", "2026-11-19T09:00:00Z"],
  },
  {
    name: "an instant without an offset is UTC",
    asked: { since: "2026-11-19 06:00", until: "2026-11-19T07:00:00.5" },
    expect: ["2026-11-19T06:00:00Z", "2026-11-19T07:00:00Z"],
  },
  {
    name: "a day as an instant is its midnight",
    asked: { since: "2026-11-18", until: "2026-11-19" },
    expect: ["2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z"],
  },
  {
    name: "until alone is the day before it",
    asked: { until: "2026-11-19T12:00:00Z" },
    expect: ["2026-11-18T12:00:00Z", "2026-11-19T12:00:00Z"],
  },
];

describe("what was asked for", () => {
  test.each(ASKED)("$name", ({ asked, expect: wanted, widened = false }) => {
    const chosen = requestedWindow(request(asked));
    const { window } = chosen ?? {};
    expect(window ? [isoTime(window.start), isoTime(window.end)] : null).toEqual(wanted);
    expect(chosen?.notice?.includes("widened to whole hours") ?? false).toBe(widened);
  });

  test.each<[name: string, asked: Asked, flag: string]>([
    ["a day that does not exist", { date: "2026-02-30" }, "--date"],
    ["a day in words", { date: "yesterday" }, "--date"],
    ["a date together with a beginning", { date: "2026-11-19", since: "24h" }, "--date"],
    ["a date together with an end", { date: "2026-11-19", until: "24h" }, "--date"],
    ["an unknown unit", { since: "5y" }, "--since"],
    ["words", { until: "now" }, "--until"],
    ["an empty text", { since: "" }, "--since"],
    ["an end before its beginning", { since: "1h", until: "2h" }, "--since"],
    ["an end at its beginning", { since: "2026-11-19", until: "2026-11-19" }, "--since"],
  ])("%s is wrong usage and names its flag", (_name, asked, flag) => {
    expect(() => requestedWindow(request(asked))).toThrow(
      expect.objectContaining({ code: "USAGE", detail: expect.objectContaining({ where: flag }) }),
    );
    expect(() => requestedWindow(request(asked))).toThrow(TurnawayError);
  });
});

interface CoveredCase {
  readonly name: string;
  readonly hours: readonly number[];
  readonly timezone?: string;
  readonly expect: readonly [start: string, end: string, notice: RegExp];
}

const COMPLETE = /is about \d{4}-\d\d-\d\d, the last complete day/;
const INCOMPLETE = /covers no complete day/;

const COVERED: readonly CoveredCase[] = [
  {
    name: "the last day with its first and its last hour",
    hours: [
      ...hoursOf("2026-11-17"),
      ...hoursOf("2026-11-18"),
      ...hoursOf("2026-11-19").slice(0, 20),
    ],
    expect: ["2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z", COMPLETE],
  },
  {
    name: "a day of the zone, not of UTC",
    hours: [
      ...hoursOf("2026-11-17"),
      ...hoursOf("2026-11-18"),
      ...hoursOf("2026-11-19").slice(0, 20),
    ],
    timezone: "America/New_York",
    expect: ["2026-11-18T05:00:00Z", "2026-11-19T05:00:00Z", COMPLETE],
  },
  {
    name: "the day of 23 hours",
    hours: hoursOf("2026-03-29", "Europe/Berlin"),
    timezone: "Europe/Berlin",
    expect: ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", COMPLETE],
  },
  {
    name: "a gap within the day leaves it complete: the report names the gap",
    hours: hoursOf("2026-11-18").filter((_hour, index) => index < 9 || index > 12),
    expect: ["2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z", COMPLETE],
  },
  {
    name: "less than a day is all of it",
    hours: [...hoursOf("2026-11-18").slice(20), ...hoursOf("2026-11-19").slice(0, 3)],
    expect: ["2026-11-18T20:00:00Z", "2026-11-19T03:00:00Z", INCOMPLETE],
  },
  {
    name: "more than a day without a complete one is the last day of it",
    hours: [...hoursOf("2026-11-18").slice(1), ...hoursOf("2026-11-19").slice(0, 9)],
    expect: ["2026-11-19T00:00:00Z", "2026-11-19T09:00:00Z", INCOMPLETE],
  },
  {
    name: "hours in the future are clock errors",
    hours: [...hoursOf("2026-11-18"), ...hoursOf("2026-12-24")],
    expect: ["2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z", COMPLETE],
  },
  {
    name: "a source that is all in the future is still reported on",
    hours: hoursOf("2027-01-01"),
    expect: ["2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z", COMPLETE],
  },
];

describe("what the source covers", () => {
  test.each(COVERED)("$name", ({ hours, timezone = "UTC", expect: [start, end, notice] }) => {
    const rows = hours.map((hour) => ({ hour, first_start: hour, last_end: hour + 3599 }));
    const chosen = coveredWindow(rows, { timezone, now: NOW });
    expect([isoTime(chosen!.window.start), isoTime(chosen!.window.end)]).toEqual([start, end]);
    expect(chosen!.notice).toMatch(notice);
  });

  test("no record at all is no window", () => {
    expect(coveredWindow([], { timezone: "UTC", now: NOW })).toBeNull();
  });
});

function hoursOf(day: string, timezone = "UTC"): number[] {
  const { start, end } = dayWindow(day, timezone);
  return Array.from({ length: (end - start) / 3600 }, (_, index) => start + index * 3600);
}

function at(time: string): number {
  return Date.parse(time) / 1000;
}
