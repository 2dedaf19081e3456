import { getSqlFile } from "../compose.ts";
import { ROLLUP_TYPES } from "./rollup-types.ts";
import type { ColumnType, IcebergTable, TableColumn } from "./table-definition.ts";

/** A rollup: what readers see, and what stands behind it. */
export interface RollupTable {
  /** Its file among the rollups, and the view that shows of each day the build that counts. */
  readonly name: RollupName;
  /** Its rows of every build, also of those that nobody reads yet or any more. */
  readonly rows: IcebergTable;
}

/** The rollups, in the order that they are built in: one may read another that stands before it. */
export const ROLLUPS: readonly RollupTable[] = (
  ["traffic_rollup", "lone_refusals", "traffic_days", "coverage_rollup"] as const
).map((name) => ({ name, rows: rowsOf(name) }));

export type RollupName = "traffic_rollup" | "lone_refusals" | "traffic_days" | "coverage_rollup";

/** The rollup of that name. */
export function rollupTable(name: RollupName): RollupTable {
  return ROLLUPS.find((rollup) => rollup.name === name)!;
}

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
  ...ROLLUPS.map(({ rows }) => rows),
  ROLLUP_BUILDS,
];

/** A table of the columns that the rollup's file declares; the header says what each means. */
function rowsOf(rollup: RollupName): IcebergTable {
  const { columns } = getSqlFile("rollups", rollup);
  return {
    kind: "iceberg",
    name: `${rollup}_rows`,
    means: `Rows of ${rollup} by build: read the view, it knows which build counts`,
    columns: [
      ...Object.entries(columns!).map(([name, means]) => column(name, ROLLUP_TYPES[name]!, means)),
      column("build", "varchar", "build that the row belongs to"),
    ],
    // By build, too: a build is then deleted by dropping whole files. And what stands alone lies
    // apart, since it is most rows of a day and reports read the others.
    partitionedBy: ["day", "build", ...(rollup === "traffic_rollup" ? ["is_lone"] : [])],
  };
}

function column(name: string, type: ColumnType, means: string): TableColumn {
  return { name, type, means };
}
