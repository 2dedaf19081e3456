import type { DuckDBConnection } from "@duckdb/node-api";
import { composeSql, getSqlFile, type SqlSettings } from "@turnaway/sql";

import { type Compose, createRollups, ROLLUPS } from "./create-rollups.ts";
import { quoteLiteral } from "./flow-logs-view.ts";
import { openStage, type Stage } from "./stage.ts";

/** The rollups of the state file, and the stage from which their days are built. */
export interface TrafficStore {
  readonly stage: Stage;
  /** Replaces one day of the rollups by what is staged, and drops it from the stage. */
  buildDay(day: string, manifest: string): Promise<void>;
  /** Gives the days of a build their manifest, all at once. */
  confirm(days: readonly string[], manifest: string): Promise<void>;
  /** Manifests of the days that are built for this source. */
  builds(): Promise<ReadonlyMap<string, string>>;
  /** Makes the rollups the rows of this source, for queries. */
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

// The planner can't guess how much the steps of the rollup leave, and would put the
// large side of a join into the hash table. The SQL has the small side on the right.
const AS_WRITTEN = "SET disabled_optimizers = 'join_order,build_side_probe_side'";

export async function openTrafficStore(options: StoreOptions): Promise<TrafficStore> {
  const { connection, settings, source } = options;
  const compose: Compose = (kind, name, present) =>
    composeSql(
      getSqlFile(kind, name),
      { ...settings, present: present ?? null },
      { partition_columns: "", records_of_day: "TRUE" },
    );
  await createRollups(connection, compose);
  const stage = openStage(connection, compose);
  return {
    stage,
    async buildDay(day, manifest) {
      await stage.show(day);
      await connection.run(AS_WRITTEN);
      await connection.run("BEGIN");
      try {
        const rollup = (name: string): string => compose("rollups", name, stage.columns);
        await replaceDay(connection, rollup, { source, day, manifest });
        await connection.run("COMMIT");
      } catch (error) {
        await connection.run("ROLLBACK").catch(() => undefined);
        throw error;
      } finally {
        await connection.run("RESET disabled_optimizers").catch(() => undefined);
      }
      await stage.drop(day);
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

interface DayOf {
  readonly source: string;
  readonly day: string;
  readonly manifest: string;
}

async function replaceDay(
  connection: DuckDBConnection,
  rollup: (name: string) => string,
  { source, day, manifest }: DayOf,
): Promise<void> {
  const of = `source = ${quoteLiteral(source)} AND day = ${quoteLiteral(day)}`;
  for (const name of ROLLUPS) {
    await connection.run(`DELETE FROM state.${name} WHERE ${of}`);
    await connection.run(
      `INSERT INTO state.${name} SELECT ${quoteLiteral(source)} AS source, r.* FROM (${rollup(name)}) AS r ORDER BY ${SORTED[name]}`,
    );
    // The next rollup reads the day that is just being built.
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW ${name} AS SELECT * EXCLUDE (source) FROM state.${name} WHERE ${of}`,
    );
  }
  await connection.run(`DELETE FROM state.builds WHERE ${of}`);
  await connection.run(
    `INSERT INTO state.builds VALUES (${[source, day, manifest].map(quoteLiteral).join(", ")})`,
  );
}

// Neighbours that are alike compress well, and reports read past the lone ones.
const SORTED = {
  traffic_rollup: "is_lone, service_port, hour, server, client",
  lone_refusals: "server, hour, service_port",
  traffic_days: "service_port, server, client",
  coverage_rollup: "interface_id, hour",
} as const;

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
