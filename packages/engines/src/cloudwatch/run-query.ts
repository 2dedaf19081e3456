import type { GetQueryResultsResponse, QueryStatistics } from "@aws-sdk/client-cloudwatch-logs";
import { TurnawayError } from "@turnaway/core";

import { pause, retrying } from "../aws/retrying.ts";
import {
  type AskedOf,
  failureAt,
  isBeforeLogs,
  isLogGroupMissing,
  logGroupMissing,
  requestFailure,
} from "./query-failures.ts";
import type { Cells } from "./read-values.ts";
import { type CloudwatchSession, type QueryToStart, startQuery } from "./start-query.ts";
import { stopQuery } from "./stop-query.ts";

export interface QueryToRun extends QueryToStart {
  /** Of the statement, as the catalogue calls it. */
  readonly name: string;
  readonly region: string;
}

/** A query that ran to its end. */
export interface Finished {
  /** Null when there was nothing to ask: the window lies outside of what the group keeps. */
  readonly queryId: string | null;
  readonly rows: readonly Cells[];
  readonly statistics: QueryStatistics;
  /** Until it was first seen to run, milliseconds. */
  readonly queuedMs: number;
}

/**
 * Starts a query, waits for its end and reads all pages of its answer.
 *
 * What it shows while it runs is never taken for the answer. However this ends, the query
 * runs no more: it has ended, or was stopped.
 */
export async function runQuery(
  session: CloudwatchSession,
  until: number,
  query: QueryToRun,
): Promise<Finished> {
  const started = await start(session, until, query);
  if (started === null) return NOTHING_THERE;
  const asked = { ...askedOf(query, started), operation: "GetQueryResults" };
  let isOver = false;
  try {
    const { first, queuedMs } = await waitForEnd(session, until, asked, () => (isOver = true));
    const rows = await readPages(session, until, asked, first);
    return { queryId: started, rows, statistics: first.statistics ?? {}, queuedMs };
  } catch (error) {
    const failure = requestFailure(error, asked);
    if (isOver) throw failure;
    const doubt = await stopQuery(session, started);
    if (doubt === null || session.signal?.aborted) throw failure;
    const { what, why, fix } = failure.detail;
    const alas = `${why}; and stopping the query failed (${doubt})`;
    throw failureAt(asked, failure.code, { what, why: alas, ...(fix && { fix }) }, error);
  }
}

const NOTHING_THERE: Finished = { queryId: null, rows: [], statistics: {}, queuedMs: 0 };

async function start(
  session: CloudwatchSession,
  until: number,
  query: QueryToRun,
): Promise<string | null> {
  try {
    return await startQuery(session, until, query);
  } catch (error) {
    if (isBeforeLogs(error)) return null;
    const asked = askedOf(query, null);
    if (!isLogGroupMissing(error)) throw requestFailure(error, asked);
    throw logGroupMissing(asked, await listLogGroups(session));
  }
}

const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 5000;
/** Looks that may find `Unknown` before the query is given up. */
const PATIENCE_WITH_UNKNOWN = 5;

async function waitForEnd(
  session: CloudwatchSession,
  until: number,
  asked: AskedOf,
  onEnd: () => void,
): Promise<{ first: GetQueryResultsResponse; queuedMs: number }> {
  const { clock } = session;
  const started = clock.now();
  let queuedMs = 0;
  let unknown = 0;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, LONGEST_LOOK_MS)) {
    await pause(session, wait * (0.75 + clock.random() / 2));
    const answer = await look(session, until, asked);
    if (answer.status === "Complete") {
      onEnd();
      return { first: answer, queuedMs };
    }
    if (answer.status === "Scheduled") queuedMs = clock.now() - started;
    unknown = answer.status === "Unknown" ? unknown + 1 : 0;
    const end = ENDS[answer.status ?? ""];
    if (end !== undefined) {
      onEnd();
      throw failureAt(asked, "AWS", end);
    }
    if (unknown >= PATIENCE_WITH_UNKNOWN) throw failureAt(asked, "AWS", STATE_UNKNOWN);
    if (clock.now() >= until) throw failureAt(asked, "AWS", DEADLINE);
  }
}

const ENDS: Readonly<Record<string, { what: string; why: string; fix: string }>> = {
  Failed: {
    what: "query failed",
    why: "Insights says Failed and gives no reason",
    fix: "run again; if it fails again, ask for a shorter window",
  },
  Cancelled: {
    what: "query was stopped",
    why: "somebody stopped it, or the account's query limit did",
    fix: "run again",
  },
  Timeout: {
    what: "query ran too long",
    why: "Insights ends a query after 60 minutes",
    fix: "ask for a shorter window",
  },
};

const STATE_UNKNOWN = {
  what: "the state of the query can not be known",
  why: "Insights says Unknown again and again",
  fix: "run again",
};

const DEADLINE = {
  what: "query was stopped at its deadline",
  why: "it had no answer before the 60 minutes that Insights allows",
  fix: "ask for a shorter window",
};

/** Whether a query may be run once more: the service's fault, and not a matter of size. */
export function mayRunAgain(error: unknown): boolean {
  return error instanceof TurnawayError && error.detail.what === ENDS["Failed"]!.what;
}

async function readPages(
  session: CloudwatchSession,
  until: number,
  asked: AskedOf,
  first: GetQueryResultsResponse,
): Promise<readonly Cells[]> {
  const rows: Cells[] = [...(first.results ?? [])];
  for (let next = first.nextToken; next !== undefined;) {
    const page = await look(session, until, asked, next);
    for (const row of page.results ?? []) rows.push(row);
    next = page.nextToken;
  }
  const said = first.statistics?.resultCount;
  if (said === undefined || rows.length >= said) return rows;
  throw failureAt(asked, "AWS", {
    what: "the result is short",
    why: `Insights counts ${said} rows and gave ${rows.length}`,
    fix: "run again",
  });
}

function look(
  session: CloudwatchSession,
  until: number,
  { queryId }: AskedOf,
  nextToken?: string,
): Promise<GetQueryResultsResponse> {
  const input = { queryId: queryId!, ...(nextToken === undefined ? {} : { nextToken }) };
  return retrying(session, until, (options) => session.api.getQueryResults(input, options));
}

async function listLogGroups({ api }: CloudwatchSession): Promise<string[] | null> {
  const names: string[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await api.describeLogGroups(nextToken === undefined ? {} : { nextToken });
      names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && names.length < MOST_GROUPS);
    return names;
  } catch {
    return null;
  }
}

const MOST_GROUPS = 500;

function askedOf(query: QueryToRun, queryId: string | null): AskedOf {
  const { name, logGroup, region } = query;
  const text = `# ${query.tag}\n${query.text}`;
  return { name, queryId, operation: "StartQuery", logGroup, region, text };
}
