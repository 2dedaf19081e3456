import { quotedName } from "../quoted-name.ts";
import { trinoLiteral } from "../trino-parameters.ts";
import { expressionSql } from "./expression-sql.ts";
import type { Expression, Granularity } from "./expression.ts";
import { filterSql, type Rows } from "./filter-sql.ts";
import { cutTo } from "./functions.ts";
import {
  type SortDirection,
  type ItemOrder,
  OTHERS,
  type QueryColumn,
  type VisualQuery,
} from "./visual-query.ts";

/**
 * The query as text in Trino's dialect, the same for DuckDB and Athena.
 *
 * Values stand in it as literals, since a panel of Grafana has no parameters. The order of the
 * rows is total, but for details that are the same in all that they are ordered by.
 *
 * @param from name of the relation that holds the data set
 */
export function visualSql(query: VisualQuery, from: string): string {
  const rows = rowsOf(query, from);
  if (query.columns.some(({ type }) => type === "detail")) return detailSql(query, rows);
  const dimensions = query.columns.filter(({ type }) => type === "dimension");
  const isRanked = (item: ItemOrder): boolean => item.by !== null || item.limit !== null;
  const ranked = query.items.filter(isRanked);
  const isSimple = dimensions.length <= 1 && !ranked.some(({ others }) => others);
  return ranked.length === 0 || isSimple ? groupedSql(query, rows) : rankedSql(query, rows, ranked);
}

function rowsOf({ filters }: VisualQuery, from: string): Rows {
  const all: Rows = { relation: quotedName(from), where: [] };
  const isTop = ({ type }: { type: string }): boolean => type === "top";
  const few = { ...all, where: filters.filter((f) => !isTop(f)).map((f) => filterSql(f, all)) };
  // The first ten of what is asked about are not the first ten of all.
  const top = filters.filter(isTop).map((filter) => filterSql(filter, few));
  return { ...few, where: [...few.where, ...top] };
}

function detailSql(query: VisualQuery, rows: Rows): string {
  const { columns, sort } = query;
  const orders = [
    ...sort.map((one) => sortSql(one, columns)),
    ...columns.map((_, i) => order(String(i + 1), "ascending")),
  ];
  return lines([
    select(columns.map((column) => named(valueSql(column), column))),
    ...fromSql(rows),
    ...orderSql(orders),
    ...limitSql(query.limit),
  ]);
}

function groupedSql(query: VisualQuery, rows: Rows): string {
  const { columns, items } = query;
  const places = dimensionPlaces(columns);
  const orders = [
    ...query.sort.map((one) => sortSql(one, columns)),
    ...items.flatMap(({ by, direction, column }) =>
      by === null
        ? orderOf(places, column, direction)
        : [order(placeOf(expressionSql(by), columns), direction)],
    ),
    ...[...places.values()].map((place) => order(place, "ascending")),
  ];
  const limits = [query.limit, ...items.map(({ limit }) => limit)].filter((n) => n !== null);
  return lines([
    select(columns.map((column) => named(valueSql(column), column))),
    ...fromSql(rows),
    ...groupSql([...places.values()]),
    ...orderSql(places.size === 0 ? [] : orders),
    ...limitSql(limits.length === 0 ? null : Math.min(...limits)),
  ]);
}

// Each dimension that has its items in the order of something else, or only some of them, gets the
// place of each item first; rows are grouped after that, since others are counted as one.
function rankedSql(query: VisualQuery, rows: Rows, ranked: readonly ItemOrder[]): string {
  const { columns, items } = query;
  const dimensions = columns.filter(({ type }) => type === "dimension");
  const numberOf = (name: string): number => dimensions.findIndex((d) => d.name === name) + 1;
  const places = dimensionPlaces(columns);
  const numbers = ranked.map(({ column }) => numberOf(column));
  const shown = columns.map((column) => {
    if (column.type !== "dimension") return named(valueSql(column), column);
    const n = numberOf(column.name);
    return named(numbers.includes(n) ? `shown_${n}` : `item_${n}`, column);
  });
  const orders = [
    ...query.sort.map((one) => sortSql(one, columns)),
    ...items.flatMap((item) =>
      ranked.includes(item)
        ? [`place_${numberOf(item.column)}`]
        : orderOf(places, item.column, item.direction),
    ),
    ...[...places.values()].map((place) => order(place, "ascending")),
  ];
  const asked = dimensions.map((column, i) => `${valueSql(column)} AS item_${i + 1}`);
  const commons = [
    `asked AS (\n${indented(lines([`SELECT *, ${asked.join(", ")}`, ...fromSql(rows)]))}\n)`,
    ...ranked.map((item) => placesSql(item, numberOf(item.column))),
    `placed AS (\n${indented(placedSql(ranked, numberOf))}\n)`,
  ];
  return lines([
    `WITH ${commons.join(",\n")}`,
    select(shown),
    "FROM placed",
    ...groupSql([...places.values(), ...numbers.map((n) => `place_${n}`)]),
    ...orderSql(places.size === 0 ? [] : orders),
    ...limitSql(query.limit),
  ]);
}

