import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { QueryEngine } from "@turnaway/core";
import { type Dashboard, expand, planVisual, sheetsOf } from "@turnaway/dashboards";
import {
  dataSetColumns,
  dataSetView,
  DEFAULT_SETTINGS,
  importDataSet,
  listSqlFiles,
  type VisualQuery,
  visualSql,
} from "@turnaway/sql";

import { atMost } from "./at-most.ts";
import { compareRows } from "./compare-rows.ts";
import type { Tally } from "./tally.ts";

export interface DashboardsCheck {
  /** Reads the rollups of the same files. */
  readonly duckdb: QueryEngine;
  /** Connected to a schema where the views are deployed. */
  readonly trino: QueryEngine;
  /** Connected to a schema in memory. */
  readonly memory: QueryEngine;
  /** The views from there: `catalog.schema`. */
  readonly views: string;
  /** Whose last periods the dates of the filters count from; Unix seconds. */
  readonly now: number;
  readonly tally: Tally;
}

/**
 * The data sets of the dashboards as views, and what every visual that ships asks of them.
 *
 * A data set is compared once through its view. The visuals ask a copy of it, as they do in
 * SPICE: what is checked is their SQL, and a view of joins would be planned for each of them.
 */
export async function checkDashboards(input: DashboardsCheck): Promise<void> {
  const { duckdb, trino, memory, views, tally } = input;
  const copies = new Map<string, string>();
  for (const { name } of listSqlFiles("datasets")) {
    const { relation, statement } = importDataSet(`datasets/${name}`, DEFAULT_SETTINGS);
    const copy = `${dataSetView(name)}_copy`;
    copies.set(`datasets/${name}`, copy);
    await tally.check("dashboards", `data set ${name}`, async () => {
      const columns = comparable(name);
      await duckdb.run(statement);
      await duckdb.run(
        named(`CREATE OR REPLACE TEMP TABLE ${copy} AS SELECT ${columns} FROM ${relation}`),
      );
      await memory.run(
        named(`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${views}.${dataSetView(name)}`),
      );
      const [left, right] = await Promise.all([
        duckdb.run(named(`SELECT * FROM ${copy}`)),
        trino.run(named(`SELECT ${columns} FROM ${dataSetView(name)}`)),
      ]);
      return compareRows(left, right, { ordered: false });
    });
  }
  const compare = atMost(2, async ({ name, source, query }: Asked) => {
    await tally.check("dashboards", name, async () => {
      const statement = named(visualSql(query, copies.get(source)!));
      const [left, right] = await Promise.all([duckdb.run(statement), memory.run(statement)]);
      return compareRows(left, right, { ordered: true });
    });
  });
  await Promise.all(everyQuery(input.now).map((asked) => compare(asked)));
}

/** What each engine counts for itself, and is compared as if nobody had counted. */
const COUNTED_BY_ENGINE: ReadonlySet<string> = new Set(["scanned_bytes"]);

function comparable(dataSet: string): string {
  return dataSetColumns(dataSet)
    .map(({ name }) => (COUNTED_BY_ENGINE.has(name) ? `CAST(0 AS bigint) AS ${name}` : name))
    .join(", ");
}

interface Asked {
  readonly name: string;
  readonly source: string;
  readonly query: VisualQuery;
}

function everyQuery(now: number): readonly Asked[] {
  return shipped().flatMap(([name, dashboard]) =>
    sheetsOf(dashboard)
      .flatMap(({ elements }) => elements.filter(({ kind }) => kind === "visual"))
      .flatMap(({ id }): readonly Asked[] => {
        const plan = planVisual(dashboard, id, { now });
        if (plan.kind !== "plan") throw new Error(`${name}/${id}: ${plan.reason}`);
        const { source, query, trend } = plan;
        return [
          { name: `${name}/${id}`, source, query },
          ...(trend === null ? [] : [{ name: `${name}/${id} trend`, source, query: trend }]),
        ];
      }),
  );
}

const DEFINITIONS = path.join(import.meta.dirname, "../../dashboards/definitions");
const TARGET = { partition: "aws", region: "us-east-1", account: "123456789012", prefix: "" };

function shipped(): readonly (readonly [name: string, dashboard: Dashboard])[] {
  return readdirSync(DEFINITIONS).map((name) => {
    const folder = path.join(DEFINITIONS, name);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const definitions = files.filter((file) => file.endsWith(".yml"));
    const texts = definitions.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]);
    return [name, expand(Object.fromEntries(texts) as Record<string, string>, TARGET)];
  });
}

function named(sql: string): { readonly name: string; readonly sql: string } {
  return { name: "dashboards", sql };
}
