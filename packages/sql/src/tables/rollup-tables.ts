import { getSqlFile } from "../compose.ts";
import { ROLLUP_TYPES } from "./rollup-types.ts";
import type { ColumnType, IcebergTable, TableColumn } from "./table-definition.ts";

/**
 * Rows of `traffic_rollup` of every build, also of those that nobody reads yet or any more.
 * The view of that name shows the newest published build of each day.
 */
export const TRAFFIC_ROLLUP_ROWS: IcebergTable = {
  kind: "iceberg",
  name: "traffic_rollup_rows",
  means: "Rows of traffic_rollup by build: read the view, it knows which build counts",
  columns: rowsOf("traffic_rollup"),
  // By build, too: a build is then deleted by dropping whole files.
  partitionedBy: ["day", "build"],
};

/** The same of `coverage_rollup`. */
export const COVERAGE_ROLLUP_ROWS: IcebergTable = {
  kind: "iceberg",
  name: "coverage_rollup_rows",
  means: "Rows of coverage_rollup by build: read the view, it knows which build counts",
  columns: rowsOf("coverage_rollup"),
  partitionedBy: ["day", "build"],
};

/** One row makes a build the one that is read: its insertion is the publication. */
export const ROLLUP_BUILDS: IcebergTable = {
  kind: "iceberg",
  name: "rollup_builds",
  means: "Published builds of the rollups, one row each; of a day the greatest build counts",
  columns: [
    column("day", "varchar", "UTC day, YYYY-MM-DD"),
    column(
      "build",
      "varchar",
      "when the build began, and something random: later ones are greater",
    ),
    column("published_at", "bigint", "Unix seconds"),
    column("files_fingerprint", "varchar", "hash of the files that the day waits for"),
    column("sql_fingerprint", "varchar", "hash of the SQL and the settings that made the rows"),
    column("files", "bigint", "files delivered on the day"),
    column("bytes", "bigint", "bytes of these, as stored"),
    column("settle_files", "bigint", "files delivered in the settle hours after the day"),
    column("settle_bytes", "bigint", "bytes of these, as stored"),
    column("records", "bigint", "records that began on the day"),
    column("malformed", "bigint", "lines of the day's files that are no records"),
    column(
      "repeated_headers",
      "bigint",
      "header lines that stand between records of the day's files",
    ),
    column("traffic_rows", "bigint", "rows of traffic_rollup"),
    column("scanned_bytes", "bigint", "bytes of logs that the engine read for it"),
  ],
  partitionedBy: ["day"],
};

/** The tables that a warehouse needs beside the raw one. */
export const ROLLUP_TABLES: readonly IcebergTable[] = [
  TRAFFIC_ROLLUP_ROWS,
  COVERAGE_ROLLUP_ROWS,
  ROLLUP_BUILDS,
];

/** Columns of a rollup as its file declares them; the header says what each means. */
function rowsOf(rollup: "traffic_rollup" | "coverage_rollup"): readonly TableColumn[] {
  const { columns } = getSqlFile("rollups", rollup);
  return [
    ...Object.entries(columns!).map(([name, means]) => column(name, ROLLUP_TYPES[name]!, means)),
    column("build", "varchar", "build that the row belongs to"),
  ];
}

function column(name: string, type: ColumnType, means: string): TableColumn {
  return { name, type, means };
}
