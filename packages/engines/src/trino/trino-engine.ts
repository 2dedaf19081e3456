import type { QueryEngine, QueryResult, Row, Statement } from "@turnaway/core";
import { trinoStatement } from "@turnaway/sql";

import { distinctNames } from "../distinct-names.ts";
import { type Connection, openConnection, type StatementAnswer } from "./connection.ts";
import { rowDecoder } from "./decode-value.ts";
import { queryError, requestError } from "./query-failures.ts";
import { RequestFailure } from "./request-failure.ts";
import { withRetries } from "./retry.ts";
import type { TrinoOptions } from "./trino-options.ts";

/**
 * A Trino server as a {@link QueryEngine}: the same SQL as on Athena, on a cluster of one's own.
 *
 * Parameters go as literals of `EXECUTE IMMEDIATE … USING`, results come page by page, and the
 * session is UTC. `scannedBytes` is what the connectors read from storage.
 *
 * @throws TurnawayError CONFIG for options that can't be. A query throws `ENGINE` with its id
 * and Trino's name of the error, or what its signal was aborted with, after it was cancelled.
 */
export function createTrinoEngine(options: TrinoOptions): QueryEngine {
  const connection = openConnection(options);
  return {
    name: "trino",
    dialect: "trino",
    run: (statement, signal) => new Query(connection, options, statement).run(signal),
  };
}

const DEFAULT_PATIENCE_MS = 60_000;

/** One statement on its way: what is known of it, and where its next answer is. */
class Query {
  private readonly connection: Connection;
  private readonly options: TrinoOptions;
  private readonly statement: Statement;
  private readonly started = performance.now();
  private last: StatementAnswer | undefined;
  private columns: NonNullable<StatementAnswer["columns"]> = [];
  private decode: ((values: readonly unknown[]) => Row) | undefined;
  private readonly rows: Row[] = [];

  constructor(connection: Connection, options: TrinoOptions, statement: Statement) {
    this.connection = connection;
    this.options = options;
    this.statement = statement;
  }

  async run(signal: AbortSignal | undefined): Promise<QueryResult> {
    signal?.throwIfAborted();
    try {
      const sql = trinoStatement(this.statement);
      await this.take(() => this.connection.submit(sql, signal), signal);
      for (let uri = this.last?.nextUri; uri !== undefined; uri = this.last?.nextUri) {
        const page = uri;
        await this.take(() => this.connection.next(page, signal), signal);
      }
      return this.result();
    } catch (error) {
      await this.cancel();
      throw this.explain(error);
    }
  }

  private async take(
    request: () => Promise<StatementAnswer>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const patienceMs = this.options.patienceMs ?? DEFAULT_PATIENCE_MS;
    const answer = await withRetries(request, { patienceMs, signal });
    if (typeof answer?.id !== "string") throw notTrino();
    this.last = answer;
    if (answer.error !== undefined) throw queryError(this.place(), answer.error);
    if (answer.columns !== undefined && this.decode === undefined) {
      this.columns = answer.columns;
      this.decode = rowDecoder(answer.columns);
    }
    for (const values of answer.data ?? []) this.rows.push(this.decode!(values));
  }

  private result(): QueryResult {
    const { id = null, infoUri, stats } = this.last ?? {};
    const names = distinctNames(this.columns.map(({ name }) => name));
    return {
      columns: this.columns.map(({ type }, i) => ({ name: names[i]!, type })),
      rows: this.rows,
      stats: {
        queryId: id,
        scannedBytes: stats?.physicalInputBytes ?? stats?.processedBytes ?? 0,
        durationMs: performance.now() - this.started,
        ...(stats?.queuedTimeMillis === undefined ? {} : { queuedMs: stats.queuedTimeMillis }),
        ...(infoUri === undefined ? {} : { consoleUrl: infoUri }),
      },
    };
  }

  // Whatever went wrong here, nothing of it may go on there. A query that ended by itself has
  // no next answer; one whose server is gone can't be reached for this either.
  private async cancel(): Promise<void> {
    const uri = this.last?.nextUri;
    if (uri !== undefined) await this.connection.cancel(uri).catch(() => undefined);
  }

  private explain(error: unknown): unknown {
    return error instanceof RequestFailure
      ? requestError(this.place(), this.options.url, error)
      : error;
  }

  private place(): { name: string; id: string | null } {
    return { name: this.statement.name, id: this.last?.id ?? null };
  }
}

function notTrino(): RequestFailure {
  return new RequestFailure("the answer is not that of a Trino coordinator", {
    status: 200,
    code: undefined,
    retryAfterMs: undefined,
  });
}
