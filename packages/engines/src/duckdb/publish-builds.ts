import type { DuckDBConnection } from "@duckdb/node-api";
import type { SourceFile } from "@turnaway/sources";
import { emptyTable, ROLLUP_BUILDS } from "@turnaway/sql";

import { filesOfDay, utcDay } from "./day-plan.ts";
import { quoteLiteral } from "./flow-logs-view.ts";

export interface BuildsInput {
  readonly files: readonly SourceFile[];
  readonly settleHours: number;
}

/**
 * Makes `rollup_builds` as a warehouse has it: of each day that is there, what it was built from.
 *
 * A file that does not say when it was delivered belongs to no day, and is in none of the rows;
 * a state file that is read without its logs knows of no files.
 */
export async function publishBuilds(
  connection: DuckDBConnection,
  { files, settleHours }: BuildsInput,
): Promise<void> {
  const { name } = ROLLUP_BUILDS;
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${emptyTable(ROLLUP_BUILDS)}`);
  const dated = files.filter(({ deliveredAt }) => deliveredAt !== null);
  const days = [...new Set(dated.map(({ deliveredAt }) => utcDay(deliveredAt!)))];
  if (days.length === 0) return;
  const rows = days.map((day) => {
    const waited = filesOfDay({ files: dated, settleHours }, day);
    const own = waited.filter(({ deliveredAt }) => utcDay(deliveredAt!) === day);
    const [bytes, ownBytes] = [sizeOf(waited), sizeOf(own)];
    const late = [waited.length - own.length, bytes - ownBytes];
    return `(${[quoteLiteral(day), own.length, ownBytes, ...late, bytes].join(", ")})`;
  });
  await connection.run(`INSERT INTO ${name} BY NAME
    SELECT d.*, 'local' AS build, c.records
    FROM (VALUES ${rows.join(", ")})
      AS d (day, files, bytes, settle_files, settle_bytes, scanned_bytes)
    INNER JOIN (SELECT day, sum(records) AS records FROM coverage_rollup GROUP BY day) AS c
      ON c.day = d.day`);
}

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
