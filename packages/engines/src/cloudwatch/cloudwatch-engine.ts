import { randomUUID } from "node:crypto";

import {
  type QueryEngine,
  type QueryResult,
  type QueryStats,
  type Statement,
  TurnawayError,
} from "@turnaway/core";
import type { InsightsStatement, QueryWindow } from "@turnaway/sql";

import { type Clock, SYSTEM_CLOCK } from "../aws/clock.ts";
import { readRegion } from "../aws/read-region.ts";
import { Slots } from "../aws/slots.ts";
import type { CloudwatchApi } from "./cloudwatch-api.ts";
import { mergeRows, sortRows } from "./merge-rows.ts";
import { scanCost } from "./price.ts";
import { isLimitTooHigh } from "./query-failures.ts";
import { answeredFields, type Cells, readRow } from "./read-values.ts";
import { type Finished, mayRunAgain, type QueryToRun, runQuery } from "./run-query.ts";
import { askInSlices, type Part } from "./slice-window.ts";

export interface CloudwatchEngineOptions {
  readonly api: CloudwatchApi;
  /** Log group that the flow log writes to. */
  readonly logGroup: string;
  /** Queries side by side; further ones wait here. Default is 4; the account's limit is 100. */
  readonly concurrency?: number;
  /** Milliseconds for one query. Default is 55 minutes; the service's own end is at 60. */
  readonly deadlineMs?: number;
  /** Most rows that a query is asked for. Default is the service's own: 100,000. */
  readonly rowLimit?: number;
  /** Names this run in the comments of its queries. Default is a random one. */
  readonly runId?: string;
  readonly clock?: Clock;
}

/**
 * CloudWatch Logs Insights as a {@link QueryEngine}. It takes statements that
 * `composeInsights` or `ownInsights` made, and no SQL.
 */
export function createCloudwatchEngine(options: CloudwatchEngineOptions): QueryEngine {
  const core: Core = {
    options,
    clock: options.clock ?? SYSTEM_CLOCK,
    slots: new Slots(options.concurrency ?? DEFAULT_CONCURRENCY),
    runId: options.runId ?? randomUUID(),
    rowLimit: options.rowLimit ?? MOST_ROWS,
    asked: { count: 0 },
  };
  return {
    name: "cloudwatch",
    dialect: "insights",
    run: async (statement, signal) => runStatement(core, insightsOf(statement), signal),
  };
}

