import { describe, expect, test } from "vitest";

import { composeSql, getSqlFile } from "./compose.ts";
import { DEFAULT_SETTINGS } from "./macros.ts";
import { cutStages, ROLLUP_STAGES, rollupStagesIn } from "./stages.ts";

const read = (stage: string): string => `SELECT * FROM kept_${stage}`;
const flat = (sql: string): string => sql.replaceAll(/\s+/g, " ");

describe("cutStages", () => {
  const sql = `WITH a AS (SELECT 1 AS x FROM t), b (y) AS (
    SELECT x FROM a WHERE z <> ')' -- a ) here
  ),
  -- why c is here
  c AS (SELECT y FROM b JOIN a ON a.x = b.y)
  SELECT * FROM c, (SELECT max(y) FROM b) AS m`;

  test("keeps what is named, and reads it from there", () => {
    const { stages, sql: rest } = cutStages(sql, ["b"], read);
    expect(stages.map((stage) => ({ ...stage, sql: flat(stage.sql) }))).toEqual([
      {
        name: "b",
        sql: "WITH a AS ( SELECT 1 AS x FROM t ) SELECT x FROM a WHERE z <> ')' -- a ) here",
      },
    ]);
    expect(flat(rest)).toBe(
      "WITH a AS ( SELECT 1 AS x FROM t ), b AS ( SELECT * FROM kept_b ), c AS ( SELECT y FROM b JOIN a ON a.x = b.y ) SELECT * FROM c, (SELECT max(y) FROM b) AS m",
    );
  });

  test("lets a stage read the one before", () => {
    const { stages } = cutStages(sql, ["a", "b"], read);
    expect(flat(stages[1]!.sql)).toMatch(/^WITH a AS \( SELECT \* FROM kept_a \) SELECT x FROM a/);
  });

  test("finds stages in a WITH within a WITH", () => {
    const nested = "WITH o AS (WITH i AS (SELECT 1 AS x) SELECT x FROM i) SELECT * FROM o";
    const { stages, sql: rest } = cutStages(nested, ["i"], read);
    expect(stages).toEqual([{ name: "i", sql: "SELECT 1 AS x" }]);
    expect(flat(rest)).toBe(
      "WITH i AS ( SELECT * FROM kept_i ), o AS ( SELECT x FROM i ) SELECT * FROM o",
    );
  });

  test("leaves a statement without WITH as it is", () => {
    expect(cutStages("SELECT 1", [], read)).toEqual({ stages: [], sql: "SELECT 1" });
  });

  test("refuses a stage that is not there", () => {
    expect(() => cutStages(sql, ["d"], read)).toThrow("no such stage");
  });
});

test("the traffic rollup has every stage that it is cut at", () => {
  const file = getSqlFile("rollups", "traffic_rollup");
  const text = composeSql(file, DEFAULT_SETTINGS);
  const { stages, sql } = cutStages(text, rollupStagesIn(text), read);
  expect(stages.map(({ name }) => name)).toEqual(
    ROLLUP_STAGES.filter((name) => name !== "flow_tuples"),
  );
  // What is left reads the stages and nothing that those are made of.
  expect(sql).not.toMatch(/\bFROM flow_tuples\b/);
});
