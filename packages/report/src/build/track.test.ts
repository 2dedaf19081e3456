import { describe, expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import { track } from "./track.ts";

interface Case {
  readonly name: string;
  /** One character a period, oldest first: `x` seen, `.` not seen, ` ` no logs. */
  readonly days: string;
  readonly expect: readonly [status: string, day: number, firstSeenPeriod: number] | null;
}

const CASES: readonly Case[] = [
  { name: "seen for the first time is new", days: "...x", expect: ["new", 1, 3] },
  { name: "seen on the first day of all is new", days: "x", expect: ["new", 1, 0] },
  { name: "seen yesterday and today is ongoing, day 2", days: "..xx", expect: ["ongoing", 2, 2] },
  { name: "seen on every day is as old as the history", days: "xxxx", expect: ["ongoing", 4, 0] },
  {
    name: "seen until yesterday is resolved, with its length",
    days: "xxx.",
    expect: ["resolved", 3, 0],
  },
  { name: "gone for two days is not mentioned", days: "xx..", expect: null },
  { name: "back after a quiet day is new again", days: "xx.x", expect: ["new", 1, 3] },
  {
    name: "a day without logs breaks no run and counts as a day",
    days: "xx x",
    expect: ["ongoing", 4, 0],
  },
  {
    name: "the first day with logs after a gap resolves",
    days: "xx  .",
    expect: ["resolved", 2, 0],
  },
  { name: "a report on a day without logs resolves nothing", days: "xx ", expect: null },
  { name: "nothing before the gap is new after it", days: ".. x", expect: ["new", 1, 3] },
];

test.each(CASES)("$name", ({ days, expect: wanted }) => {
  expect(follow({ trouble: days })).toEqual(wanted === null ? [] : [["trouble", ...wanted]]);
});

describe("several keys", () => {
  test("are followed each on its own", () => {
    expect(follow({ one: "x.", two: "xx", three: ".x", four: ".." })).toEqual([
      ["one", "resolved", 1, 0],
      ["two", "ongoing", 2, 0],
      ["three", "new", 1, 1],
    ]);
  });
});

test("a trouble is shown as it was in the last period that had it", () => {
  const periods = { last: 2, covered: new Set([0, 1, 2]) };
  const seen = [0, 1].map((period) => sampleSighting({ period, records: 100 + period }));
  expect(track(seen, () => "key", periods)).toMatchObject([
    { status: "resolved", sighting: { period: 1, records: 101 } },
  ]);
});

function follow(troubles: Readonly<Record<string, string>>): unknown[] {
  const rows = Object.entries(troubles);
  const length = rows[0]![1].length;
  const indexes = Array.from({ length }, (_, period) => period);
  const covered = new Set(indexes.filter((i) => rows.some(([, days]) => days[i] !== " ")));
  const sightings = rows.flatMap(([client, days]) =>
    indexes
      .filter((i) => days[i] === "x")
      .map((period) => sampleSighting({ client, period, first_seen: period * 86_400 })),
  );
  return track(sightings, (s) => s.client!, { last: length - 1, covered }).map(
    ({ key, status, day, firstSeen }) => [key, status, day, firstSeen! / 86_400],
  );
}
