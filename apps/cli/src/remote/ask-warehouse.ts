import type { Problem, QueryResult, Statement, TimeWindow } from "@turnaway/core";
import { readPublished } from "@turnaway/engines/warehouse";
import { requestedWindow } from "@turnaway/report";
import {
  askedWindow,
  dayRange,
  eachDay,
  lastDayOver,
  type Settings,
  usage,
  type WarehouseEngine,
} from "@turnaway/runs";
import { type OpenWarehouse, rawLogs, withWarehouse } from "@turnaway/runs/remote";
import { composeQuery, partitionPredicate, requirePruned } from "@turnaway/sql";

import type { Context } from "../context.ts";
import type { Question } from "../question.ts";
import { readsRollup } from "../reads-rollup.ts";

/** An answer, and why it may not be all there is. */
export interface Answer {
  readonly result: QueryResult;
  readonly problems: readonly Problem[];
}

/**
 * A query of the catalogue, or one's own SQL, on Athena or Trino. Raw logs are read by the
 * folders of the window alone; of the rollup the days that are not built are told.
 *
 * @throws TurnawayError USAGE for SQL that would read folders that it does not need.
 */
export async function askWarehouse(
  name: WarehouseEngine,
  question: Question,
  settings: Settings,
  context: Context,
): Promise<Answer> {
  const { statement, window } = compose(question, settings, context);
  return withWarehouse(name, settings, context, async ({ warehouse }) => ({
    result: await warehouse.engine.run(statement, context.signal),
    problems:
      window === null || !readsRollup(statement.sql)
        ? []
        : await missingDays(warehouse, window, context),
  }));
}

/** The window that is asked about; the last day that is over where none is named, and it is said. */
export function windowOf(
  { options }: Pick<Question, "options">,
  settings: Settings,
  context: Context,
): TimeWindow {
  const asked = requestedWindow(askedWindow(options, settings));
  if (asked !== null) return asked.window;
  const { window, day } = lastDayOver(settings);
  context.say(`asked about ${day}, the last day that is over; --date or --since name another`);
  return window;
}

/** The folders that hold the records of a window: of those of its end some are delivered later. */
export function partitionsOf({ start, end }: TimeWindow, settings: Settings): string {
  const logs = rawLogs(settings);
  return partitionPredicate(logs, { start, end: end + logs.settleHours * 3600 });
}

function compose(
  { own, name, params, limit, options }: Question,
  settings: Settings,
  context: Context,
): { statement: Statement; window: TimeWindow | null } {
  if (own !== null) {
    const given = ["date", "since", "until"].find((flag) => options[flag] !== undefined);
    if (given !== undefined) {
      throw usage(
        `--${given}`,
        "your own SQL says itself what it is about",
        "compare `day` of the rollup, or the partition columns of flow_records, with literals",
      );
    }
    requirePruned("query --sql", own, rawLogs(settings).layout);
    return { statement: { name: "own", sql: own }, window: null };
  }
  const window = windowOf({ options }, settings, context);
  const partitions = partitionsOf(window, settings);
  return {
    window,
    statement: composeQuery(name, { settings: settings.sql, params, window, limit, partitions }),
  };
}

async function missingDays(
  warehouse: OpenWarehouse["warehouse"],
  window: TimeWindow,
  { signal }: Context,
): Promise<Problem[]> {
  const range = dayRange(window);
  const published = new Set((await readPublished(warehouse, range, signal)).map(({ day }) => day));
  return eachDay(range)
    .filter((day) => !published.has(day))
    .map((day) => ({
      code: "ROLLUP_NOT_BUILT",
      where: day,
      detail: `the rollup does not have the day: turnaway rollup build --engine ${warehouse.engine.name} --days ${day}`,
      partial: true,
    }));
}
