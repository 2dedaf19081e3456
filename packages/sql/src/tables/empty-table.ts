import type { IcebergTable } from "./table-definition.ts";

/** A query with the columns of the table and no rows. */
export function emptyTable({ columns }: IcebergTable): string {
  const list = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS "${name}"`);
  return `SELECT ${list.join(", ")} WHERE FALSE`;
}
