import { columnName, columnsOf, FLOW_LOG_FIELDS, type LogFormat } from "@turnaway/core";

/** Clean text of one log format: every line has its fields, one space between. */
export interface TextGroup {
  readonly format: LogFormat;
  readonly paths: readonly string[];
}

/** Parquet files that have the same columns. */
export interface ParquetGroup {
  /** `name` is the column as we call it, `source` as the file spells it. */
  readonly columns: readonly { readonly name: string; readonly source: string }[];
  readonly paths: readonly string[];
}

/**
 * `flow_logs` over files: exactly what AWS wrote, with every column that AWS has.
 *
 * Columns that a group lacks are NULL. Fields that AWS does not have yet are read
 * past and left out, since no view names them.
 */
export function flowLogsQuery(
  text: readonly TextGroup[],
  parquet: readonly ParquetGroup[],
): string {
  const selects = [
    ...text.map((group) => selectColumns(textScan(group), columnsOf(group.format))),
    ...parquet.map((group) =>
      selectColumns(scanParquet(group), group.columns, (column) => column.type),
    ),
  ];
  if (selects.length === 0) selects.push(`${selectColumns("(SELECT 1)", [])} WHERE FALSE`);
  return selects.join("\nUNION ALL\n");
}

const DUCKDB_TYPES = { int: "INTEGER", bigint: "BIGINT", string: "VARCHAR" } as const;

function selectColumns(
  from: string,
  present: readonly { readonly name: string; readonly source?: string }[],
  cast?: (column: (typeof FLOW_LOG_FIELDS)[number]) => keyof typeof DUCKDB_TYPES,
): string {
  const originals = new Map(present.map((c) => [columnName(c.name), c.source ?? c.name]));
  const list = FLOW_LOG_FIELDS.map((field) => {
    const type = DUCKDB_TYPES[field.type];
    const original = originals.get(field.column);
    if (original === undefined) return `CAST(NULL AS ${type}) AS "${field.column}"`;
    const column = quoteIdentifier(original);
    // Parquet keeps a literal `-` where text reads NULL, and writers differ in integer width.
    if (cast === undefined) return `${column} AS "${field.column}"`;
    return `TRY_CAST(nullif(CAST(${column} AS VARCHAR), '-') AS ${type}) AS "${field.column}"`;
  });
  return `SELECT ${list.join(", ")} FROM ${from}`;
}

/** A scan of clean text with the columns of its format. */
export function textScan({ format, paths }: TextGroup): string {
  const columns = columnsOf(format).map(
    (c) => `${quoteLiteral(c.name)}: '${DUCKDB_TYPES[c.type]}'`,
  );
  return `read_csv(${pathList(paths)}, auto_detect = false, header = false, delim = ' ',
    quote = '', escape = '', nullstr = '-', strict_mode = true, columns = {${columns.join(", ")}})`;
}

function scanParquet({ paths }: ParquetGroup): string {
  return `read_parquet(${pathList(paths)}, union_by_name = true)`;
}

function pathList(paths: readonly string[]): string {
  return `[${paths.map(quoteLiteral).join(", ")}]`;
}

/** An SQL string literal. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
