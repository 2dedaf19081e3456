import { FLOW_LOG_FIELDS, type Row } from "@turnaway/core";
import {
  composeSql,
  emptyTable,
  ROLLUP_BUILDS,
  SQL_FILES,
  type SqlFile,
  type SqlSettings,
} from "@turnaway/sql";

import type { CaseEngine } from "./case-engine.ts";
import type { Rows, SqlCase } from "./case-file.ts";
import { parseFlowLines, RECORD_DEFAULTS } from "./flow-lines.ts";
import { fillCoverageRow, fillTrafficRow } from "./rollup-rows.ts";
import { parseTable } from "./text-table.ts";

/**
 * Makes the tables that a file reads: given rows where the case has them, else
 * what the SQL of the layer below makes of the given ones.
 */
export async function makeTables(
  engine: CaseEngine,
  tables: readonly string[],
  { given, settings }: { given: SqlCase["given"]; settings: SqlSettings },
): Promise<void> {
  const made = new Set<string>();
  const make = async (table: string): Promise<void> => {
    if (made.has(table)) return;
    made.add(table);
    if (table === "flow_logs") {
      await engine.define(table, EMPTY_FLOW_LOGS);
    } else if (table === ROLLUP_BUILDS.name) {
      await engine.define(table, emptyTable(ROLLUP_BUILDS));
    } else {
      const file = fileOf(table);
      for (const below of tablesRead(file)) await make(below);
      await engine.define(table, composeSql(file, settings, WHOLE_TABLE));
    }
    if (given[table] !== undefined) await engine.insert(table, givenRows(table, given[table]));
  };
  for (const table of tables) await make(table);
}

/** Tables and views that the header of a file names. */
export function tablesRead({ reads }: SqlFile): readonly string[] {
  return (reads ?? "").split(",").flatMap((name) => name.trim() || []);
}

/** Nothing is pruned: a case has the rows that it needs and no others. */
export const WHOLE_TABLE = { partition_columns: "", records_of_day: "TRUE" } as const;

const TYPES = { int: "integer", bigint: "bigint", string: "varchar" } as const;

const EMPTY_FLOW_LOGS = `SELECT ${FLOW_LOG_FIELDS.map(
  ({ column, type }) => `CAST(NULL AS ${TYPES[type]}) AS "${column}"`,
).join(", ")} WHERE FALSE`;

function fileOf(table: string): SqlFile {
  const file = SQL_FILES.find(({ kind, name }) => name === table && LAYERS.has(kind));
  if (file === undefined) throw new Error(`no view or rollup is named ${table}`);
  return file;
}

const LAYERS: ReadonlySet<string> = new Set(["views", "rollups"]);

function givenRows(table: string, rows: Rows): readonly Row[] {
  switch (table) {
    case "flow_logs":
      return typeof rows === "string"
        ? parseFlowLines(rows)
        : rows.map((row) => ({ ...RECORD_DEFAULTS, ...row }));
    case "traffic_rollup":
      return asRows(rows).map(fillTrafficRow);
    case "coverage_rollup":
      return asRows(rows).map(fillCoverageRow);
    default:
      return asRows(rows);
  }
}

/** Rows in either notation. */
export function asRows(rows: Rows): readonly Row[] {
  return typeof rows === "string" ? parseTable(rows) : rows;
}
