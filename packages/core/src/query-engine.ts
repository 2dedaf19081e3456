/**
 * Runs one statement and answers with rows: the port that every engine adapts.
 *
 * Adapters take the subset of the client that they call, and report the same
 * receipt, so that a report over the same rows is the same bytes anywhere.
 */
export interface QueryEngine {
  readonly name: EngineName;
  /** SQL dialect that {@link Statement.sql} must be written in. */
  readonly dialect: Dialect;
  /**
   * Runs the statement to its end.
   *
   * @throws TurnawayError `ENGINE` or `AWS` with the query id, `INTERRUPTED` when
   * the signal aborts; the running query is stopped first.
   */
  run(statement: Statement, signal?: AbortSignal): Promise<QueryResult>;
}

export type EngineName = "duckdb" | "athena" | "trino" | "cloudwatch";

export type Dialect = "duckdb" | "athena" | "trino" | "insights";

/** One statement with positional `?` parameters. */
export interface Statement {
  /** For receipts and errors: the catalogue name of the query. */
  readonly name: string;
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

/** A value as SQL has it. Integers past 2^53 are bigint; times are ISO 8601 text with `Z`. */
export type SqlValue = null | string | number | bigint | boolean;

export type Row = Readonly<Record<string, SqlValue>>;

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
  /** Why rows are missing, where an engine has a limit that could not be got round; absent: all are there. */
  readonly cut?: string;
  readonly stats: QueryStats;
}

/** What a query cost; summed into the report's receipt. */
export interface QueryStats {
  readonly queryId: string | null;
  readonly scannedBytes: number;
  /** Log records read, and those of them that the question was about, where the service counts them. */
  readonly scannedRecords?: number;
  readonly matchedRecords?: number;
  readonly durationMs: number;
  /** What the service is expected to bill, by the price list that the engine names. */
  readonly costUsd?: number;
  /** Time that the service let the query wait; part of `durationMs`. */
  readonly queuedMs?: number;
  /** Where a person can look at the query. */
  readonly consoleUrl?: string;
}