function placesSql({ by, direction }: ItemOrder, n: number): string {
  const first = by === null ? [] : [order(expressionSql(by), direction)];
  const orders = [...first, order(`item_${n}`, by === null ? direction : "ascending")];
  return (
    `places_${n} AS (\n    SELECT item_${n} AS item, row_number() OVER (ORDER BY ${orders.join(", ")}) AS place\n` +
    `    FROM asked\n    GROUP BY 1\n)`
  );
}

function placedSql(ranked: readonly ItemOrder[], numberOf: (name: string) => number): string {
  const columns = ranked.flatMap(({ column, limit, others }) => {
    const n = numberOf(column);
    if (limit === null || !others)
      return [`item_${n} AS shown_${n}`, `places_${n}.place AS place_${n}`];
    const isShown = `places_${n}.place <= ${whole(limit)}`;
    return [
      `CASE WHEN ${isShown} THEN item_${n} ELSE ${trinoLiteral(OTHERS)} END AS shown_${n}`,
      `least(places_${n}.place, ${whole(limit) + 1}) AS place_${n}`,
    ];
  });
  const joins = ranked.map(({ column, limit, others }) => {
    const n = numberOf(column);
    // `IS NOT DISTINCT FROM` would compare each row with each item.
    const key = (item: string): string => `coalesce(CAST(${item} AS varchar), '')`;
    const item = `places_${n}.item`;
    const kept = limit === null || others ? "" : ` AND places_${n}.place <= ${whole(limit)}`;
    return (
      `JOIN places_${n} ON ${key(`item_${n}`)} = ${key(item)}` +
      ` AND (item_${n} IS NULL) = (${item} IS NULL)${kept}`
    );
  });
  return lines([`SELECT asked.*, ${columns.join(", ")}`, "FROM asked", ...joins]);
}

function valueSql({ value, granularity }: QueryColumn): string {
  return cutSql(value, granularity);
}

function cutSql(value: Expression, granularity: Granularity | undefined): string {
  const sql = expressionSql(value);
  return granularity === undefined ? sql : cutTo(granularity, sql);
}

function sortSql(
  { by, granularity, direction }: VisualQuery["sort"][number],
  columns: readonly QueryColumn[],
): string {
  return order(placeOf(cutSql(by, granularity), columns), direction);
}

// A name in an order means what is answered before it means what is read.
function placeOf(sql: string, columns: readonly QueryColumn[]): string {
  const place = columns.findIndex((column) => valueSql(column) === sql);
  return place === -1 ? sql : String(place + 1);
}

/** Names of the dimensions to their place among the columns, counted from 1. */
function dimensionPlaces(columns: readonly QueryColumn[]): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap(({ type, name }, i) => (type === "dimension" ? [[name, String(i + 1)]] : [])),
  );
}

function orderOf(
  places: ReadonlyMap<string, string>,
  column: string,
  direction: SortDirection,
): readonly string[] {
  const place = places.get(column);
  return place === undefined ? [] : [order(place, direction)];
}

// Engines differ in where they put what has no value.
function order(value: string, direction: SortDirection): string {
  return `${value} ${direction === "ascending" ? "ASC" : "DESC"} NULLS LAST`;
}

function fromSql({ relation, where }: Rows): readonly string[] {
  return [`FROM ${relation}`, ...(where.length === 0 ? [] : [`WHERE ${where.join("\n    AND ")}`])];
}

function groupSql(by: readonly string[]): readonly string[] {
  return by.length === 0 ? [] : [`GROUP BY ${by.join(", ")}`];
}

// What is ordered by once is not ordered by again.
function orderSql(orders: readonly string[]): readonly string[] {
  const values = new Set<string>();
  const needed = orders.filter((order) => {
    const value = order.replace(/ (?:ASC|DESC) NULLS LAST$/, "");
    return !values.has(value) && values.add(value);
  });
  return needed.length === 0 ? [] : [`ORDER BY ${needed.join(", ")}`];
}

function limitSql(limit: number | null): readonly string[] {
  return limit === null ? [] : [`LIMIT ${whole(limit)}`];
}

function whole(limit: number): number {
  return Math.max(0, Math.trunc(limit));
}

function select(columns: readonly string[]): string {
  return `SELECT\n${columns.map((column) => `    ${column}`).join(",\n")}`;
}

function named(value: string, { name }: QueryColumn): string {
  return `${value} AS ${quotedName(name)}`;
}

function lines(parts: readonly string[]): string {
  return parts.join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
