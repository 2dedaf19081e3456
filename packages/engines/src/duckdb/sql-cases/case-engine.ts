import type { QueryResult, Row, SqlValue, Statement } from "@turnaway/core";

/**
 * What the cases need of an engine. Every engine that speaks the dialect can run
 * them: it makes tables from queries, takes rows, and answers.
 */
export interface CaseEngine {
  /** Makes `name` a table that holds the answer of the query now. */
  define(name: string, query: string): Promise<void>;
  /** Adds rows; columns that a row lacks are NULL. */
  insert(name: string, rows: readonly Row[]): Promise<void>;
  run(statement: Statement): Promise<QueryResult>;
}

/** Rows as literals, which both Trino and DuckDB read, and the columns that any of them has. */
export function literalRows(rows: readonly Row[]): {
  readonly columns: readonly string[];
  readonly values: string;
} {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map(
    (row) => `(${columns.map((column) => literal(row[column] ?? null)).join(", ")})`,
  );
  return { columns, values: `VALUES ${lines.join(",\n")}` };
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}
