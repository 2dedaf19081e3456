import { readsRelation } from "../stages.ts";

/** The statement, with each of these relations that it reads defined in front of it by a query. */
export function withRelations(sql: string, queries: Readonly<Record<string, string>>): string {
  const list = Object.entries(queries)
    .filter(([name]) => readsRelation(sql, name))
    .map(([name, query]) => `${name} AS (${query})`)
    .join(",\n");
  if (list === "") return sql;
  return /^WITH\s/.test(sql)
    ? `WITH ${list},\n${sql.slice("WITH".length).trimStart()}`
    : `WITH ${list}\n${sql}`;
}
