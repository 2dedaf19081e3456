import { defaultConfig } from "@turnaway/core";
import type { DashboardTarget, DataSetFile } from "@turnaway/dashboards";
import { describe, expect, test } from "vitest";

import { hashOf } from "./content-hash.ts";
import { contentOf, wantedDataSet } from "./data-set.ts";

const TARGET: DashboardTarget = {
  partition: "aws",
  region: "eu-central-1",
  account: "123456789012",
  prefix: "turnaway-test-",
};

const FILE: DataSetFile = {
  name: "Turnaway rejects",
  source: "datasets/rejects",
  mode: "spice",
  refresh: "daily",
  "refresh-by": "day",
  lookback: "3 days",
};

describe("a data set as a request", () => {
  test("reads its view, column by column, with the types of QuickSight", async () => {
    const wanted = made("rejects", FILE);
    await expect(`${JSON.stringify(wanted, null, 2)}\n`).toMatchFileSnapshot(
      "../../golden/data-set-request.json",
    );
  });

  test("asks Athena for each visual, and is never refreshed, in direct mode", () => {
    const { content, refresh } = made("rejects", { ...FILE, mode: "direct" });
    expect(content.ImportMode).toBe("DIRECT_QUERY");
    expect(refresh).toBeNull();
  });

  test.each([
    ["hourly", { refresh: "hourly" }, { Interval: "HOURLY", Timezone: "UTC" }],
    ["daily", {}, { Interval: "DAILY", TimeOfTheDay: "07:00", Timezone: "UTC" }],
  ])("is refreshed %s where its file says so", (_, more, frequency) => {
    const { refresh } = made("rejects", { ...FILE, ...more });
    expect(refresh?.schedule?.ScheduleFrequency).toEqual(frequency);
    expect(refresh?.schedule?.RefreshType).toBe("INCREMENTAL_REFRESH");
  });

  test.each([
    ["1 hour", { Size: 1, SizeUnit: "HOUR" }],
    ["2 weeks", { Size: 2, SizeUnit: "WEEK" }],
  ])("looks back %s", (lookback, window) => {
    const { refresh } = made("rejects", { ...FILE, lookback });
    expect(refresh?.properties?.RefreshConfiguration?.IncrementalRefresh?.LookbackWindow).toEqual({
      ColumnName: "day",
      ...window,
    });
  });

  test("reads everything again where nothing says by which column", () => {
    const { "refresh-by": _, lookback: __, ...file } = FILE;
    const { refresh } = made("rejects", file);
    expect(refresh?.properties).toBeNull();
    expect(refresh?.schedule?.RefreshType).toBe("FULL_REFRESH");
  });

  test.each([
    [
      "another kind of SQL",
      { source: "queries/top-rejected" },
      "its source is queries/top-rejected",
    ],
    ["a mode that there is not", { mode: "quick" }, 'its mode is "quick"'],
    ["a refresh that there is not", { refresh: "often" }, 'its refresh is "often"'],
    ["a lookback in no unit", { lookback: "3" }, 'its lookback is "3"'],
  ])("is refused with %s, by its file", (_, more, why) => {
    expect(() => made("rejects", { ...FILE, ...more })).toThrow(
      expect.objectContaining({
        code: "CONFIG",
        detail: expect.objectContaining({ where: "data-sets/rejects.yml", why }),
      }),
    );
  });
});

describe("what a live data set is held against", () => {
  test("is the same whatever the service fills in, and whatever it calls the tables", () => {
    const { content, hash } = made("rejects", FILE);
    const [physical] = Object.values(content.PhysicalTableMap);
    const [logical] = Object.values(content.LogicalTableMap);
    const live = {
      ...content,
      PhysicalTableMap: { "0f0c": physical! },
      LogicalTableMap: {
        "9a1b": { ...logical!, DataTransforms: [], Source: { PhysicalTableId: "0f0c" } },
      },
      OutputColumns: [{ Name: "day" }],
    };
    expect(hashOf(contentOf(live))).toBe(hash);
  });

  test.each([
    ["another name", (live: Live) => ({ ...live, Name: "Mine" })],
    ["another mode", (live: Live) => ({ ...live, ImportMode: "DIRECT_QUERY" as const })],
    [
      "a column that somebody calculates",
      (live: Live) => {
        const [[key, table] = []] = Object.entries(live.LogicalTableMap);
        const DataTransforms = [{ ProjectOperation: { ProjectedColumns: ["day"] } }];
        return { ...live, LogicalTableMap: { [key!]: { ...table!, DataTransforms } } };
      },
    ],
  ])("differs by %s", (_, change) => {
    const { content, hash } = made("rejects", FILE);
    expect(hashOf(contentOf(change(content)))).not.toBe(hash);
  });
});

type Live = ReturnType<typeof made>["content"];

function made(name: string, file: DataSetFile) {
  return wantedDataSet(name, file, { config: defaultConfig(), target: TARGET });
}
