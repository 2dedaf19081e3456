import { compare, compile, type Fields } from "./compile-expression.ts";
import { toNumber, type Value } from "./functions.ts";
import type { Command } from "./syntax.ts";

type Stats = Extract<Command, { kind: "stats" }>;

/** One row a group, in no order that anybody may rely on; a group may lack a field. */
export function aggregate(rows: readonly Fields[], { aggregates, by }: Stats): Fields[] {
  const keys = by.map(({ name, expression }) => [name, compile(expression)] as const);
  const groups = new Map<string, { key: [string, Value][]; rows: Fields[] }>();
  for (const row of rows) {
    const key = keys.map(([name, of]): [string, Value] => [name, of(row)]);
    const text = JSON.stringify(
      key.map(([, value]) => (value === undefined ? null : String(value))),
    );
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { key, rows: [row] });
    else group.rows.push(row);
  }
  const computed = aggregates.map(({ name, operation, of }) => {
    const value = of === null ? undefined : compile(of);
    return [name, (group: readonly Fields[]) => AGGREGATE[operation]!(group, value)] as const;
  });
  return [...groups.values()].toReversed().map(({ key, rows: group }) => {
    const cells = [...key, ...computed.map(([name, of]): [string, Value] => [name, of(group)])];
    return new Map(cells.filter(([, value]) => value !== undefined));
  });
}

type Of = ((row: Fields) => Value) | undefined;

const AGGREGATE: Readonly<Record<string, (rows: readonly Fields[], of: Of) => Value>> = {
  count: (rows, of) => (of === undefined ? rows.length : present(rows, of).length),
  count_distinct: (rows, of) => new Set(present(rows, of).map(String)).size,
  // Text that is no number is passed over.
  sum: (rows, of) =>
    numbers(rows, of).reduce<number | undefined>((all, n) => (all ?? 0) + n, undefined),
  min: (rows, of) => least(numbers(rows, of)),
  max: (rows, of) => least(numbers(rows, of), -1),
  sortsFirst: (rows, of) => least(present(rows, of).map(String)),
};

function present(rows: readonly Fields[], of: Of): Exclude<Value, undefined>[] {
  return rows.flatMap((row) => of?.(row) ?? []);
}

function numbers(rows: readonly Fields[], of: Of): number[] {
  return rows.flatMap((row) => toNumber(of?.(row)) ?? []);
}

function least<T extends string | number>(values: readonly T[], sign = 1): T | undefined {
  return values.reduce<T | undefined>(
    (best, value) => (best === undefined || sign * compareSame(value, best) < 0 ? value : best),
    undefined,
  );
}

function compareSame(a: string | number, b: string | number): number {
  return typeof a === "string" ? (a < b ? -1 : 1) : compare(a, b);
}
