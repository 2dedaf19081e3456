import { aggregate } from "./aggregate.ts";
import { compare, compile, type Fields } from "./compile-expression.ts";
import type { Value } from "./functions.ts";
import { MalformedQuery } from "./malformed-query.ts";
import { parseQuery } from "./parse-query.ts";
import type { Command } from "./syntax.ts";

/** A log event as the service keeps it. */
export interface LogEvent {
  /** Milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

export interface QueryAnswer {
  /** Every row that the commands give, in their order. */
  readonly rows: readonly Fields[];
  /** Fields that the answer shows. */
  readonly shown: readonly string[];
  readonly recordsMatched: number;
}

/** Runs a query over the events of its time range. @throws MalformedQuery */
export function runQuery(
  query: string,
  events: readonly LogEvent[],
  discover: (event: LogEvent) => Map<string, Value>,
): QueryAnswer {
  const commands = parseQuery(query);
  checkNames(commands);
  let rows: Fields[] = events.map(discover);
  let shown: readonly string[] = ["@timestamp", "@message"];
  let matched: number | undefined;
  for (const command of commands) {
    if (command.kind === "stats") matched ??= rows.length;
    if (command.kind === "fields") shown = command.items.map(({ name }) => name);
    if (command.kind === "stats") {
      shown = [...command.by, ...command.aggregates].map(({ name }) => name);
    }
    rows = apply(command, rows);
  }
  return { rows, shown, recordsMatched: matched ?? rows.length };
}

function apply(command: Command, rows: Fields[]): Fields[] {
  switch (command.kind) {
    case "filter": {
      const holds = compile(command.condition);
      return rows.filter((row) => holds(row) === true);
    }
    case "fields": {
      const items = command.items.map(
        ({ name, expression }) => [name, compile(expression)] as const,
      );
      return rows.map((row) =>
        withFields(
          row,
          items.map(([name, of]) => [name, of(row)]),
        ),
      );
    }
    case "parse": {
      const from = compile(command.from);
      const parts = command.glob.split("*");
      return rows.map((row) => {
        const found = matchGlob(parts, String(from(row) ?? ""));
        if (found === undefined) return row;
        return withFields(
          row,
          command.names.map((name, i) => [name, found[i]]),
        );
      });
    }
    case "stats":
      return aggregate(rows, command);
    case "sort":
      return rows.toSorted((a, b) => {
        for (const { name, descending } of command.keys) {
          const order = compare(a.get(name), b.get(name));
          if (order !== 0 && !Number.isNaN(order)) return descending ? -order : order;
        }
        return 0;
      });
    case "limit":
      return rows.slice(0, command.count);
  }
}

function withFields(row: Fields, added: readonly (readonly [string, Value])[]): Fields {
  const fields = new Map(row);
  for (const [name, value] of added) if (value !== undefined) fields.set(name, value);
  return fields;
}

/**
 * What stands at each wildcard: as little as can be, and at the last one the rest. By hand,
 * since a pattern of fifty lazy groups tries every way to split a line that is too short.
 */
function matchGlob(parts: readonly string[], text: string): string[] | undefined {
  const found: string[] = [];
  let from = text.indexOf(parts[0]!) + parts[0]!.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return undefined;
    found.push(text.slice(from, at));
    from = at + part.length;
  }
  const last = parts.at(-1)!;
  const end = last === "" ? text.length : text.indexOf(last, from);
  return end < 0 ? undefined : [...found, text.slice(from, end)];
}

/** Names that the service gives by itself; what a query calls so might be either. */
const TAKEN = new Set([
  ..."version accountId interfaceId srcAddr dstAddr srcPort dstPort protocol packets bytes".split(
    " ",
  ),
  ..."start end startTime endTime action logStatus".split(" "),
]);

function checkNames(commands: readonly Command[]): void {
  const given = commands.flatMap((command): string[] => {
    if (command.kind === "parse") return [...command.names];
    if (command.kind === "stats") return command.aggregates.map(({ name }) => name);
    if (command.kind !== "fields") return [];
    return command.items.flatMap(({ name, expression }) =>
      expression.kind === "field" && expression.name === name ? [] : [name],
    );
  });
  const twice = given.find((name, i) => TAKEN.has(name) || given.indexOf(name) < i);
  if (twice === undefined) return;
  throw new MalformedQuery(`the field ${twice} is there already`, 0);
}
