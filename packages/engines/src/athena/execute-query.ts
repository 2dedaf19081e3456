import type { QueryExecution } from "@aws-sdk/client-athena";
import { type Statement, TurnawayError } from "@turnaway/core";

import { pause, retrying } from "../aws/retrying.ts";
import type { AthenaSession } from "./athena-session.ts";
import { consoleUrl } from "./console-link.ts";
import type { ExecutionSettings } from "./execution-settings.ts";
import { isWorthAnotherRun, queryFailure } from "./query-failures.ts";
import { failureAt, type QueryPlace } from "./query-place.ts";
import { requestFailure } from "./request-failures.ts";
import type { RequestTokens } from "./request-token.ts";
import { startInput, startQuery } from "./start-query.ts";
import { stopQuery } from "./stop-query.ts";

/** A query that succeeded. */
export interface Finished extends QueryPlace {
  readonly queryId: string;
  readonly execution: QueryExecution;
}

/**
 * Runs a statement to its successful end; whatever goes wrong, no query is left running.
 *
 * A failure that Athena itself calls retryable is run once more, as a new query.
 *
 * @throws TurnawayError with the query's id, what Athena said, and what to do.
 */
export async function executeQuery(
  session: AthenaSession,
  statement: Statement,
  settings: ExecutionSettings,
  tokens: RequestTokens,
): Promise<Finished> {
  const run: Run = {
    session,
    statement,
    settings,
    until: session.clock.now() + settings.deadlineMs,
  };
  const first = await runOnce(run, tokens.next(statement));
  if (first.execution.Status?.State === "SUCCEEDED") return first;
  if (!isWorthAnotherRun(first.execution)) throw failed(run, first);
  await pause(session, RERUN_WAIT_MS * (0.5 + session.clock.random()));
  const second = await runOnce(run, tokens.next(statement));
  if (second.execution.Status?.State === "SUCCEEDED") return second;
  throw failed(run, second);
}

interface Run {
  readonly session: AthenaSession;
  readonly statement: Statement;
  readonly settings: ExecutionSettings;
  /** The deadline on the session's clock; of both runs together. */
  readonly until: number;
}

const RERUN_WAIT_MS = 2000;
const FIRST_POLL_MS = 200;
const LONGEST_POLL_MS = 5000;

async function runOnce(run: Run, token: string): Promise<Finished> {
  const { session, statement, settings, until } = run;
  const input = startInput(statement, settings, token);
  let queryId: string;
  try {
    queryId = await startQuery(session, input, until);
  } catch (error) {
    throw asked(run, "StartQueryExecution", null, error);
  }
  const place = placeOf(run, queryId);
  try {
    return { ...place, queryId, execution: await waitForEnd(run, queryId) };
  } catch (error) {
    const problem = await stopQuery(session, queryId);
    const failure = asked(run, "GetQueryExecution", queryId, error);
    throw problem === null ? failure : mayStillRun(failure, place, problem);
  }
}

// RUNNING can go back to QUEUED, and states that AWS adds later are taken for not ended.
async function waitForEnd(run: Run, queryId: string): Promise<QueryExecution> {
  const { session, until, settings } = run;
  const { api, clock } = session;
  for (let looks = 0; ; looks++) {
    await pause(session, pollWait(looks) * (0.75 + clock.random() / 2));
    const answer = await retrying(session, until, (options) =>
      api.getQueryExecution({ QueryExecutionId: queryId }, options),
    );
    const execution = answer.QueryExecution;
    if (execution === undefined) throw new SyntaxError("no QueryExecution in the answer");
    const state = execution.Status?.State;
    if (state === "SUCCEEDED" || state === "FAILED" || state === "CANCELLED") return execution;
    const scanned = execution.Statistics?.DataScannedInBytes ?? 0;
    const { scanLimitBytes } = settings;
    if (scanLimitBytes !== null && scanned > scanLimitBytes) {
      throw overLimit(placeOf(run, queryId), scanned, scanLimitBytes);
    }
    if (clock.now() >= until) throw overdue(placeOf(run, queryId), state, settings.deadlineMs);
  }
}

function pollWait(looks: number): number {
  return Math.min(LONGEST_POLL_MS, FIRST_POLL_MS * 1.5 ** looks);
}

function placeOf({ statement, settings }: Run, queryId: string | null): QueryPlace {
  const url = queryId === null ? null : consoleUrl(settings.region, queryId);
  return { name: statement.name, queryId, url };
}

function asked(
  run: Run,
  operation: "StartQueryExecution" | "GetQueryExecution",
  queryId: string | null,
  error: unknown,
): TurnawayError {
  const { settings } = run;
  return requestFailure(error, {
    ...placeOf(run, queryId),
    operation,
    workgroup: settings.workgroup.name,
    region: settings.region,
    outputLocation: settings.workgroup.outputLocation ?? settings.outputLocation,
    env: settings.env,
  });
}

function failed({ statement, settings }: Run, ended: Finished): TurnawayError {
  return queryFailure({
    ...ended,
    sql: statement.sql,
    cutoffBytes: settings.workgroup.cutoffBytes,
  });
}

function overdue(place: QueryPlace, state: string | undefined, deadlineMs: number): TurnawayError {
  const minutes = `${Math.round(deadlineMs / 60_000)} minutes`;
  const queued = state === "QUEUED";
  return failureAt(place, "ENGINE", {
    what: "query was stopped at the deadline",
    why: queued
      ? `it was still waiting in Athena's queue after ${minutes}`
      : `it was still running after ${minutes}`,
    fix: queued
      ? "run again when fewer queries of this account are active"
      : "ask about fewer days at once",
  });
}

function overLimit(place: QueryPlace, scanned: number, limit: number): TurnawayError {
  return failureAt(place, "ENGINE", {
    what: "query was stopped at the scan limit",
    why: `it had read ${(scanned / 1e6).toFixed(1)} MB of at most ${(limit / 1e6).toFixed(1)} MB; what was read is billed`,
    fix: "ask about fewer days (--date, --since, --until) or raise athena.scanLimit",
  });
}

function mayStillRun(failure: TurnawayError, place: QueryPlace, problem: string): TurnawayError {
  const { detail } = failure;
  const where = detail.where ?? `athena, ${place.name}, query ${place.queryId}`;
  const why = `${detail.why}; and ${problem}, so it may still run`;
  const fix = `stop it at ${place.url}`;
  return new TurnawayError(failure.code, { ...detail, where, why, fix }, { cause: failure });
}
