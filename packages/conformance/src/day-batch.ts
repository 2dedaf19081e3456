import type { QueryResult, Row } from "@turnaway/core";
import { getSqlFile } from "@turnaway/sql";

import { type CaseTables, keepStages } from "./case-tables.ts";

/**
 * Questions of many cases, asked as one.
 *
 * Direction and the rollup take seconds to plan and milliseconds to run, and join on the day
 * throughout. So the tuples of all cases go into one table, each case on days of its own, and
 * the answer is taken apart by day. That a case can't tell is checked by the way.
 */
export interface DayBatch {
  /** Answers of `sql`, which reads `flow_tuples`, over the tuples of one table. */
  ask(sql: string, tuples: string): Promise<QueryResult>;
  /** A table of the same answers. */
  keep(relation: string, sql: string, tuples: string): Promise<string>;
  /** Tells that a case is at work, or done: when all that are wait, the batch is asked. */
  begin(): void;
  end(): void;
}

interface Waiting {
  readonly relation: string | null;
  readonly sql: string;
  readonly tuples: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Answer {
  readonly table: string;
  readonly result: QueryResult | null;
}

export function openDayBatch(tables: CaseTables): DayBatch {
  let active = 0;
  let waiting: Waiting[] = [];
  const flushWhenAllWait = (): void => {
    if (waiting.length === 0 || waiting.length < active) return;
    const batch = waiting;
    waiting = [];
    for (const group of Map.groupBy(batch, ({ sql, relation }) => `${relation} ${sql}`).values()) {
      void askGroup(tables, group).catch((error: unknown) => {
        for (const one of group) one.reject(error);
      });
    }
  };
  const wait = (one: Pick<Waiting, "relation" | "sql" | "tuples">): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...one, resolve, reject });
      flushWhenAllWait();
    });
  return {
    ask: async (sql, tuples) => (await wait({ relation: null, sql, tuples })).result!,
    keep: async (relation, sql, tuples) => (await wait({ relation, sql, tuples })).table,
    begin: () => void active++,
    end() {
      active--;
      flushWhenAllWait();
    },
  };
}

async function askGroup(tables: CaseTables, group: readonly Waiting[]): Promise<void> {
  const { sql, relation } = group[0]!;
  const sources = [...new Set(group.map(({ tuples }) => tuples))];
  const selects = sources.map(
    (source, i) => `SELECT '${mark(i)}' || day AS day, ${columnsOf("flow_tuples")} FROM ${source}`,
  );
  const all = await tables.make(
    "all_tuples",
    chunk(selects, AT_ONCE).map((some, part) => {
      const begun = part === 0 ? "CREATE TABLE {{self}} AS" : "INSERT INTO {{self}}";
      return `${begun} ${some.join("\nUNION ALL ")}`;
    }),
  );
  const rest = await keepStages(tables, sql, new Map([["flow_tuples", all]]));
  if (relation === null) {
    const result = await tables.engine.run({ name: "batch", sql: rest });
    for (const one of group) {
      one.resolve({ table: "", result: ofDays(result, mark(sources.indexOf(one.tuples))) });
    }
    return;
  }
  const whole = await tables.make(`all_${relation}`, [`CREATE TABLE {{self}} AS ${rest}`]);
  for (const one of group) {
    const prefix = mark(sources.indexOf(one.tuples));
    const table = await tables.make(relation, [
      `CREATE TABLE {{self}} AS SELECT substr(day, ${prefix.length + 1}) AS day, ${columnsOf(relation)}
       FROM ${whole} WHERE starts_with(day, '${prefix}')`,
    ]);
    one.resolve({ table, result: null });
  }
}

/** Each is a stage of the engine, which has a limit of them. */
const AT_ONCE = 20;

function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

// Of equal length, so that none begins another.
function mark(index: number): string {
  return `${String(index).padStart(4, "0")}:`;
}

function columnsOf(rollup: string): string {
  return Object.keys(getSqlFile("rollups", rollup).columns!)
    .filter((name) => name !== "day")
    .map((name) => `"${name}"`)
    .join(", ");
}

function ofDays(result: QueryResult, prefix: string): QueryResult {
  const rows = result.rows
    .filter((row) => String(row["day"]).startsWith(prefix))
    .map((row): Row => ({ ...row, day: String(row["day"]).slice(prefix.length) }));
  return { ...result, rows };
}
