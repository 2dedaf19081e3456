import type { Row } from "@turnaway/core";
import { expect, test } from "vitest";

import { field, figure, measure } from "../../test/figures.ts";
import { kpiOf } from "./kpi.ts";

const day = field("day", "trend", { type: "date", granularity: "day" });

function kpi(values: readonly (number | null)[], title = "Records refused") {
  const trend = values.map((records, i): Row => ({ day: `2026-11-1${i + 1}T00:00:00Z`, records }));
  return kpiOf(figure("kpi", [measure("records"), day], { title, rows: [{ records: 99 }], trend }));
}

test("with a trend it is the last period's value, against the one before", () => {
  expect(kpi([100, 150])).toEqual({
    value: "150",
    when: "12 Nov",
    change: { text: "↑ 50% on 11 Nov", isGood: false },
    total: "99 in all",
    points: [100, 150],
  });
});

test.each<[string, { values: number[]; title: string; text: string; isGood: boolean | null }]>([
  [
    "fewer refusals are good news",
    { values: [100, 95], title: "Records refused", text: "↓ 5.0% on 11 Nov", isGood: true },
  ],
  [
    "more traffic is no news",
    { values: [100, 110], title: "Records accepted", text: "↑ 10% on 11 Nov", isGood: null },
  ],
  [
    "what was none is told as it is",
    { values: [0, 84], title: "Windows lost", text: "↑ 84 on 11 Nov", isGood: false },
  ],
  [
    "many times as much",
    { values: [10, 200], title: "Records", text: "↑ 20 times on 11 Nov", isGood: null },
  ],
  ["the same", { values: [5, 5], title: "Records refused", text: "as on 11 Nov", isGood: null }],
])("%s", (_, { values, title, text, isGood }) => {
  expect(kpi(values, title)?.change).toEqual({ text, isGood });
});

test("a day without rows is a gap of the line", () => {
  const trend = [1, 4].map((at): Row => ({ day: `2026-11-1${at}T00:00:00Z`, records: at }));
  const drawn = kpiOf(figure("kpi", [measure("records"), day], { rows: [{ records: 5 }], trend }));
  expect(drawn?.points).toEqual([1, null, null, 4]);
});

test("without a trend it is the value over all", () => {
  expect(kpiOf(figure("kpi", [measure("records")], { rows: [{ records: 12_345 }] }))).toMatchObject(
    {
      value: "12.3K",
      change: null,
      points: [],
    },
  );
});

test("without rows it is nothing", () => {
  expect(kpiOf(figure("kpi", [measure("records")], { rows: [{ records: null }] }))).toBeNull();
  expect(kpiOf(figure("kpi", [measure("records")], { rows: [] }))).toBeNull();
});
