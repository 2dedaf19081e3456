import { dayPrefixes, isoTime, S3_LAYOUTS, type S3Layout } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { partitionColumnNames, partitionPredicate } from "./raw-partitions.ts";

const HOUR = 3600;
const seconds = (time: string): number => Date.parse(time) / 1000;
const scope = (layout: S3Layout) => ({
  layout,
  accounts: ["123456789012", "210987654321"],
  regions: ["eu-central-1"],
});

describe("a partition predicate", () => {
  it.each([
    ["default", "log_date BETWEEN '2026/11/19' AND '2026/11/20'"],
    ["hourly", "log_date_hour BETWEEN '2026/11/19/00' AND '2026/11/20/02'"],
    ["hive", "log_year = '2026' AND log_month = '11' AND log_day BETWEEN '19' AND '20'"],
    [
      "hive-hourly",
      "log_year = '2026' AND log_month = '11' AND log_day BETWEEN '19' AND '20' AND log_hour BETWEEN '00' AND '23'" +
        " AND log_year || '/' || log_month || '/' || log_day || '/' || log_hour BETWEEN '2026/11/19/00' AND '2026/11/20/02'",
    ],
  ] as const)("of a day and its settle hours in the layout %s", (layout, time) => {
    const start = seconds("2026-11-19T00:00:00Z");
    expect(partitionPredicate(scope(layout), { start, end: start + 27 * HOUR })).toBe(
      `log_account IN ('123456789012', '210987654321') AND log_region = 'eu-central-1' AND ${time}`,
    );
  });

  it.each(S3_LAYOUTS)("picks exactly the folders of any span, %s", (layout) => {
    const spans = fc.record({
      start: fc.integer({
        min: seconds("2025-11-01T00:00:00Z"),
        max: seconds("2026-03-01T00:00:00Z"),
      }),
      hours: fc.integer({ min: 1, max: 24 * 70 }),
    });
    const unit = layout.endsWith("hourly") ? HOUR : 24 * HOUR;
    fc.assert(
      fc.property(spans, ({ start, hours }) => {
        const end = start + hours * HOUR;
        const holds = compile(partitionPredicate(scope(layout), { start, end }));
        // Whole months around the span: a folder that is picked by mistake shows.
        for (let at = floor(start, unit) - 40 * 24 * HOUR; at < end + 40 * 24 * HOUR; at += unit) {
          const inSpan = at + unit > start && at < end;
          expect(holds(folder(layout, at)), `${isoTime(at)} of ${isoTime(start)}`).toBe(inSpan);
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each(S3_LAYOUTS)("compares every partition column with literals, %s", (layout) => {
    const predicate = partitionPredicate(scope(layout), { start: 0, end: 90 * 24 * HOUR });
    for (const name of partitionColumnNames(layout))
      expect(predicate).toMatch(new RegExp(`(^|AND )${name} (=|IN|BETWEEN) `));
  });

  it("speaks of the folders that AWS makes", () => {
    const [first] = dayPrefixes("", "default", { ...scope("default"), day: "2026-11-19" });
    expect(first).toContain(folder("default", seconds("2026-11-19T05:00:00Z")).log_date!);
  });
});

type Folder = Readonly<Record<string, string>>;

function folder(layout: S3Layout, at: number): Folder {
  const [year, month, day, hour] = isoTime(at).split(/[-T:]/) as [string, string, string, string];
  const where = { log_account: "123456789012", log_region: "eu-central-1" };
  if (layout === "default") return { ...where, log_date: `${year}/${month}/${day}` };
  if (layout === "hourly") return { ...where, log_date_hour: `${year}/${month}/${day}/${hour}` };
  return { ...where, log_year: year, log_month: month, log_day: day, log_hour: hour };
}

/** The predicate as a function: text comparisons joined by AND are all that it has. */
function compile(predicate: string): (values: Folder) => boolean {
  const terms = predicate
    .replaceAll(/BETWEEN ('[^']*') AND ('[^']*')/g, "BETWEEN $1 $2")
    .split(" AND ");
  return (values) => terms.every((term) => test(term, values));
}

function test(term: string, values: Folder): boolean {
  const [, expression, operator] = /^(.+) (=|IN|BETWEEN) (?=\(?')/.exec(term)!;
  const left = expression!
    .split(" || ")
    .map((part) => (part.startsWith("'") ? part.slice(1, -1) : values[part]!))
    .join("");
  const literals = [...term.slice(expression!.length).matchAll(/'([^']*)'/g)].map((m) => m[1]!);
  if (operator === "BETWEEN") return left >= literals[0]! && left <= literals[1]!;
  return literals.includes(left);
}

function floor(at: number, unit: number): number {
  return Math.floor(at / unit) * unit;
}
