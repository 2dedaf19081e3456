import type { DuckDBConnection } from "@duckdb/node-api";
import { columnName } from "@turnaway/core";
import { composeSql, DEFAULT_SETTINGS, getSqlFile, type SqlSettings } from "@turnaway/sql";

import {
  flowLogsQuery,
  type ParquetGroup,
  quoteLiteral,
  type TextGroup,
} from "./flow-logs-view.ts";
import { findDamagedParquet } from "./damaged-parquet.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** The rollups of the state file, and the stage from which their days are built. */
export interface TrafficStore {
  /** Adds up the records of these files into the stage: the one scan of the raw logs. */
  stage(text: readonly TextGroup[], parquet: readonly ParquetGroup[]): Promise<void>;
  /** Of these files those that can't be decoded to their end, with what is wrong, by path. */
  findDamaged(parquet: readonly ParquetGroup[]): Promise<ReadonlyMap<string, string>>;
  /** Empties the stage. */
  clearStage(): Promise<void>;
  /** Takes one day out of the stage. */
  dropStaged(day: string): Promise<void>;
  /** UTC days that the stage has records of. */
  stagedDays(): Promise<readonly string[]>;
  /** Replaces one day of both rollups by what is staged, and drops it from the stage. */
  buildDay(day: string, manifest: string): Promise<void>;
  /** Gives the days of a build their manifest, all at once. */
  confirm(days: readonly string[], manifest: string): Promise<void>;
  /** Manifests of the days that are built for this source. */
  builds(): Promise<ReadonlyMap<string, string>>;
  /** Makes `traffic_rollup` and `coverage_rollup` the rows of this source, for queries. */
  publish(): Promise<void>;
}

export interface StoreOptions {
  readonly connection: DuckDBConnection;
  readonly settings: SqlSettings;
  /** Keeps the days of one log folder apart from another's. */
  readonly source: string;
  /**
   * Take days that this source lacks from whatever else the file holds.
   * True where a person named the state file.
   */
  readonly shareDays: boolean;
}

// In the order that they are built in: a rollup may read one that stands before it.
const ROLLUPS = ["traffic_rollup", "lone_refusals", "coverage_rollup"] as const;

// The planner can't guess how much the steps of the rollup leave, and would put the
// large side of a join into the hash table. The SQL has the small side on the right.
const AS_WRITTEN = "SET disabled_optimizers = 'join_order,build_side_probe_side'";

