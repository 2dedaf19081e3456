import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SqlValue } from "@turnaway/core";
import {
  type Expression,
  type ItemOrder,
  OTHERS,
  type QueryColumn,
  type VisualQuery,
  visualSql,
} from "@turnaway/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runStatement } from "./duckdb-engine.ts";
import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";

// What a visual's query means, over a table that has everything that goes wrong.

const folder = mkdtempSync(join(tmpdir(), "turnaway-visuals-"));
let session: DuckdbSession;

beforeAll(async () => {
  session = await openDuckdb({ tempDir: folder, threads: 2 });
  await ask(`CREATE TABLE "my data" AS SELECT * FROM (VALUES
    (TIMESTAMP '2025-11-15 00:00:00', 'a',    'x', 10, 1),
    (TIMESTAMP '2025-11-16 00:00:00', 'a',    'y', 20, 0),
    (TIMESTAMP '2025-11-16 05:00:00', 'b',    'x', 50, 3),
    (TIMESTAMP '2025-11-17 00:00:00', NULL,   'x', 40, 0),
    (TIMESTAMP '2025-11-17 00:00:00', 'c',    'y',  5, NULL),
    (TIMESTAMP '2025-11-18 00:00:00', 'it''s', 'y',  1, 7)
  ) AS t ("at", "who's ""it""", "kind", "n", "m")`);
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

const MANY: Expression = { type: "literal", value: 1_000_000 };
const WHO: Expression = { type: "column", name: `who's "it"` };
const N: Expression = { type: "column", name: "n" };
const M: Expression = { type: "column", name: "m" };
const SUM = call("sum", N);
const BY_WHO = dimension("who", WHO);
const BY_KIND = dimension("kind", { type: "column", name: "kind" });
const TOTAL = measure("total", SUM);

describe("items of a dimension", () => {
  it.each<[string, Partial<ItemOrder>, readonly SqlValue[][]]>([
    [
      "are in the order of a measure",
      {},
      [
        ["b", 50],
        [null, 40],
        ["a", 30],
        ["c", 5],
        ["it's", 1],
      ],
    ],
    [
      "are the first of it",
      { limit: 2 },
      [
        ["b", 50],
        [null, 40],
      ],
    ],
    [
      "are the last of it",
      { limit: 2, direction: "ascending" },
      [
        ["it's", 1],
        ["c", 5],
      ],
    ],
    [
      "beyond the limit are one more",
      { limit: 2, others: true },
      [
        ["b", 50],
        [null, 40],
        [OTHERS, 36],
      ],
    ],
    [
      "all fit",
      { limit: 9, others: true },
      [
        ["b", 50],
        [null, 40],
        ["a", 30],
        ["c", 5],
        ["it's", 1],
      ],
    ],
    [
      "are in their own order",
      { by: null, direction: "descending", limit: 2 },
      [
        ["it's", 1],
        ["c", 5],
      ],
    ],
  ])("%s", async (_name, order, expected) => {
    expect(await rows({ columns: [BY_WHO, TOTAL], items: [items("who", order)] })).toEqual(
      expected,
    );
  });

  it("are limited by their total, not by their parts", async () => {
    const columns = [BY_WHO, BY_KIND, TOTAL];
    expect(await rows({ columns, items: [items("who", { limit: 2 })] })).toEqual([
      ["b", "x", 50],
      [null, "x", 40],
    ]);
    expect(await rows({ columns, items: [items("who", { limit: 1, others: true })] })).toEqual([
      ["b", "x", 50],
      [OTHERS, "x", 50],
      [OTHERS, "y", 26],
    ]);
  });

  it("of two dimensions are limited each for itself", async () => {
    const columns = [BY_WHO, BY_KIND, TOTAL];
    const both = [
      items("who", { limit: 1, others: true }),
      items("kind", { limit: 1, others: true }),
    ];
    expect(await rows({ columns, items: both })).toEqual([
      ["b", "x", 50],
      [OTHERS, "x", 50],
      [OTHERS, OTHERS, 26],
    ]);
  });

  it("are counted once in others, where they are counted", async () => {
    const columns = [BY_KIND, measure("count", call("distinct_count", WHO))];
    const by = call("distinct_count", WHO);
    expect(await rows({ columns, items: [items("kind", { by, limit: 1, others: true })] })).toEqual(
      [
        ["y", 3],
        [OTHERS, 2],
      ],
    );
  });
});

describe("a value", () => {
  it.each<[string, Expression, SqlValue]>([
    ["sum", SUM, 126],
    ["of text counts what is there", call("count", WHO), 5],
    ["counts what differs", call("distinct_count", WHO), 4],
    ["average leaves out what is not there", call("avg", M), 2.2],
    ["median is between two", call("median", N), 15],
    ["median of an odd number is one of them", call("median", M), 1],
    ["median of nothing is nothing", call("median", { type: "literal", value: null }), null],
    ["percentile is one of the values", call("percentile", N, { type: "literal", value: 90 }), 50],
    [
      "the lowest percentile is the smallest",
      call("percentile", N, { type: "literal", value: 0 }),
      1,
    ],
    [
      "under a condition",
      call("sumif", N, {
        type: "operator",
        operator: ">",
        left: N,
        right: { type: "literal", value: 20 },
      }),
      90,
    ],
    [
      "divided is a fraction",
      { type: "operator", operator: "/", left: call("min", N), right: call("count", N) },
      1 / 6,
    ],
    [
      "divided by nothing is nothing",
      { type: "operator", operator: "/", left: SUM, right: call("min", M) },
      null,
    ],
    [
      "the rest of a division by nothing is nothing",
      { type: "operator", operator: "%", left: SUM, right: call("min", M) },
      null,
    ],
    [
      "whole numbers have 64 bits",
      { type: "operator", operator: "*", left: MANY, right: MANY },
      1e12,
    ],
    ["deviation", call("stdevp", M), Math.sqrt(6.96)],
  ])("%s", async (_name, value, expected) => {
    const [[answer] = []] = await rows({ columns: [measure("x", value)] });
    if (typeof expected === "number") expect(Number(answer)).toBeCloseTo(expected, 9);
    else expect(answer).toBe(expected);
  });

  it.each<[NonNullable<QueryColumn["granularity"]>, readonly string[]]>([
    // The 16th is a Sunday.
    ["week", ["2025-11-09", "2025-11-16"]],
    ["month", ["2025-11-01"]],
    ["quarter", ["2025-10-01"]],
    ["day", ["2025-11-15", "2025-11-16", "2025-11-17", "2025-11-18"]],
  ])("of time is cut to its %s", async (granularity, expected) => {
    const at = { ...dimension("at", { type: "column", name: "at" }), granularity };
    const answer = await rows({ columns: [at, TOTAL] });
    expect(answer.map(([day]) => String(day).slice(0, 10))).toEqual(expected);
  });
});

describe("a filter", () => {
  it.each<[string, VisualQuery["filters"], SqlValue]>([
    ["keeps some values", [{ type: "one-of", value: WHO, values: ["a", "it's"] }], 31],
    ["keeps what has none", [{ type: "one-of", value: WHO, values: [null, "c"] }], 45],
    ["of no value keeps nothing", [{ type: "one-of", value: WHO, values: [] }], null],
    ["leaves some values out", [{ type: "none-of", value: WHO, values: ["a"] }], 96],
    ["leaves out what has none", [{ type: "none-of", value: WHO, values: [null] }], 86],
    ["is no SQL", [{ type: "one-of", value: WHO, values: ["') OR TRUE OR ('' = '"] }], null],
    [
      "of first items comes after the others",
      [
        { type: "top", value: WHO, by: SUM, direction: "descending", limit: 1 },
        { type: "none-of", value: WHO, values: ["b", null] },
      ],
      30,
    ],
  ])("%s", async (_name, filters, total) => {
    expect(await rows({ columns: [TOTAL], filters })).toEqual([[total]]);
  });
});

it("details come as they are, in their order", async () => {
  const detail = (name: string, value: Expression): QueryColumn => ({
    type: "detail",
    name,
    value,
  });
  const columns = [detail("who", WHO), detail("n", N)];
  const sort = [{ by: N, direction: "descending" }] as const;
  expect(await rows({ columns, sort, limit: 2 })).toEqual([
    ["b", 50],
    [null, 40],
  ]);
});

it("a name of the answer may be that of a column", async () => {
  const columns = [dimension("n", WHO), measure("m", SUM)];
  expect(await rows({ columns, items: [items("n", { limit: 1, by: call("sum", M) })] })).toEqual([
    ["it's", 1],
  ]);
});

function dimension(name: string, value: Expression): QueryColumn {
  return { type: "dimension", name, value };
}

function measure(name: string, value: Expression): QueryColumn {
  return { type: "measure", name, value };
}

function call(name: string, ...args: readonly Expression[]): Expression {
  return { type: "call", name, args };
}

function items(column: string, order: Partial<ItemOrder>): ItemOrder {
  return { column, by: SUM, direction: "descending", limit: null, others: false, ...order };
}

async function rows(
  query: Pick<VisualQuery, "columns"> & Partial<VisualQuery>,
): Promise<SqlValue[][]> {
  const whole = { filters: [], items: [], sort: [], limit: null, ...query };
  return ask(visualSql(whole, "my data"));
}

async function ask(sql: string): Promise<SqlValue[][]> {
  const { rows } = await runStatement(session.connection, { name: "visual", sql });
  return rows.map((row) =>
    Object.values(row).map((value) => (typeof value === "bigint" ? Number(value) : value)),
  );
}
