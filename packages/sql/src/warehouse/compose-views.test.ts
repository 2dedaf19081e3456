import { S3_LAYOUTS } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { lintDialect } from "../lint/lint-dialect.ts";
import { DEFAULT_SETTINGS } from "../macros.ts";
import { partitionColumnNames } from "../tables/raw-partitions.ts";
import { listSqlFiles } from "../compose.ts";
import { dataSetColumns, dataSetView } from "../data-sets.ts";
import { composeViews, isOurView, viewColumns } from "./compose-views.ts";
import type { WarehousePlace } from "./dialect.ts";
import { normalizeView } from "./normalize-view.ts";

const PLACE: WarehousePlace = {
  dialect: "athena",
  schema: "db",
  icebergCatalog: null,
  location: "s3://b/",
};

describe("the views", () => {
  it.each(S3_LAYOUTS)(
    "come after what they read, and pass the partition columns through, %s",
    (layout) => {
      const views = composeViews(PLACE, { layout, settings: DEFAULT_SETTINGS });
      const names = views.map(({ name }) => name);
      expect(names.toSorted()).toEqual([
        "coverage_rollup",
        "dashboard_builds",
        "dashboard_coverage",
        "dashboard_peers",
        "dashboard_rejects",
        "dashboard_traffic",
        "flow_logs_day",
        "flow_records",
        "lone_refusals",
        "traffic_days",
        "traffic_rollup",
        "vpc_accept_traffic",
        "vpc_reject_traffic",
      ]);
      for (const { name, sql, reads } of views) {
        for (const other of reads) expect(names.indexOf(other)).toBeLessThan(names.indexOf(name));
        expect(isOurView(sql), name).toBe(true);
        expect(lintDialect(sql), name).toEqual([]);
        if (name === "flow_records" || name === "flow_logs_day") {
          for (const column of partitionColumnNames(layout)) expect(sql).toContain(column);
        }
      }
    },
  );

  it("of the data sets have the columns that their headers name, each with its type", () => {
    for (const { name } of listSqlFiles("datasets")) {
      const columns = dataSetColumns(name);
      expect(columns.map((column) => column.name)).toEqual(viewColumns(dataSetView(name)));
      for (const { type } of columns) expect(type).toMatch(/^(varchar|bigint|timestamp)$/);
    }
  });

  it("differ in their mark when they differ in nothing but parentheses", () => {
    const mark = (hourOffset: number): string =>
      composeViews(PLACE, { layout: "hive", settings: { ...DEFAULT_SETTINGS, hourOffset } })
        .find(({ name }) => name === "flow_records")!
        .sql.split("\n")[0]!;
    expect(mark(0)).toBe(mark(0));
    expect(mark(1800)).not.toBe(mark(0));
  });
});

describe("a view that an engine prints", () => {
  it.each([
    [
      "SELECT a AS b FROM t AS u",
      "CREATE VIEW c.s.v SECURITY DEFINER AS\nSELECT a b\nFROM\n  t u\n",
    ],
    [
      "SELECT a || 'x' FROM t WHERE a <> 1 ORDER BY a",
      "CREATE VIEW v AS SELECT concat(a, 'x') FROM t WHERE (a <> 1) ORDER BY a ASC",
    ],
    [
      "SELECT a || coalesce(b, c) || 'x' d, e FROM t",
      `CREATE VIEW v AS SELECT "concat"("concat"(a, COALESCE(b, c)), 'x') d, e FROM t`,
    ],
    [
      'WITH m AS (SELECT 1) SELECT coalesce("end", 0) FROM t',
      'CREATE VIEW v AS WITH\n  m AS (SELECT 1) \nSELECT COALESCE("end", 0)\nFROM t;',
    ],
    ["SELECT 1 -- why", "SELECT 1"],
  ])("is the same as %s", (ours, printed) => {
    expect(normalizeView(printed)).toBe(normalizeView(ours));
  });

  it.each([
    ["SELECT a FROM t", "SELECT b FROM t"],
    ["SELECT a FROM t WHERE b IN (1)", "SELECT a FROM t WHERE b NOT IN (1)"],
    ["SELECT 'a' FROM t", "SELECT 'A' FROM t"],
    ["SELECT a FROM t LEFT JOIN u ON x = y", "SELECT a FROM t INNER JOIN u ON x = y"],
    ["SELECT a FROM t ORDER BY a DESC", "SELECT a FROM t ORDER BY a"],
    ["SELECT a || b, c FROM t", "SELECT concat(a, b, c) FROM t"],
  ])("is not the same: %s and %s", (ours, other) => {
    expect(normalizeView(other)).not.toBe(normalizeView(ours));
  });
});
