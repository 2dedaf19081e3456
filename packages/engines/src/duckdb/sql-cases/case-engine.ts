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

/** `INSERT` of rows as literals, which both Trino and DuckDB read. */
export function insertStatement(name: string, rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = columns.map((column) => `"${column}"`).join(", ");
  const values = rows.map(
    (row) => `(${columns.map((column) => literal(row[column] ?? null)).join(", ")})`,
  );
  return `INSERT INTO ${name} (${names}) VALUES ${values.join(",\n")}`;
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}
