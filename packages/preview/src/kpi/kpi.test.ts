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

test.each([
  ["fewer refusals are good news", [100, 95], "Records refused", "↓ 5.0% on 11 Nov", true],
  ["more traffic is no news", [100, 110], "Records accepted", "↑ 10% on 11 Nov", null],
  ["what was none is told as it is", [0, 84], "Windows lost", "↑ 84 on 11 Nov", false],
  ["many times as much", [10, 200], "Records", "↑ 20 times on 11 Nov", null],
  ["the same", [5, 5], "Records refused", "as on 11 Nov", null],
] as const)("%s", (_, values, title, text, isGood) => {
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
