import type { Value } from "./insights/functions.ts";
import { discoverFields, type WindowNames } from "./insights/discover-fields.ts";
import { type LogEvent, type QueryAnswer, runQuery } from "./insights/run-query.ts";

export type QueryState =
  | "Scheduled"
  | "Running"
  | "Complete"
  | "Failed"
  | "Cancelled"
  | "Timeout"
  | "Unknown";

/** A query as the service keeps it: it moves on by one step each time that somebody looks. */
export interface ServedQuery {
  readonly id: string;
  readonly text: string;
  readonly logGroup: string;
  readonly events: readonly LogEvent[];
  readonly answer: QueryAnswer;
  /** Rows that it gives at most. */
  readonly limit: number;
  state: QueryState;
  looks: number;
}

export interface QueryInput {
  readonly id: string;
  readonly text: string;
  readonly logGroup: string;
  /** Unix seconds, both inclusive. */
  readonly startTime: number;
  readonly endTime: number;
  readonly limit: number;
}

/** Takes the events of the range and runs the text over them. @throws MalformedQuery */
export function startQuery(
  input: QueryInput,
  events: readonly LogEvent[],
  windowNames: WindowNames,
): ServedQuery {
  const inRange = events.filter(
    ({ timestamp }) =>
      timestamp >= input.startTime * 1000 && timestamp < (input.endTime + 1) * 1000,
  );
  return {
    id: input.id,
    text: input.text,
    logGroup: input.logGroup,
    limit: input.limit,
    events: inRange,
    answer: runQuery(input.text, inRange, (event) => discoverFields(event, windowNames)),
    state: "Scheduled",
    looks: 0,
  };
}

/** What is shown of a query on the way: the answer to the question over half of the events. */
export function partialAnswer(query: ServedQuery, windowNames: WindowNames): QueryAnswer {
  const half = query.events.slice(0, Math.ceil(query.events.length / 2));
  return runQuery(query.text, half, (event) => discoverFields(event, windowNames));
}

/** Rows as the service sends them: cells of text, absent ones left out. */
export function toCells(
  { rows, shown }: QueryAnswer,
  writeNumber: (value: number) => string,
): { field: string; value: string }[][] {
  const text = (value: Exclude<Value, undefined>): string =>
    typeof value === "number" ? writeNumber(value) : String(value);
  return rows.map((row, i) => [
    ...shown.flatMap((field) => {
      const value = row.get(field);
      return value === undefined ? [] : [{ field, value: text(value) }];
    }),
    ...(shown.includes("@message") ? [{ field: "@ptr", value: `ptr-${i}` }] : []),
  ]);
}
