import type { DuckDBConnection } from "@duckdb/node-api";
import { DEFAULT_SETTINGS } from "@turnaway/sql";

import { fingerprintOf } from "./fingerprint.ts";
import { flowLogsQuery, quoteLiteral } from "./flow-logs-view.ts";

/** In the order that they are built in: a rollup may read one that stands before it. */
export const ROLLUPS = [
  "traffic_rollup",
  "lone_refusals",
  "traffic_days",
  "coverage_rollup",
] as const;

/** The text of a view or a rollup, in the settings of the run. */
export type Compose = (
  kind: "views" | "rollups",
  name: string,
  present?: ReadonlySet<string>,
) => string;

/**
 * Makes the tables of the rollups in the state file.
 *
 * A table of another version of the SQL has other columns, and is dropped: it is only a
 * cache. Which columns they are takes planning, so the file remembers which text made it.
 */
export async function createRollups(connection: DuckDBConnection, compose: Compose): Promise<void> {
  const version = quoteLiteral(fingerprintOf(DEFAULT_SETTINGS));
  const made = await connection.runAndReadAll(
    `SELECT 1 FROM state.made_by WHERE version = ${version}`,
  );
  if (made.currentRowCount > 0) return;
  await connection.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS ${flowLogsQuery([], [])}`);
  for (const name of ["flow_records", "flow_tuples", ...ROLLUPS]) {
    const kind = name === "flow_records" ? "views" : "rollups";
    await connection.run(`CREATE OR REPLACE TEMP VIEW ${name} AS ${compose(kind, name)}`);
  }
  for (const name of ROLLUPS) await createRollup(connection, name);
  await connection.run(`DELETE FROM state.made_by`);
  await connection.run(`INSERT INTO state.made_by VALUES (${version})`);
}

async function createRollup(
  connection: DuckDBConnection,
  name: (typeof ROLLUPS)[number],
): Promise<void> {
  const empty = `SELECT CAST('' AS VARCHAR) AS source, r.* FROM ${name} AS r LIMIT 0`;
  const columns = async (of: string): Promise<string> =>
    JSON.stringify(
      (await connection.runAndReadAll(`DESCRIBE ${of}`)).getRows().map((r) => [r[0], r[1]]),
    );
  const exists = await connection.runAndReadAll(
    `SELECT 1 FROM duckdb_tables() WHERE database_name = 'state' AND table_name = ${quoteLiteral(name)}`,
  );
  if (exists.currentRowCount > 0) {
    if ((await columns(`state.${name}`)) === (await columns(empty))) return;
    await connection.run(`DROP TABLE state.${name}`);
    await connection.run("DELETE FROM state.builds");
  }
  await connection.run(`CREATE TABLE state.${name} AS ${empty}`);
}
