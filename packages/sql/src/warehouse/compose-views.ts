import { createHash } from "node:crypto";

import type { S3Layout } from "@turnaway/core";

import { composeSql, getSqlFile, listSqlFiles } from "../compose.ts";
import { dataSetView } from "../data-sets.ts";
import type { SqlSettings } from "../macros.ts";
import type { SqlFile } from "../sql-file.ts";
import { partitionColumnList } from "../tables/raw-partitions.ts";
import { ROLLUPS } from "../tables/rollup-tables.ts";
import type { WarehousePlace } from "./dialect.ts";
import { readerView } from "./read-builds.ts";

/** A view as it is to be. */
export interface ViewText {
  readonly name: string;
  /** Its query, with the mark that makes it ours. */
  readonly sql: string;
  /** Views of ours that it reads. */
  readonly reads: readonly string[];
}

/**
 * The views of a warehouse, each after those that it reads; data sets of the dashboards are
 * views too, since QuickSight and Grafana read nothing else.
 *
 * `flows` is not among them: it evaluates its input some eighty times, which these engines do
 * by scanning the logs as often. A trace stages the records that it asks for instead.
 */
export function composeViews(
  place: WarehousePlace,
  { layout, settings }: { layout: S3Layout; settings: SqlSettings },
): readonly ViewText[] {
  const files = listSqlFiles("views").filter(({ name }) => name !== "flows");
  const fragments = { partition_columns: partitionColumnList(layout) };
  const views = [
    ...files.map((file) => ({
      name: file.name,
      sql: composeSql(file, settings, fragments),
      reads: readsOf(file),
    })),
    ...ROLLUPS.map((rollup) => ({ name: rollup.name, sql: readerView(place, rollup), reads: [] })),
    ...listSqlFiles("datasets").map((file) => ({
      name: dataSetView(file.name),
      sql: composeSql(file, settings),
      reads: readsOf(file),
    })),
  ];
  const names = new Set(views.map(({ name }) => name));
  return inOrder(
    views.map(({ name, sql, reads }) => ({
      name,
      sql: marked(name, sql),
      reads: reads.filter((other) => names.has(other)),
    })),
  );
}

/** Whether a view of that text is one of ours. */
export function isOurView(sql: string): boolean {
  return sql.includes(`'${MARK}`);
}

/** The columns of a view, in their order. */
export function viewColumns(name: string): readonly string[] {
  const dataSet = listSqlFiles("datasets").find((file) => dataSetView(file.name) === name);
  const kind = ROLLUPS.some((rollup) => rollup.name === name) ? "rollups" : "views";
  return Object.keys((dataSet ?? getSqlFile(kind, name)).columns ?? {});
}

function readsOf({ reads = "" }: SqlFile): readonly string[] {
  return reads.split(/,\s*/);
}

const MARK = "turnaway view ";

// Engines keep a view as they print it, without comments: only what is parsed stays. A common
// table that nobody reads costs nothing and survives. The hash tells texts apart that differ
// in nothing but parentheses, which printing adds and leaves out.
function marked(name: string, sql: string): string {
  const hash = createHash("sha256").update(sql).digest("hex").slice(0, 12);
  const mark = `turnaway_view AS (SELECT '${MARK}${name} ${hash}' AS mark)`;
  return sql.startsWith("WITH ")
    ? `WITH ${mark},\n${sql.slice("WITH ".length)}`
    : `WITH ${mark}\n${sql}`;
}

function inOrder(views: readonly ViewText[]): readonly ViewText[] {
  const ordered: ViewText[] = [];
  const visit = (view: ViewText): void => {
    if (ordered.includes(view)) return;
    for (const name of view.reads) visit(views.find((other) => other.name === name)!);
    ordered.push(view);
  };
  for (const view of views) visit(view);
  return ordered;
}
