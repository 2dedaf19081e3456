import { dayWindow, isoTime, type TimeWindow } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { comparePeriods, periodFragments, type Periods } from "./periods.ts";

interface Case {
  readonly name: string;
  readonly window: TimeWindow;
  readonly history: number;
  /** Label, start, hours; oldest first. */
  readonly expect: readonly (readonly [label: string, start: string, hours: number])[];
}

const CASES: readonly Case[] = [
  {
    name: "a day is compared with the days before it",
    window: dayWindow("2026-03-01", "UTC"),
    history: 2,
    expect: [
      ["2026-02-27", "2026-02-27T00:00:00Z", 24],
      ["2026-02-28", "2026-02-28T00:00:00Z", 24],
      ["2026-03-01", "2026-03-01T00:00:00Z", 24],
    ],
  },
  {
    name: "the day on which clocks go forward has 23 hours, the days around it 24",
    window: dayWindow("2026-03-30", "Europe/Berlin"),
    history: 2,
    expect: [
      ["2026-03-28", "2026-03-27T23:00:00Z", 24],
      ["2026-03-29", "2026-03-28T23:00:00Z", 23],
      ["2026-03-30", "2026-03-29T22:00:00Z", 24],
    ],
  },
  {
    name: "the day on which clocks go back has 25 hours and is compared with days of 24",
    window: dayWindow("2026-10-25", "Europe/Berlin"),
    history: 1,
    expect: [
      ["2026-10-24", "2026-10-23T22:00:00Z", 24],
      ["2026-10-25", "2026-10-24T22:00:00Z", 25],
    ],
  },
  {
    name: "a day of Kolkata begins at half past",
    window: dayWindow("2026-11-19", "Asia/Kolkata"),
    history: 1,
    expect: [
      ["2026-11-18", "2026-11-17T18:30:00Z", 24],
      ["2026-11-19", "2026-11-18T18:30:00Z", 24],
    ],
  },
  {
    name: "any other window is compared with windows of its length, labelled by the day they begin on",
    window: { start: at("2026-11-19T06:00:00Z"), end: at("2026-11-19T12:00:00Z"), timezone: "UTC" },
    history: 2,
    expect: [
      ["2026-11-18", "2026-11-18T18:00:00Z", 6],
      ["2026-11-19", "2026-11-19T00:00:00Z", 6],
      ["2026-11-19", "2026-11-19T06:00:00Z", 6],
    ],
  },
  {
    name: "24 hours that are no day of the zone are a window",
    window: { ...dayWindow("2026-11-19", "UTC"), timezone: "Europe/Berlin" },
    history: 1,
    expect: [
      ["2026-11-18", "2026-11-18T00:00:00Z", 24],
      ["2026-11-19", "2026-11-19T00:00:00Z", 24],
    ],
  },
  {
    name: "without history the window stands alone",
    window: dayWindow("2026-11-19", "UTC"),
    history: 0,
    expect: [["2026-11-19", "2026-11-19T00:00:00Z", 24]],
  },
];

test.each(CASES)("$name", ({ window, history, expect: wanted }) => {
  const periods = comparePeriods(window, history);
  expect(periods.list.map((p) => [p.label, isoTime(p.start), (p.end - p.start) / 3600])).toEqual(
    wanted,
  );
  expect(periods.last).toBe(wanted.length - 1);
});

test("B3, B7: days in a row leave no second out and take none twice, across clock changes", () => {
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
  const day = fc.date({
    min: new Date("2024-01-01"),
    max: new Date("2027-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(zone, day, fc.integer({ min: 1, max: 20 }), (timezone, date, history) => {
      const window = dayWindow(date.toISOString().slice(0, 10), timezone);
      const { list } = comparePeriods(window, history);
      expect(list.slice(1).map((p) => p.start)).toEqual(list.slice(0, -1).map((p) => p.end));
      expect(list.at(-1)).toMatchObject({ start: window.start, end: window.end });
    }),
  );
});

describe("the fragments for the SQL", () => {
  const fragments = (periods: Periods): unknown => periodFragments(periods);

  test("number the periods from the oldest and name the UTC days that they touch", () => {
    const periods = comparePeriods(dayWindow("2026-03-29", "Europe/Berlin"), 1);
    expect(fragments(periods)).toEqual({
      periods: `(0, ${at("2026-03-27T23:00:00Z")}, ${at("2026-03-28T23:00:00Z")}), (1, ${at("2026-03-28T23:00:00Z")}, ${at("2026-03-29T22:00:00Z")})`,
      last_period: "1",
      first_day: "2026-03-27",
      last_day: "2026-03-29",
      grain: "hours",
    });
  });

  test.each([
    ["a day", { start: at("2026-11-19T00:00:00Z"), end: at("2026-11-20T00:00:00Z") }, "days"],
    ["a week", { start: at("2026-11-13T00:00:00Z"), end: at("2026-11-20T00:00:00Z") }, "days"],
    ["an hour", { start: at("2026-11-19T00:00:00Z"), end: at("2026-11-19T01:00:00Z") }, "hours"],
    ["to noon", { start: at("2026-11-19T12:00:00Z"), end: at("2026-11-20T12:00:00Z") }, "hours"],
  ])("say whether days or hours are read: %s", (_name, window, expected) => {
    const periods = comparePeriods({ ...window, timezone: "UTC" }, 3);
    expect(fragments(periods)).toMatchObject({ grain: expected });
  });

  test("do not touch the day on whose midnight the window ends", () => {
    expect(fragments(comparePeriods(dayWindow("2026-11-19", "UTC"), 0))).toMatchObject({
      first_day: "2026-11-19",
      last_day: "2026-11-19",
    });
  });
});

function at(time: string): number {
  return Date.parse(time) / 1000;
}
