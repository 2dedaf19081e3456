import type { Row } from "@turnaway/core";
import { type CaseEngine, literalRows } from "@turnaway/engines/sql-cases";

import { type CaseTables, type Column, keepStages, makeFrom, withTables } from "./case-tables.ts";
import type { DayBatch } from "./day-batch.ts";

/** What takes long to plan, reads tuples alone and answers with a day. */
const BATCHED: ReadonlySet<string> = new Set(["direction", "traffic_rollup"]);

/** One case on Trino: cases that begin alike share their tables, and several run at once. */
export function createTrinoCaseEngine(tables: CaseTables, batch: DayBatch): CaseEngine {
  const names = new Map<string, string>();
  return {
    async run(statement) {
      const { name, sql, params = [] } = statement;
      if (BATCHED.has(name)) return batch.ask(sql, names.get("flow_tuples")!);
      // Parameters are counted through the whole statement; those that have some are short.
      const asked =
        params.length === 0 ? await keepStages(tables, sql, names) : withTables(sql, names);
      return tables.engine.run({ ...statement, sql: asked });
    },
    async define(relation, query) {
      const table =
        relation === "traffic_rollup"
          ? await batch.keep(relation, query, names.get("flow_tuples")!)
          : await makeFrom(tables, relation, { query, names });
      names.set(relation, table);
    },
    async insert(relation, rows) {
      if (rows.length === 0) return;
      const table = names.get(relation)!;
      const more = withRows(table, await tables.columns(table), rows);
      names.set(relation, await tables.make(relation, [more]));
    },
  };
}

// One statement makes the table and fills it: each takes longer to plan and to end than to run.
function withRows(table: string, columns: readonly Column[], rows: readonly Row[]): string {
  const given = literalRows(rows);
  const strange = given.columns.filter((name) => columns.every((column) => column.name !== name));
  if (strange.length > 0) throw new Error(`${table} has no column ${strange.join(", ")}`);
  const list = columns.map(({ name, type }) =>
    given.columns.includes(name) ? `CAST("${name}" AS ${type})` : `CAST(NULL AS ${type})`,
  );
  const names = given.columns.map((name) => `"${name}"`).join(", ");
  return `CREATE TABLE {{self}} AS SELECT * FROM ${table}
UNION ALL SELECT ${list.join(", ")} FROM (${given.values}) AS given (${names})`;
}
