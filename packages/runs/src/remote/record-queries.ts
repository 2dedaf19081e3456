import type { QueryEngine } from "@turnaway/core";
import type { Asked } from "@turnaway/report";

/** An engine that remembers what it was asked, for the receipt. */
export interface QueryLog {
  readonly engine: QueryEngine;
  /** In the order in which they ended. */
  readonly asked: readonly Asked[];
}

export function recordQueries(engine: QueryEngine): QueryLog {
  const asked: Asked[] = [];
  return {
    asked,
    engine: {
      ...engine,
      async run(statement, signal) {
        const result = await engine.run(statement, signal);
        asked.push({ name: statement.name, stats: result.stats });
        return result;
      },
    },
  };
}
