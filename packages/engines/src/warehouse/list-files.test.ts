import type { S3Layout } from "@turnaway/core";
import { expect, it } from "vitest";

import { listDays } from "./day-files.ts";
import { ScriptedLake } from "./fixtures/scripted-lake.ts";

it.each<[S3Layout, number]>([
  ["default", 1 + 10 + 100 + 1000],
  ["hive", 1 + 10 + 100 + 1000],
  ["hourly", 1 + 10 + 100],
  ["hive-hourly", 1 + 10 + 100],
])("expects the bytes of whole folders, %s", async (layout, bytes) => {
  const lake = new ScriptedLake();
  lake.deliver("2026-11-19", { hour: 0, size: 1 });
  lake.deliver("2026-11-19", { hour: 23.9, size: 10 });
  lake.deliver("2026-11-20", { hour: 2.9, size: 100 });
  lake.deliver("2026-11-20", { hour: 3, size: 1000 });
  lake.deliver("2026-11-21", { hour: 0, size: 10_000 });
  const warehouse = lake.warehouse();
  const range = { first: "2026-11-19", last: "2026-11-19" };
  const [day] = await listDays({ ...warehouse, logs: { ...warehouse.logs, layout } }, range);
  expect(day!.expectedBytes).toBe(bytes);
  expect([day!.own.length, day!.settle.length]).toEqual([2, 1]);
});