export async function openTrafficStore(options: StoreOptions): Promise<TrafficStore> {
  const { connection, settings, source } = options;
  const compose = (
    kind: "views" | "rollups",
    name: string,
    present: SqlSettings["present"] = null,
  ): string =>
    composeSql(
      getSqlFile(kind, name),
      { ...settings, present },
      { partition_columns: "", records_of_day: "TRUE" },
    );

  await createRollups(connection, compose);
  const staged = new Set<string>();
  const openStage = once(async () => {
    await connection.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS ${flowLogsQuery([], [])}`);
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW flow_records AS ${compose("views", "flow_records")}`,
    );
    await connection.run(`CREATE TEMP TABLE stage AS ${compose("rollups", "flow_tuples")}`);
  });

  return {
    async stage(text, parquet) {
      await openStage();
      await connection.run(
        `CREATE OR REPLACE TEMP VIEW flow_logs AS ${flowLogsQuery(text, parquet)}`,
      );
      const present = columnsOfGroups(text, parquet);
      for (const column of present) staged.add(column);
      await connection.run(`INSERT INTO stage ${compose("rollups", "flow_tuples", present)}`);
    },
    findDamaged: (parquet) => findDamagedParquet(connection, parquet),
    async clearStage() {
      await openStage();
      await connection.run("DELETE FROM stage");
    },
    async dropStaged(day) {
      await openStage();
      await dropStaged(connection, day);
    },
    async stagedDays() {
      await openStage();
      const days = await connection.runAndReadAll(
        "SELECT DISTINCT day FROM stage WHERE day IS NOT NULL ORDER BY day",
      );
      return days.getRows().map(([day]) => String(day));
    },
    async buildDay(day, manifest) {
      await openStage();
      await stageOfDay(connection, day);
      const of = `source = ${quoteLiteral(source)} AND day = ${quoteLiteral(day)}`;
      await connection.run(AS_WRITTEN);
      await connection.run("BEGIN");
      try {
        for (const name of ROLLUPS) {
          await connection.run(`DELETE FROM state.${name} WHERE ${of}`);
          await connection.run(
            `INSERT INTO state.${name} SELECT ${quoteLiteral(source)} AS source, r.* FROM (${compose("rollups", name, staged)}) AS r ORDER BY ${SORTED[name]}`,
          );
          await connection.run(
            `CREATE OR REPLACE TEMP VIEW ${name} AS SELECT * EXCLUDE (source) FROM state.${name} WHERE ${of}`,
          );
        }
        await connection.run(`DELETE FROM state.builds WHERE ${of}`);
        await connection.run(
          `INSERT INTO state.builds VALUES (${[source, day, manifest].map(quoteLiteral).join(", ")})`,
        );
        await connection.run("COMMIT");
      } catch (error) {
        await connection.run("ROLLBACK").catch(() => undefined);
        throw error;
      } finally {
        await connection.run("RESET disabled_optimizers").catch(() => undefined);
      }
      await dropStaged(connection, day);
    },
    async confirm(days, manifest) {
      if (days.length === 0) return;
      const list = days.map(quoteLiteral).join(", ");
      await connection.run(
        `UPDATE state.builds SET manifest = ${quoteLiteral(manifest)} WHERE source = ${quoteLiteral(source)} AND day IN (${list})`,
      );
    },
    async builds() {
      const rows = await connection.runAndReadAll(
        `SELECT day, manifest FROM state.builds WHERE source = ${quoteLiteral(source)}`,
      );
      return new Map(rows.getRows().map(([day, manifest]) => [String(day), String(manifest)]));
    },
    publish: () => publishRollups(options),
  };
}

async function dropStaged(connection: DuckDBConnection, day: string): Promise<void> {
  await connection.run(`DELETE FROM stage WHERE day = ${quoteLiteral(day)}`);
}

function columnsOfGroups(
  text: readonly TextGroup[],
  parquet: readonly ParquetGroup[],
): ReadonlySet<string> {
  const names = [
    ...text.flatMap(({ format }) => format.fields),
    ...parquet.flatMap(({ columns }) => columns.map(({ name }) => name)),
  ];
  return new Set(names.map(columnName));
}

// Neighbours that are alike compress well, and reports read past the lone ones.
const SORTED = {
  traffic_rollup: "is_lone, server, hour, service_port, client",
  lone_refusals: "server, hour, service_port",
  coverage_rollup: "interface_id, hour",
} as const;

// The day is a literal, not a variable: from it the planner knows how much comes.
async function stageOfDay(connection: DuckDBConnection, day: string): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW flow_tuples AS SELECT * FROM stage WHERE day = ${quoteLiteral(day)}`,
  );
}

type Compose = (kind: "views" | "rollups", name: string) => string;

// A table of another version of the SQL has other columns: it is only a cache. Which
// columns they are takes planning, so the file remembers which text made its tables.
async function createRollups(connection: DuckDBConnection, compose: Compose): Promise<void> {
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

function once(make: () => Promise<void>): () => Promise<void> {
  let made: Promise<void> | undefined;
  return () => (made ??= make());
}

async function publishRollups({ connection, source, shareDays }: StoreOptions): Promise<void> {
  const own = `source = ${quoteLiteral(source)}`;
  // Of several sources that have the day, this one's own, else the last by name.
  await connection.run(`CREATE OR REPLACE TEMP TABLE chosen_builds AS
    SELECT day, coalesce(max(CASE WHEN ${own} THEN source END), max(source)) AS source
    FROM state.builds WHERE ${shareDays ? "TRUE" : own} GROUP BY day`);
  for (const name of ROLLUPS) {
    await connection.run(`CREATE OR REPLACE TEMP VIEW ${name} AS
      SELECT r.* EXCLUDE (source) FROM state.${name} AS r
      INNER JOIN chosen_builds AS c ON c.source = r.source AND c.day = r.day`);
  }
}
