import type { Value } from "./insights/functions.ts";
import type { Fields } from "./insights/compile-expression.ts";
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
  /** What is shown of it on the way: the answer over half of the events. */
  readonly partial: () => QueryAnswer;
  readonly bytes: number;
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
  discover: (event: LogEvent) => Fields,
): ServedQuery {
  const inRange = events.filter(
    ({ timestamp }) =>
      timestamp >= input.startTime * 1000 && timestamp < (input.endTime + 1) * 1000,
  );
  const half = inRange.slice(0, Math.ceil(inRange.length / 2));
  let partial: QueryAnswer | undefined;
  return {
    id: input.id,
    text: input.text,
    logGroup: input.logGroup,
    limit: input.limit,
    events: inRange,
    answer: runQuery(input.text, inRange, discover),
    partial: () => (partial ??= runQuery(input.text, half, discover)),
    bytes: inRange.reduce((sum, { message }) => sum + message.length, 0),
    state: "Scheduled",
    looks: 0,
  };
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
