import type { Statement } from "@turnaway/core";

import { composeSql, getSqlFile } from "./compose.ts";
import type { SqlSettings } from "./macros.ts";
import { quotedName } from "./quoted-name.ts";
import type { SqlFile } from "./sql-file.ts";

/**
 * Keeps the rows of a data set in a table of the session, once for all that is asked about them,
 * as SPICE does. Only DuckDB has such tables.
 *
 * @param source kind and name of the SQL file: `datasets/rejects`
 * @returns the name of the relation for `visualSql`, and the statement that makes it
 * @throws TurnawayError BUG where there is no such file
 */
export function importDataSet(
  source: string,
  settings: SqlSettings,
): { readonly relation: string; readonly statement: Statement } {
  const [kind, name] = source.split("/") as [SqlFile["kind"], string];
  const relation = `imported_${name}`;
  const rows = composeSql(getSqlFile(kind, name), settings);
  const sql = `CREATE OR REPLACE TEMPORARY TABLE ${quotedName(relation)} AS\n${rows}`;
  return { relation, statement: { name: `import ${name}`, sql } };
}
