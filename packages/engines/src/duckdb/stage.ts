import type { DuckDBConnection } from "@duckdb/node-api";
import { columnName } from "@turnaway/core";

import type { Compose } from "./create-rollups.ts";
import { findDamagedParquet } from "./damaged-parquet.ts";
import {
  flowLogsQuery,
  type ParquetGroup,
  quoteLiteral,
  type TextGroup,
} from "./flow-logs-view.ts";

/** Records of the raw logs, added up: what days are built from. */
export interface Stage {
  /** Adds up the records of these files: the one scan of the raw logs. */
  add(text: readonly TextGroup[], parquet: readonly ParquetGroup[]): Promise<void>;
  /** Of these files those that can't be decoded to their end, with what is wrong, by path. */
  findDamaged(parquet: readonly ParquetGroup[]): Promise<ReadonlyMap<string, string>>;
  /** Empties it. */
  clear(): Promise<void>;
  /** Takes one day out of it. */
  drop(day: string): Promise<void>;
  /** UTC days that it has records of. */
  days(): Promise<readonly string[]>;
  /** Makes `flow_tuples` the rows of one day. */
  show(day: string): Promise<void>;
  /** Columns that any of the files had. */
  readonly columns: ReadonlySet<string>;
}

/** Makes the stage at its first use: a run whose state is current needs none. */
export function openStage(connection: DuckDBConnection, compose: Compose): Stage {
  const columns = new Set<string>();
  const ready = once(async () => {
    await setLogs(connection, [], []);
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW flow_records AS ${compose("views", "flow_records")}`,
    );
    await connection.run(`CREATE TEMP TABLE stage AS ${compose("rollups", "flow_tuples")}`);
  });
  const run = async (sql: string): Promise<void> => {
    await ready();
    await connection.run(sql);
  };
  return {
    columns,
    async add(text, parquet) {
      await ready();
      await setLogs(connection, text, parquet);
      const present = columnsOf(text, parquet);
      for (const column of present) columns.add(column);
      await run(`INSERT INTO stage ${compose("rollups", "flow_tuples", present)}`);
    },
    findDamaged: (parquet) => findDamagedParquet(connection, parquet),
    clear: () => run("DELETE FROM stage"),
    drop: (day) => run(`DELETE FROM stage WHERE day = ${quoteLiteral(day)}`),
    async days() {
      await ready();
      const days = await connection.runAndReadAll(
        "SELECT DISTINCT day FROM stage WHERE day IS NOT NULL ORDER BY day",
      );
      return days.getRows().map(([day]) => String(day));
    },
    // The day is a literal, not a variable: from it the planner knows how much comes.
    show: (day) =>
      run(
        `CREATE OR REPLACE TEMP VIEW flow_tuples AS SELECT * FROM stage WHERE day = ${quoteLiteral(day)}`,
      ),
  };
}

async function setLogs(
  connection: DuckDBConnection,
  text: readonly TextGroup[],
  parquet: readonly ParquetGroup[],
): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS ${flowLogsQuery(text, parquet)}`);
}

function columnsOf(
  text: readonly TextGroup[],
  parquet: readonly ParquetGroup[],
): ReadonlySet<string> {
  const names = [
    ...text.flatMap(({ format }) => format.fields),
    ...parquet.flatMap((group) => group.columns.map(({ name }) => name)),
  ];
  return new Set(names.map(columnName));
}

function once(make: () => Promise<void>): () => Promise<void> {
  let made: Promise<void> | undefined;
  return () => (made ??= make());
}
