import { trinoLiteral } from "../trino-parameters.ts";
import { expressionSql } from "./expression-sql.ts";
import type { QueryFilter } from "./visual-query.ts";

/** The rows of a relation that fulfil these predicates. */
export interface Rows {
  /** Quoted where it has to be. */
  readonly relation: string;
  readonly where: readonly string[];
}

/** The filter as a predicate; of the first or last items those of `rows` are meant. */
export function filterSql(filter: QueryFilter, rows: Rows): string {
  switch (filter.type) {
    case "where":
      return expressionSql(filter.condition);
    case "one-of":
      return memberSql(expressionSql(filter.value), filter.values, false);
    case "none-of":
      return memberSql(expressionSql(filter.value), filter.values, true);
    case "top":
      return topSql(filter, rows);
    case "grafana-time":
      return `$__timeFilter(${expressionSql(filter.value)})`;
    case "grafana-variable": {
      const chosen = `\${${filter.variable}:sqlstring}`;
      // Rows without a value are part of all, and of nothing that can be chosen.
      return `('*' IN (${chosen}) OR ${expressionSql(filter.value)} IN (${chosen}))`;
    }
  }
}

function memberSql(
  value: string,
  values: readonly (string | number | null)[],
  isNot: boolean,
): string {
  const given = values.filter((one) => one !== null).map(trinoLiteral);
  const hasNull = given.length < values.length;
  if (given.length === 0) {
    if (hasNull) return `${value} IS ${isNot ? "NOT " : ""}NULL`;
    return isNot ? "TRUE" : "FALSE";
  }
  const list = given.join(", ");
  if (isNot) {
    // NULL is in no list, and SQL would not say so.
    return hasNull
      ? `${value} NOT IN (${list})`
      : `(${value} IS NULL OR ${value} NOT IN (${list}))`;
  }
  return hasNull ? `(${value} IN (${list}) OR ${value} IS NULL)` : `${value} IN (${list})`;
}

function topSql(filter: QueryFilter & { type: "top" }, { relation, where }: Rows): string {
  const value = expressionSql(filter.value);
  const direction = filter.direction === "ascending" ? "ASC" : "DESC";
  const kept = where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`;
  return (
    `${value} IN (SELECT ${value} FROM ${relation}${kept} GROUP BY ${value}` +
    ` ORDER BY ${expressionSql(filter.by)} ${direction} NULLS LAST, ${value} ASC NULLS LAST LIMIT ${Math.trunc(filter.limit)})`
  );
}
