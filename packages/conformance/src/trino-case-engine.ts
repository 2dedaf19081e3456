import { type CaseEngine, insertStatement } from "@turnaway/engines/sql-cases";

import { type CaseTables, keepStages, makeFrom, withTables } from "./case-tables.ts";
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
      const copy = `CREATE TABLE {{self}} AS SELECT * FROM ${names.get(relation)!}`;
      names.set(relation, await tables.make(relation, [copy, insertStatement("{{self}}", rows)]));
    },
  };
}
