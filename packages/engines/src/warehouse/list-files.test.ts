import type { QueryEngine, S3Layout } from "@turnaway/core";
import { expect, it } from "vitest";

import { listDays } from "./day-files.ts";
import { ScriptedLake } from "./fixtures/scripted-lake.ts";
import { listFilesBySql } from "./list-files.ts";

const NAME = "123456789012_vpcflowlogs_eu-central-1_fl-0a";
const start = Date.parse("2026-11-19T00:00:00Z") / 1000;

it("asks an engine for the files of the folders, and takes those of the span", async () => {
  const asked: string[] = [];
  const rows = [
    { path: `s3://b/x/${NAME}_20261119T0000Z_a1.log.gz`, size: 10 },
    { path: `s3://b/x/${NAME}_20261120T0259Z_a2.log.gz`, size: 20 },
    { path: `s3://b/x/${NAME}_20261120T0300Z_a3.log.gz`, size: 30 },
    { path: "s3://b/x/notes.txt", size: 40 },
  ];
  const engine: QueryEngine = {
    name: "trino",
    dialect: "trino",
    run: ({ sql }) => {
      asked.push(sql);
      return Promise.resolve({
        columns: [],
        rows,
        stats: { queryId: null, scannedBytes: 0, durationMs: 0 },
      });
    },
  };
  const scope = { layout: "default", accounts: ["1"], regions: ["r"] } as const;
  const files = await listFilesBySql(engine, scope)({ start, end: start + 27 * 3600 });
  expect(files.map(({ size, deliveredAt }) => [size, deliveredAt - start])).toEqual([
    [10, 0],
    [20, 26 * 3600 + 59 * 60],
  ]);
  expect(asked[0]).toContain("log_date BETWEEN '2026/11/19' AND '2026/11/20'");
});

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
