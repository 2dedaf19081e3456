import { createHash } from "node:crypto";

import type { QueryEngine } from "@turnaway/core";
import { cutStages, rollupStagesIn } from "@turnaway/sql";

/** Tables in the memory of a Trino, each named after what made it, and never changed. */
export interface CaseTables {
  readonly engine: QueryEngine;
  /**
   * Makes a table, unless there is one of the same making, and answers with its name.
   * `{{self}}` in the statements stands for that name.
   */
  make(relation: string, statements: readonly string[]): Promise<string>;
  /** Columns of a table that was made, in their order. */
  columns(table: string): Promise<readonly Column[]>;
}

export interface Column {
  readonly name: string;
  /** As the engine names it. */
  readonly type: string;
}

/** Names of relations to the tables that hold them. */
export type TableNames = ReadonlyMap<string, string>;

export function openCaseTables(engine: QueryEngine): CaseTables {
  const made = new Map<string, Promise<void>>();
  const known = new Map<string, Promise<readonly Column[]>>();
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const sql of statements) await engine.run({ name: "given", sql });
  };
  return {
    engine,
    async make(relation, statements) {
      const making = createHash("sha256").update(statements.join(";")).digest("hex").slice(0, 16);
      const table = `${relation}_${making}`;
      const done =
        made.get(table) ?? run(statements.map((sql) => sql.replaceAll("{{self}}", table)));
      made.set(table, done);
      await done;
      return table;
    },
    async columns(table) {
      const asked = known.get(table) ?? readColumns(engine, table);
      known.set(table, asked);
      return asked;
    },
  };
}

async function readColumns(engine: QueryEngine, table: string): Promise<readonly Column[]> {
  const { rows } = await engine.run({ name: "columns", sql: `DESCRIBE ${table}` });
  return rows.map((row) => ({ name: String(row["Column"]), type: String(row["Type"]) }));
}

/** The table of what a query answers. */
export async function makeFrom(
  tables: CaseTables,
  relation: string,
  { query, names }: { query: string; names: TableNames },
): Promise<string> {
  return tables.make(relation, [`CREATE TABLE {{self}} AS ${withTables(query, names)}`]);
}

/** Keeps the stages of a statement, and answers with what is left of it. */
export async function keepStages(
  tables: CaseTables,
  sql: string,
  names: TableNames,
): Promise<string> {
  const kept = new Map<string, string>();
  const cut = cutStages(sql, rollupStagesIn(sql), (stage) => `SELECT * FROM kept_${stage}`);
  for (const { name, sql: query } of cut.stages) {
    const table = await makeFrom(tables, `kept_${name}`, {
      query,
      names: new Map([...names, ...kept]),
    });
    kept.set(`kept_${name}`, table);
  }
  return withTables(cut.sql, new Map([...names, ...kept]));
}

/** The statement, with each relation that it names read from its table. */
export function withTables(sql: string, names: TableNames): string {
  const named = [...names].filter(([name]) => new RegExp(`\\b${name}\\b`).test(sql));
  if (named.length === 0) return sql;
  const list = named.map(([name, table]) => `${name} AS (SELECT * FROM ${table})`).join(", ");
  return /^WITH\b/.test(sql)
    ? `WITH ${list},\n${sql.slice("WITH".length).trimStart()}`
    : `WITH ${list}\n${sql}`;
}