interface Core {
  readonly options: CloudwatchEngineOptions;
  readonly clock: Clock;
  readonly slots: Slots;
  readonly runId: string;
  readonly asked: { count: number };
  /** Rows that a query is asked for; fewer once the service has refused so many. */
  rowLimit: number;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_DEADLINE_MS = 55 * 60_000;
const MOST_ROWS = 100_000;
/** Where answers used to end, and may still: one of exactly this size is taken for cut. */
const FORMER_MOST_ROWS = 10_000;
/**
 * Seconds around the window in which its log events lie. A record belongs to the window by its
 * start; the event may carry the end of the record instead, at most ten minutes later.
 */
const EVENT_MARGIN = 900;

async function runStatement(
  core: Core,
  statement: InsightsStatement,
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  const started = core.clock.now();
  const finished: Finished[] = [];
  const parts = await askInSlices<readonly Cells[]>(statement.window, {
    canSlice: statement.fields?.every(({ merge }) => merge !== undefined) ?? false,
    signal,
    ask: async (window, own) => {
      const answer = await ask(core, statement, window, own);
      finished.push(answer);
      const isFull = answer.rows.length >= core.rowLimit || answer.rows.length === FORMER_MOST_ROWS;
      const isWhole =
        window.start === statement.window.start && window.end === statement.window.end;
      const isCut = isFull && !(isWhole && isTopCertain(statement, answer.rows));
      return { answer: answer.rows, isCut };
    },
  });
  const fields = answeredFields(
    statement,
    parts.flatMap(({ answer }) => answer),
  );
  const rows = parts.flatMap(({ answer }) => answer.map((cells) => readRow(cells, fields)));
  const whole = parts.length === 1 ? rows : mergeRows(fields, rows);
  const cut = sayCut(parts, rows.length);
  return {
    columns: fields.map(({ column, type }) => ({
      name: column,
      type: type === "text" ? "varchar" : "bigint",
    })),
    rows: sortRows(whole, statement.order).slice(0, statement.limit ?? undefined),
    ...(cut === undefined ? {} : { cut }),
    stats: statsOf(finished, core.clock.now() - started),
  };
}

async function ask(
  core: Core,
  statement: InsightsStatement,
  window: QueryWindow,
  signal: AbortSignal,
): Promise<Finished> {
  const { options, clock, slots } = core;
  const margin = statement.fields === null ? 0 : EVENT_MARGIN;
  const query: Omit<QueryToRun, "tag" | "limit"> = {
    name: statement.name,
    region: await readRegion(options.api, { engine: "cloudwatch", of: "the log group" }),
    logGroup: options.logGroup,
    text: statement.textOver(window),
    startTime: Math.max(0, window.start - margin),
    // The service's end belongs to its range, the window's does not.
    endTime: window.end - 1 + margin,
  };
  const run = (limit: number): Promise<Finished> => {
    core.asked.count += 1;
    const tag = `turnaway ${core.runId}-${core.asked.count}`;
    const until = clock.now() + (options.deadlineMs ?? DEFAULT_DEADLINE_MS);
    const own = { ...query, tag, limit };
    return runQuery({ api: options.api, clock, signal }, until, own);
  };
  return slots.use(signal, async () => {
    const limit = core.rowLimit;
    try {
      return await run(limit);
    } catch (error) {
      const isTooMany = isLimitTooHigh((error as Error).cause) && limit > FORMER_MOST_ROWS;
      if (!isTooMany && !mayRunAgain(error)) throw error;
      if (isTooMany) core.rowLimit = FORMER_MOST_ROWS;
      return run(core.rowLimit);
    }
  });
}

// Of rows that the service orders by size the first are certain when the last is smaller:
// what a limit cut off is smaller still.
function isTopCertain(
  { limit, fields, order }: InsightsStatement,
  rows: readonly Cells[],
): boolean {
  const [first] = order;
  if (limit === null || fields === null || first?.descending !== true) return false;
  if (limit === 0 || limit >= rows.length) return limit === 0;
  const size = (cells: Cells): number => Number(readRow(cells, fields)[first.column]);
  return size(rows[limit - 1]!) > size(rows.at(-1)!);
}

function sayCut(parts: readonly Part<unknown>[], rows: number): string | undefined {
  const cut = parts.filter(({ isCut }) => isCut).length;
  if (cut === 0) return undefined;
  return `Insights gave as many rows as it gives at most (${rows} in all, ${cut} of ${parts.length} parts cut), and no smaller slices of time can be asked for`;
}

function statsOf(finished: readonly Finished[], durationMs: number): QueryStats {
  const sum = (of: (one: Finished) => number | undefined): number =>
    finished.reduce((all, one) => all + (of(one) ?? 0), 0);
  const ids = finished.flatMap(({ queryId }) => queryId ?? []);
  const scannedBytes = sum(({ statistics }) => statistics.bytesScanned);
  return {
    queryId: ids.length === 0 ? null : ids.join(", "),
    scannedBytes,
    scannedRecords: sum(({ statistics }) => statistics.recordsScanned),
    matchedRecords: sum(({ statistics }) => statistics.recordsMatched),
    durationMs,
    queuedMs: sum(({ queuedMs }) => queuedMs),
    costUsd: scanCost(scannedBytes),
  };
}

function insightsOf(statement: Statement): InsightsStatement {
  if ("textOver" in statement) return statement as InsightsStatement;
  throw new TurnawayError("USAGE", {
    what: "this is no Insights query",
    where: `cloudwatch, ${statement.name}`,
    why: "CloudWatch Logs Insights runs its own query language, not SQL",
    fix: "see `turnaway sql list --dialect insights`, or choose another engine",
  });
}
