import type { DuckDBConnection } from "@duckdb/node-api";

import { createDuckdbEngine } from "../duckdb-engine.ts";
import { type CaseEngine, literalRows } from "./case-engine.ts";

/** Cases on the embedded engine, with the macros that the product itself uses. */
export function createDuckdbCaseEngine(connection: DuckDBConnection): CaseEngine {
  const engine = createDuckdbEngine(connection);
  return {
    run: (statement) => engine.run(statement),
    async define(name, query) {
      await engine.run({ name, sql: `CREATE OR REPLACE TABLE ${name} AS ${query}` });
    },
    async insert(name, rows) {
      if (rows.length === 0) return;
      const { columns, values } = literalRows(rows);
      const names = columns.map((column) => `"${column}"`).join(", ");
      await engine.run({ name, sql: `INSERT INTO ${name} (${names}) ${values}` });
    },
  };
}
