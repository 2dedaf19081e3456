import { openAnswer } from "@turnaway/engines/duckdb";
import type { Settings, WarehouseEngine } from "@turnaway/runs";
import { withEngine } from "@turnaway/runs/remote";
import { composeTrace } from "@turnaway/sql";

import type { Trace } from "../commands/trace.ts";
import type { Context } from "../context.ts";
import { type Answer, partitionsOf, windowOf } from "./ask-warehouse.ts";

/** Name of the table in which the subject's tuples are kept. */
const STAGE = "subject_tuples_kept";

/**
 * Everything about a subject on Athena or Trino: its records are added up there, in one scan
 * of the window's folders. What became of them is worked out here, since that needs the rows
 * dozens of times, which those engines would answer by as many scans.
 */
export async function traceWarehouse(
  name: WarehouseEngine,
  trace: Trace,
  settings: Settings,
  context: Context,
): Promise<Answer> {
  const { subject, limit } = trace;
  const window = windowOf(trace, settings, context);
  const asked = { settings: settings.sql, window, limit };
  const partitions = partitionsOf(window, settings);
  const there = composeTrace(subject, { ...asked, partitions });
  const { rows } = await withEngine(name, settings, context, (engine) =>
    engine.run(there.tuples, context.signal),
  );
  if (rows.length === 0) context.say(`no record of ${subject.text} in the window`);
  const here = composeTrace(subject, { ...asked, stage: STAGE });
  const sql = composeTrace(subject, asked).tuples.sql;
  const kept = await openAnswer({ table: STAGE, sql, settings: settings.sql, rows });
  try {
    return { result: await kept.engine.run(here.conversations, context.signal), problems: [] };
  } finally {
    kept.close();
  }
}
