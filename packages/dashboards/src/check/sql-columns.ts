import { DATA_SET_TYPES, ROLLUP_TYPES, SQL_FILES, type SqlFile } from "@turnaway/sql";

import type { ColumnCatalogue, ColumnKind } from "./check-columns.ts";

/** The columns of everything that a data set may read, from the headers of the SQL files. */
export function sqlColumns(files: readonly SqlFile[] = SQL_FILES): ColumnCatalogue {
  return Object.fromEntries(
    files
      .filter(({ kind }) => READABLE.has(kind))
      .map((file) => [`${file.kind}/${file.name}`, columnsOf(file)]),
  );
}

const READABLE: ReadonlySet<SqlFile["kind"]> = new Set(["datasets", "views", "rollups", "queries"]);

function columnsOf({ kind, columns = {} }: SqlFile): Readonly<Record<string, ColumnKind | null>> {
  const types: Readonly<Record<string, string>> =
    kind === "rollups" ? ROLLUP_TYPES : DATA_SET_TYPES;
  const areKnown = kind === "rollups" || kind === "datasets";
  return Object.fromEntries(
    Object.keys(columns).map((name) => [name, areKnown ? kindOf(types[name]) : null]),
  );
}

function kindOf(type: string | undefined): ColumnKind | null {
  if (type === undefined) return null;
  if (type === "timestamp") return "date";
  return type === "varchar" || type === "boolean" ? "text" : "number";
}
