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
  discover: (event: LogEvent) => Fields,
): QueryAnswer {
  const commands = parseQuery(query);
  checkNames(commands);
  const end = commands.findIndex(({ kind }) => !(kind in STEPS));
  const [perEvent, rest] = end < 0 ? [commands, []] : [commands.slice(0, end), commands.slice(end)];
  const step = compileSteps(perEvent);
  let rows: Fields[] = events.flatMap((event) => step(new Map(discover(event))) ?? []);
  const recordsMatched = rows.length;
  for (const command of rest) rows = apply(command, rows);
  return { rows, shown: shownFields(commands), recordsMatched };
}

/** What is done to one row by itself: the row, in place, or undefined when it is dropped. */
type Step = (row: Map<string, Value>) => Map<string, Value> | undefined;

const STEPS: Readonly<Record<string, (command: never) => Step>> = {
  filter: compileFilter,
  fields: compileFields,
  parse: compileParse,
};

function compileSteps(commands: readonly Command[]): Step {
  const steps = commands.map((command) => STEPS[command.kind]!(command as never));
  return (row) => (steps.every((step) => step(row) !== undefined) ? row : undefined);
}

function compileFilter({ condition }: Extract<Command, { kind: "filter" }>): Step {
  const holds = compile(condition);
  return (row) => (holds(row) === true ? row : undefined);
}

function compileFields({ items }: Extract<Command, { kind: "fields" }>): Step {
  const computed = items.map(({ name, expression }) => [name, compile(expression)] as const);
  return (row) =>
    setAll(
      row,
      computed.map(([name, of]) => [name, of(row)]),
    );
}

function compileParse({ from, glob, names }: Extract<Command, { kind: "parse" }>): Step {
  const text = compile(from);
  const parts = glob.split("*");
  return (row) => {
    const found = matchGlob(parts, String(text(row) ?? ""));
    return found === undefined
      ? row
      : setAll(
          row,
          names.map((name, i) => [name, found[i]]),
        );
  };
}

function setAll(
  row: Map<string, Value>,
  added: readonly (readonly [string, Value])[],
): Map<string, Value> {
  for (const [name, value] of added) if (value !== undefined) row.set(name, value);
  return row;
}

function apply(command: Command, rows: Fields[]): Fields[] {
  switch (command.kind) {
    case "filter":
    case "fields":
    case "parse": {
      const step = compileSteps([command]);
      return rows.flatMap((row) => step(new Map(row)) ?? []);
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

function shownFields(commands: readonly Command[]): readonly string[] {
  const last = commands.findLast(({ kind }) => kind === "stats" || kind === "fields");
  if (last?.kind === "fields") return last.items.map(({ name }) => name);
  if (last?.kind === "stats") return [...last.by, ...last.aggregates].map(({ name }) => name);
  return ["@timestamp", "@message"];
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
