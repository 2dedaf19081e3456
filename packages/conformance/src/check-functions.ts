import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { QueryEngine } from "@turnaway/core";
import { createDuckdbEngine, openDuckdb } from "@turnaway/engines/duckdb";
import { type Expression, type Granularity, type QueryColumn, visualSql } from "@turnaway/sql";

import { compareRows } from "./compare-rows.ts";
import type { Tally } from "./tally.ts";

/**
 * Every function and operator that a calculated field may have, over a few rows, on both engines:
 * what the dashboards that ship have no use for is deployed by somebody else.
 *
 * @param memory connected to a schema in memory
 */
export async function checkFunctions(memory: QueryEngine, tally: Tally): Promise<void> {
  const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-functions-"));
  const session = await openDuckdb({ tempDir, threads: 1 });
  const duckdb = createDuckdbEngine(session.connection);
  try {
    const name = "visual_functions";
    for (const engine of [duckdb, memory]) {
      await engine.run({ name, sql: `CREATE TABLE ${name} AS ${GIVEN}` });
    }
    for (const [kind, columns] of Object.entries({ rows: OF_A_ROW, groups: OF_A_GROUP })) {
      await tally.check("functions", `of ${kind}`, async () => {
        const order = { by: column("id"), direction: "ascending" } as const;
        const sort = kind === "rows" ? [order] : [];
        const sql = visualSql({ columns, filters: [], items: [], sort, limit: null }, name);
        const [left, right] = await Promise.all([
          duckdb.run({ name, sql }),
          memory.run({ name, sql }),
        ]);
        return `${compareRows(left, right, { ordered: true })}, ${columns.length} values`;
      });
    }
  } finally {
    session.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

const GIVEN = `SELECT * FROM (VALUES
  (1, TIMESTAMP '2025-11-16 05:06:07', 'Alpha', CAST(7 AS bigint), CAST(2 AS bigint), '12'),
  (2, TIMESTAMP '2025-12-31 23:59:59', 'it''s', CAST(-7 AS bigint), CAST(0 AS bigint), '1.5'),
  (3, TIMESTAMP '2024-02-29 00:00:00', '  x ', CAST(40 AS bigint), NULL, 'none'),
  (4, NULL, NULL, NULL, CAST(3 AS bigint), NULL)
) AS t (id, moment, word, n, m, digits)`;

const ROW_FUNCTIONS: readonly Expression[] = [
  call(
    "ifelse",
    compare(">", column("n"), 0),
    "more",
    compare("<", column("n"), 0),
    "less",
    "none",
  ),
  call("switch", column("n"), 7, "seven", 40, "forty", "other"),
  ...["coalesce", "nullif"].map((name) => call(name, column("n"), 7)),
  ...["isnull", "isnotnull", "tostring"].map((name) => call(name, column("word"))),
  call("in", column("word"), "Alpha", "it's"),
  call("notin", column("word"), "Alpha", "it's"),
  ...["abs", "ceil", "floor", "round"].map((name) => call(name, column("n"))),
  call("round", divided("n", "m"), 1),
  call("sqrt", call("abs", column("n"))),
  call("mod", column("n"), column("m")),
  call("decimaltoint", divided("n", "m")),
  call("inttodecimal", column("n")),
  ...["parseint", "parsedecimal"].map((name) => call(name, column("digits"))),
  call("concat", column("word"), "-", column("n")),
  ...["contains", "startswith", "endswith", "locate"].map((name) =>
    call(name, column("word"), "a"),
  ),
  ...["left", "right"].map((name) => call(name, column("word"), 3)),
  call("substring", column("word"), 2, 2),
  call("replace", column("word"), "a", "o"),
  call("split", column("word"), "l", 1),
  ...["strlen", "tolower", "toupper", "trim", "ltrim", "rtrim"].map((name) =>
    call(name, column("word")),
  ),
  ...(["year", "quarter", "month", "week", "day", "hour", "minute", "second"] as const).flatMap(
    (period) => [
      ofPeriod("truncdate", period, column("moment")),
      ofPeriod("datediff", period, { type: "time", seconds: 1_700_000_000 }, column("moment")),
      ofPeriod("adddatetime", period, column("m"), column("moment")),
    ],
  ),
  ...(["year", "quarter", "month", "day", "hour", "minute", "second"] as const).map((period) =>
    ofPeriod("extract", period, column("moment")),
  ),
  divided("n", "m"),
  ...(["+", "-", "*", "%"] as const).map((operator): Expression => ({
    type: "operator",
    operator,
    left: column("n"),
    right: column("m"),
  })),
  { type: "operator", operator: "^", left: column("n"), right: literal(2) },
  { type: "negative", operand: column("n") },
  {
    type: "operator",
    operator: "or",
    left: { type: "not", operand: compare("=", column("n"), 7) },
    right: compare("<>", column("m"), 3),
  },
  ...(["<", "<=", ">", ">=", "="] as const).map((sign) => compare(sign, column("n"), 7)),
];

const GROUP_FUNCTIONS: readonly Expression[] = [
  ..."sum avg min max count distinct_count median stdev stdevp var varp"
    .split(" ")
    .flatMap((name) => [
      call(name, column("n")),
      call(`${name}if`, column("n"), compare(">", column("id"), 1)),
      call(`${name}if`, column("n"), compare(">", column("id"), 4)),
    ])
    // The last digit of a fraction depends on the order in which rows come.
    .map((value) => call("round", value, 9)),
  ...[0, 10, 50, 90, 100].map((percent) => call("percentile", column("n"), percent)),
  call("max", compare(">", column("n"), 7)),
];

const OF_A_ROW = named("detail", ROW_FUNCTIONS);
const OF_A_GROUP = named("measure", GROUP_FUNCTIONS);

function named(type: QueryColumn["type"], values: readonly Expression[]): readonly QueryColumn[] {
  return values.map((value, i) => ({ type, name: `value_${i + 1}`, value }));
}

type Value = Expression | string | number;

function call(name: string, ...args: readonly Value[]): Expression {
  return { type: "call", name, args: args.map(literal) };
}

function ofPeriod(name: string, period: Granularity, ...args: readonly Expression[]): Expression {
  return { type: "call", name, period, args };
}

function compare(
  operator: "<" | "<=" | "=" | ">" | ">=" | "<>",
  left: Expression,
  right: number,
): Expression {
  return { type: "operator", operator, left, right: literal(right) };
}

function divided(left: string, right: string): Expression {
  return { type: "operator", operator: "/", left: column(left), right: column(right) };
}

function column(name: string): Expression {
  return { type: "column", name };
}

function literal(value: Value): Expression {
  return typeof value === "object" ? value : { type: "literal", value };
}
