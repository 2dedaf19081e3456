import { createHash } from "node:crypto";

import type { QueryEngine, QueryResult, Statement } from "@turnaway/core";
import { type CaseEngine, insertStatement } from "@turnaway/engines/sql-cases";
import { cutStages, rollupStagesIn } from "@turnaway/sql";

/** Tables that are made, or being made, by name. */
export type MadeTables = Map<string, Promise<void>>;

/**
 * Cases on Trino, with tables in its memory.
 *
 * A table is named after what made it, and never changed: cases that begin alike share
 * tables, and several cases run at once. Statements know it by the name of the relation.
 */
export function createTrinoCaseEngine(engine: QueryEngine, made: MadeTables): CaseEngine {
  const tableOf = new Map<string, string>();
  const run = async (statement: Statement): Promise<QueryResult> =>
    engine.run({ ...statement, sql: withRelations(statement.sql, tableOf) });
  const make = async (
    relation: string,
    recipe: readonly ((table: string) => string)[],
  ): Promise<void> => {
    const statements = recipe.map((write) => write(SELF));
    const table = `${relation}_${createHash("sha256").update(statements.join(";")).digest("hex").slice(0, 16)}`;
    const making = made.get(table) ?? runAll(statements.map((sql) => sql.replaceAll(SELF, table)));
    made.set(table, making);
    await making;
    tableOf.set(relation, table);
  };
  const runAll = async (statements: readonly string[]): Promise<void> => {
    for (const sql of statements) await engine.run({ name: "given", sql });
  };
  const makeFrom = async (relation: string, query: string): Promise<void> => {
    const sql = withRelations(query, tableOf);
    await make(relation, [(table) => `CREATE TABLE ${table} AS ${sql}`]);
  };
  // Of a statement with parameters only the whole has them in their order, and none is long.
  const keepStages = async (sql: string): Promise<string> => {
    const cut = cutStages(sql, rollupStagesIn(sql), (stage) => `SELECT * FROM kept_${stage}`);
    for (const stage of cut.stages) await makeFrom(`kept_${stage.name}`, stage.sql);
    return cut.sql;
  };
  return {
    run: async (statement) =>
      run(
        statement.params === undefined
          ? { ...statement, sql: await keepStages(statement.sql) }
          : statement,
      ),
    async define(relation, query) {
      await makeFrom(relation, await keepStages(query));
    },
    async insert(relation, rows) {
      if (rows.length === 0) return;
      const before = tableOf.get(relation)!;
      await make(relation, [
        (table) => `CREATE TABLE ${table} AS SELECT * FROM ${before}`,
        (table) => insertStatement(table, rows),
      ]);
    },
  };
}

/** Stands for the table's own name in what it is named after. */
const SELF = "THIS_TABLE";

function withRelations(sql: string, tableOf: ReadonlyMap<string, string>): string {
  const named = [...tableOf].filter(([name]) => new RegExp(`\\b${name}\\b`).test(sql));
  if (named.length === 0) return sql;
  const list = named.map(([name, table]) => `${name} AS (SELECT * FROM ${table})`).join(", ");
  return /^WITH\b/.test(sql)
    ? `WITH ${list},\n${sql.slice("WITH".length).trimStart()}`
    : `WITH ${list}\n${sql}`;
}
