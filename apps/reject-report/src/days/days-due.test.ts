import { addDays, dayWindow } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { askedDays, daysDue } from "./days-due.ts";

const at = (time: string): number => Date.parse(time) / 1000;
const SATURDAY = { now: at("2026-11-21T06:17:00Z"), timezone: "UTC" };

describe("B4, B5, D18: the days since the last success", () => {
  test.each([
    ["one a day", "2026-11-20T06:17:00Z", ["2026-11-20"], []],
    ["two were missed", "2026-11-18T06:17:00Z", ["2026-11-18", "2026-11-19", "2026-11-20"], []],
    ["again on the same day", "2026-11-21T02:00:00Z", ["2026-11-20"], []],
    ["before the first one", null, ["2026-11-20"], []],
    [
      "more than are caught up",
      "2026-11-16T06:17:00Z",
      ["2026-11-18", "2026-11-19", "2026-11-20"],
      ["2026-11-16", "2026-11-17"],
    ],
  ])("%s", (_, last, days, missed) => {
    const lastSuccess = last === null ? null : at(last);
    expect(daysDue({ ...SATURDAY, lastSuccess, maxDays: 3 })).toMatchObject({ days, missed });
  });

  test("are days of the zone: it is still the day before in Los Angeles", () => {
    const timezone = "America/Los_Angeles";
    const lastSuccess = at("2026-11-20T06:17:00Z");
    const { days } = daysDue({ ...SATURDAY, timezone, lastSuccess, maxDays: 7 });
    expect(days).toEqual(["2026-11-19"]);
  });

  test("runs at any times, one after the other, leave no day out and take none that goes on", () => {
    const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata");
    const start = at("2026-03-01T00:00:00Z");
    const times = fc.array(fc.integer({ min: 0, max: 60 * 86_400 }), {
      minLength: 2,
      maxLength: 9,
    });
    fc.assert(
      fc.property(zone, times, (timezone, offsets) => {
        const runs = offsets.toSorted((a, b) => a - b).map((offset) => start + offset);
        const reported = runs.flatMap((now, index) => {
          const lastSuccess = index === 0 ? null : runs[index - 1]!;
          const { days } = daysDue({ now, timezone, lastSuccess, maxDays: 100 });
          for (const day of days) expect(dayWindow(day, timezone).end).toBeLessThanOrEqual(now);
          return days;
        });
        const distinct = [...new Set(reported)];
        for (const [index, day] of distinct.entries())
          expect(day).toBe(addDays(distinct[0]!, index));
      }),
    );
  });
});

describe("the days that somebody asks for", () => {
  const ask = (asked: { date?: string; backfill?: string }) =>
    askedDays({ date: undefined, backfill: undefined, ...asked }, SATURDAY);

  test("are one, or a range, oldest first; or nobody asks", () => {
    expect(ask({ date: "2026-11-03" })?.days).toEqual(["2026-11-03"]);
    expect(ask({ backfill: "2026-02-27..2026-03-01" })?.days).toEqual([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
    ]);
    expect(ask({})).toBeUndefined();
  });

  test.each([
    [{ date: "2026-11-31" }, /\(date\): received "2026-11-31"/],
    [{ date: "2026-11-01..2026-11-02" }, /a range is for `backfill`/],
    [{ date: "$(curl evil)" }, /\(date\): received/],
    [{ backfill: "2026-11-02..2026-11-01" }, /\(backfill\): received/],
    [{ backfill: "2026-11-01..2026-11-22" }, /2026-11-22 has not begun/],
    [{ backfill: "2025-01-01..2026-11-01" }, /these are 670 days\. split it/i],
    [{ date: "2026-11-01", backfill: "2026-11-01" }, /give one of the two/i],
  ])("%o is refused", (asked, why) => {
    expect(() => ask(asked)).toThrow(why);
  });
});
