import type { Statement } from "@turnaway/core";

import { tableName, type WarehousePlace } from "./dialect.ts";
import type { DayRange } from "./read-builds.ts";

/** What may be done again when the engine asks for it: see {@link maintainTable}. */
export const VACUUM = "rollup-vacuum";

/**
 * What keeps an Iceberg table small, in order: the small files of days that were written in
 * several steps become few, and what no snapshot of the last days reads is deleted.
 *
 * @param days whose files are put together; older ones were, when they were young
 */
export function maintainTable(
  place: WarehousePlace,
  table: string,
  { first, last }: DayRange,
): readonly Statement[] {
  const name = tableName(place, table);
  const where = `WHERE day >= '${first}' AND day <= '${last}'`;
  const optimize = (sql: string): Statement => ({ name: "rollup-optimize", sql });
  const vacuum = (sql: string): Statement => ({ name: VACUUM, sql });
  if (place.dialect === "athena") {
    return [
      optimize(`OPTIMIZE ${name} REWRITE DATA USING BIN_PACK ${where}`),
      // Snapshots of more than five days, unless the table says otherwise, and their files.
      vacuum(`VACUUM ${name}`),
    ];
  }
  const alter = `ALTER TABLE ${name} EXECUTE`;
  return [
    optimize(`${alter} optimize ${where}`),
    // The shortest time that Trino takes by default: a query may still read what it began with.
    vacuum(`${alter} expire_snapshots(retention_threshold => '7d')`),
    vacuum(`${alter} remove_orphan_files(retention_threshold => '7d')`),
  ];
}
