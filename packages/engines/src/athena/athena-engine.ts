import { randomUUID } from "node:crypto";

import {
  type QueryEngine,
  type QueryResult,
  type QueryStats,
  type Row,
  type Statement,
} from "@turnaway/core";

import { type Clock, SYSTEM_CLOCK } from "../aws/clock.ts";
import { readRegion } from "../aws/read-region.ts";
import { interruption } from "../aws/retrying.ts";
import { Slots } from "../aws/slots.ts";
import type { AthenaApi } from "./athena-api.ts";
import type { AthenaSession } from "./athena-session.ts";
import { consoleUrl } from "./console-link.ts";
import { executeQuery, type Finished } from "./execute-query.ts";
import type { ExecutionSettings } from "./execution-settings.ts";
import { checkIdentifier } from "./identifiers.ts";
import { preflight, type Workgroup } from "./preflight.ts";
import { queryCost } from "./price.ts";
import { readPages } from "./read-results.ts";
import { requestFailure } from "./request-failures.ts";
import { RequestTokens } from "./request-token.ts";

export interface AthenaEngineOptions {
  readonly api: AthenaApi;
  readonly workgroup: string;
  readonly database: string;
  /** Data catalog of the database. Default is `AwsDataCatalog`. */
  readonly catalog?: string;
  /** Where results go when the workgroup leaves it open. Default: it must not. */
  readonly outputLocation?: string | null;
  /**
   * Bytes after which a running query is stopped from here. Default is none.
   *
   * The workgroup's own cutoff holds besides, and holds harder: Athena tells what a query has
   * read only now and then.
   */
  readonly scanLimitBytes?: number | null;
  /** Queries side by side; further ones wait here. Default is 4. */
  readonly concurrency?: number;
  /** Milliseconds for one statement, queue included. Default is 25 minutes; Athena's is 30. */
  readonly deadlineMs?: number;
  /** Names this run in request tokens. Default is a random one. */
  readonly runId?: string;
  /** Accounts that the credentials may belong to. Default is any. */
  readonly allowedAccounts?: readonly string[] | null;
  /** The account of the credentials. Default is what the SDK knows of them. */
  readonly readAccount?: () => Promise<string | null>;
  /** For messages about GitHub's identity. Default is none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** A result whose rows are read while they are wanted. */
export interface ResultStream {
  readonly columns: QueryResult["columns"];
  /** Up to 1000 rows each; one page is read ahead. Can be gone through once. */
  readonly pages: AsyncIterable<readonly Row[]>;
  readonly stats: QueryStats;
}

export interface AthenaEngine extends QueryEngine {
  /** As `run`, without holding all rows. */
  stream(statement: Statement, signal?: AbortSignal): Promise<ResultStream>;
  /** Looks at account, workgroup and database; done by itself before the first query. */
  preflight(signal?: AbortSignal): Promise<Workgroup>;
}

/**
 * Amazon Athena as a {@link QueryEngine}.
 *
 * @throws TurnawayError CONFIG for names that can be none.
 */
export function createAthenaEngine(options: AthenaEngineOptions): AthenaEngine {
  const core = coreOf(options);
  const stream = (statement: Statement, signal?: AbortSignal): Promise<ResultStream> =>
    streamStatement(core, statement, signal);
  return {
    name: "athena",
    dialect: "athena",
    stream,
    preflight: async (signal) => (await readSettings(core, signal)).workgroup,
    async run(statement, signal) {
      const started = core.clock.now();
      const { columns, pages, stats } = await stream(statement, signal);
      const rows: Row[] = [];
      for await (const page of pages) for (const row of page) rows.push(row);
      return { columns, rows, stats: { ...stats, durationMs: core.clock.now() - started } };
    },
  };
}

const DEFAULT_DEADLINE_MS = 25 * 60_000;
const DEFAULT_CONCURRENCY = 4;

interface Core {
  readonly options: AthenaEngineOptions;
  readonly clock: Clock;
  readonly slots: Slots;
  readonly tokens: RequestTokens;
  /** Of the first preflight that succeeded, or that is under way. */
  settings: Promise<ExecutionSettings> | undefined;
}

function coreOf(options: AthenaEngineOptions): Core {
  checkIdentifier("workgroup", options.workgroup);
  checkIdentifier("database", options.database);
  checkIdentifier("catalog", options.catalog ?? "AwsDataCatalog");
  return {
    options,
    clock: options.clock ?? SYSTEM_CLOCK,
    slots: new Slots(options.concurrency ?? DEFAULT_CONCURRENCY),
    tokens: new RequestTokens(options.runId ?? randomUUID()),
    settings: undefined,
  };
}

async function streamStatement(
  core: Core,
  statement: Statement,
  signal: AbortSignal | undefined,
): Promise<ResultStream> {
  if (signal?.aborted) throw interruption(signal);
  const started = core.clock.now();
  const settings = await readSettings(core, signal);
  const session: AthenaSession = { api: core.options.api, clock: core.clock, signal };
  const finished = await core.slots.use(signal, () =>
    executeQuery(session, statement, settings, core.tokens),
  );
  const read = pagesOf(session, finished, settings);
  const first = await read.next();
  return {
    columns: first.done ? [] : first.value.columns,
    pages: rowsOf(first, read),
    stats: statsOf(finished, settings.region, core.clock.now() - started),
  };
}

async function* pagesOf(
  session: AthenaSession,
  finished: Finished,
  settings: ExecutionSettings,
): ReturnType<typeof readPages> {
  try {
    yield* readPages(session, finished.queryId, finished.execution);
  } catch (error) {
    throw requestFailure(error, {
      ...finished,
      operation: "GetQueryResults",
      workgroup: settings.workgroup.name,
      region: settings.region,
      outputLocation: finished.execution.ResultConfiguration?.OutputLocation ?? null,
      env: settings.env,
    });
  }
}

type Pages = ReturnType<typeof readPages>;

async function* rowsOf(
  first: Awaited<ReturnType<Pages["next"]>>,
  rest: Pages,
): AsyncGenerator<readonly Row[]> {
  if (first.done) return;
  yield first.value.rows;
  for await (const { rows } of rest) yield rows;
}

// A preflight that failed is made again by the next query: what stood in its way may be gone.
function readSettings(core: Core, signal: AbortSignal | undefined): Promise<ExecutionSettings> {
  if (core.settings !== undefined) return core.settings;
  const settings = lookAhead(core, signal);
  settings.catch(() => {
    if (core.settings === settings) core.settings = undefined;
  });
  core.settings = settings;
  return settings;
}

async function lookAhead(
  { options, clock }: Core,
  signal: AbortSignal | undefined,
): Promise<ExecutionSettings> {
  const { api, workgroup, database, env = {} } = options;
  const region = await readRegion(api, { engine: "athena", of: "the workgroup" });
  const common = {
    database,
    region,
    env,
    catalog: options.catalog ?? "AwsDataCatalog",
    outputLocation: options.outputLocation ?? null,
  };
  const found = await preflight(
    { api, clock, signal },
    {
      ...common,
      workgroup,
      allowedAccounts: options.allowedAccounts ?? null,
      readAccount: options.readAccount ?? (() => accountOfCredentials(api)),
    },
  );
  return {
    ...common,
    workgroup: found,
    scanLimitBytes: options.scanLimitBytes ?? null,
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
  };
}

async function accountOfCredentials({ config }: AthenaApi): Promise<string | null> {
  return (await config.credentials()).accountId ?? null;
}

function statsOf({ queryId, execution }: Finished, region: string, durationMs: number): QueryStats {
  const { DataScannedInBytes: scannedBytes = 0, QueryQueueTimeInMillis: queuedMs = 0 } =
    execution.Statistics ?? {};
  // CREATE TABLE AS is DDL to Athena, and reads all the same.
  const isDml = execution.StatementType === "DML";
  return {
    queryId,
    scannedBytes,
    durationMs,
    queuedMs,
    costUsd: queryCost({ scannedBytes, billed: scannedBytes > 0 || isDml }),
    consoleUrl: consoleUrl(region, queryId),
  };
}
