import type { QueryEngine, QueryResult, Row } from "@turnaway/core";
import { viewColumns } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { deployViews, planViews } from "./deploy-views.ts";
import { failed, ScriptedLake } from "./fixtures/scripted-lake.ts";
import type { Warehouse } from "./warehouse.ts";

/** An engine that keeps views by name, prints them line by line as Athena does, and types every column alike. */
class ScriptedViews {
  readonly views = new Map<string, string>();
  readonly tables = ["flow_logs"];
  readonly created: string[] = [];
  type = "varchar";
  /** Views that the engine takes for stale. */
  readonly broken = new Set<string>();

  warehouse(): Warehouse {
    const engine: QueryEngine = {
      name: "athena",
      dialect: "athena",
      run: ({ name, sql }) => Promise.resolve().then(() => this.#run(name, sql)),
    };
    return { ...new ScriptedLake().warehouse(), engine };
  }

  #run(statement: string, sql: string): QueryResult {
    const [kind, name = ""] = statement.split(" ");
    if (kind === "views-list") return answer([...this.#relations()]);
    if (kind === "views-create") {
      this.created.push(name);
      this.views.set(name, sql.replace(" OR REPLACE", ""));
      this.broken.delete(name);
      return answer([]);
    }
    if (kind === "views-show") {
      return answer(
        this.views
          .get(name)!
          .split("\n")
          .map((line) => ({ "Create View": line })),
        ["Create View"],
      );
    }
    if (this.broken.has(name)) throw failed(`VIEW_IS_STALE: ${name}`);
    return {
      ...answer([], [...viewColumns(name)]),
      columns: viewColumns(name).map((column) => ({ name: column, type: this.type })),
    };
  }

  *#relations(): Generator<Row> {
    for (const name of this.tables) yield { table_name: name, table_type: "BASE TABLE" };
    for (const name of this.views.keys()) yield { table_name: name, table_type: "VIEW" };
  }
}

function answer(rows: readonly Row[], columns: readonly string[] = []): QueryResult {
  return {
    columns: columns.map((name) => ({ name, type: "varchar" })),
    rows,
    stats: { queryId: null, scannedBytes: 0, durationMs: 0 },
  };
}

async function deployed(): Promise<ScriptedViews> {
  const lake = new ScriptedViews();
  await deployViews(lake.warehouse(), await planViews(lake.warehouse()));
  lake.created.length = 0;
  return lake;
}

async function states(lake: ScriptedViews): Promise<Record<string, string>> {
  const { views } = await planViews(lake.warehouse());
  return Object.fromEntries(
    views.filter(({ state }) => state !== "current").map(({ name, state }) => [name, state]),
  );
}

describe("views", () => {
  it("are made once, and found again", async () => {
    const lake = await deployed();
    expect(lake.views.size).toBe(13);
    expect(await states(lake)).toEqual({});
    expect((await planViews(lake.warehouse())).deploy).toEqual([]);
  });

  it("are made again with those that read them", async () => {
    const lake = await deployed();
    lake.broken.add("flow_records");
    const plan = await planViews(lake.warehouse());
    expect(await states(lake)).toEqual({ flow_records: "stale" });
    expect(plan.deploy).toEqual([
      "flow_records",
      "flow_logs_day",
      "vpc_accept_traffic",
      "vpc_reject_traffic",
    ]);
    expect(plan.views[0]!.why).toBe("VIEW_IS_STALE: flow_records");
  });

  it.each([
    [
      "a view of somebody else",
      (lake: ScriptedViews) =>
        lake.views.set("traffic_rollup", "CREATE VIEW traffic_rollup AS SELECT 1"),
      "a view of somebody else has the name",
    ],
    [
      "a table",
      (lake: ScriptedViews) => lake.tables.push("coverage_rollup"),
      "a base table has the name",
    ],
  ])("leave %s alone, and then change nothing at all", async (_name, take, why) => {
    const lake = new ScriptedViews();
    take(lake);
    const plan = await planViews(lake.warehouse());
    await expect(deployViews(lake.warehouse(), plan)).rejects.toThrow(why);
    expect(lake.created).toEqual([]);
  });

  it.each([
    "timestamp(3) with time zone",
    "ipaddress",
    "json",
    "uuid",
    "time(3)",
    "unknown",
    "array(ipaddress)",
  ])("are not made with a column of type %s", async (type) => {
    const lake = new ScriptedViews();
    lake.type = type;
    const plan = await planViews(lake.warehouse());
    await expect(deployViews(lake.warehouse(), plan)).rejects.toThrow(
      "a type that views can't have",
    );
    expect(lake.created).toEqual([]);
  });

  it("of an older version are reported and stay", async () => {
    const lake = await deployed();
    lake.views.set(
      "old",
      "CREATE VIEW old AS WITH turnaway_view AS (SELECT 'turnaway view old 1' AS mark) SELECT 1 AS x",
    );
    lake.views.set("theirs", "CREATE VIEW theirs AS SELECT 'turnaway' AS x");
    const plan = await planViews(lake.warehouse());
    expect([plan.gone, plan.deploy]).toEqual([["old"], []]);
  });
});
