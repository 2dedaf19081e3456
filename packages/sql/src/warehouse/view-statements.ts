import type { Statement } from "@turnaway/core";

import type { WarehousePlace } from "./dialect.ts";

/** Tables and views of the schema: `table_name`, `table_type`. */
export function listRelations({ schema }: WarehousePlace): Statement {
  return {
    name: "views-list",
    sql: `SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '${schema}' ORDER BY table_name`,
  };
}

/** The text of a view: one row, or a row for each line. */
export function showView(name: string): Statement {
  return { name: `views-show ${name}`, sql: `SHOW CREATE VIEW ${quoted(name)}` };
}

/** Makes or replaces a view in one step. */
export function createView(name: string, sql: string): Statement {
  return { name: `views-create ${name}`, sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS\n${sql}` };
}

/** The columns and types of a view, asked of the engine as a reader would: no row is read. */
export function probeView(name: string): Statement {
  return { name: `views-probe ${name}`, sql: `SELECT * FROM ${quoted(name)} LIMIT 0` };
}

/** The columns and types that a view of this text would have. */
export function probeText(name: string, sql: string): Statement {
  return { name: `views-check ${name}`, sql: `SELECT * FROM (\n${sql}\n) AS v LIMIT 0` };
}

// Names of other people's views come from the catalogue, and may be anything.
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
