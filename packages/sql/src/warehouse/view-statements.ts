import type { Statement } from "@turnaway/core";

import { quotedName } from "../quoted-name.ts";
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
  return { name: `views-show ${name}`, sql: `SHOW CREATE VIEW ${quotedName(name)}` };
}

/** Makes or replaces a view in one step. */
export function createView(name: string, sql: string): Statement {
  return {
    name: `views-create ${name}`,
    sql: `CREATE OR REPLACE VIEW ${quotedName(name)} AS\n${sql}`,
  };
}

/** The columns and types of a view, asked of the engine as a reader would: no row is read. */
export function probeView(name: string): Statement {
  return { name: `views-probe ${name}`, sql: `SELECT * FROM ${quotedName(name)} LIMIT 0` };
}

/** The columns and types that a view of this text would have. */
export function probeText(name: string, sql: string): Statement {
  return { name: `views-check ${name}`, sql: `SELECT * FROM (\n${sql}\n) AS v LIMIT 0` };
}
