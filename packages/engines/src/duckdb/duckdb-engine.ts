import { type DuckDBConnection, DuckDBTimestampValue, type DuckDBValue } from "@duckdb/node-api";
import {
  type QueryEngine,
  type QueryResult,
  type Row,
  type SqlValue,
  type Statement,
  TurnawayError,
} from "@turnaway/core";

/** DuckDB as a {@link QueryEngine}: embedded, so it scans nothing that costs money. */
export function createDuckdbEngine(connection: DuckDBConnection): QueryEngine {
  return {
    name: "duckdb",
    dialect: "duckdb",
    run: (statement, signal) => runStatement(connection, statement, signal),
  };
}

/**
 * Runs one statement; an abort interrupts it.
 *
 * @throws TurnawayError INTERRUPTED, or ENGINE with what DuckDB said.
 */
export async function runStatement(
  connection: DuckDBConnection,
  statement: Statement,
  signal?: AbortSignal,
): Promise<QueryResult> {
  signal?.throwIfAborted();
  const started = performance.now();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const result = await connection.runAndReadAll(
      statement.sql,
      statement.params === undefined ? undefined : [...statement.params],
    );
    const names = result.deduplicatedColumnNames();
    const types = result.columnTypes();
    return {
      columns: names.map((name, i) => ({ name, type: types[i]!.toString() })),
      rows: result.getRows().map((values) => toRow(names, values)),
      stats: { queryId: null, scannedBytes: 0, durationMs: performance.now() - started },
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw engineError(statement.name, error);
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

function toRow(names: readonly string[], values: readonly DuckDBValue[]): Row {
  return Object.fromEntries(names.map((name, i) => [name, toSqlValue(values[i]!)]));
}

// Whole numbers become number where that is exact and bigint where it is not, so
// that equal rows are equal whatever width the engine chose for a sum.
function toSqlValue(value: DuckDBValue): SqlValue {
  if (typeof value === "bigint") return fit(value);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof DuckDBTimestampValue) {
    return new Date(Number(value.micros / 1000n)).toISOString().replace(".000Z", "Z");
  }
  const text = value.toString();
  return "scale" in value && value.scale === 0 ? fit(BigInt(text)) : text;
}

function fit(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function engineError(name: string, error: unknown): TurnawayError {
  const message = error instanceof Error ? error.message : String(error);
  return new TurnawayError(
    "ENGINE",
    {
      what: "query failed",
      where: `duckdb, ${name}`,
      why: message.split("\n")[0]!.replace(/\.$/, ""),
      fix: /Out of Memory|No space left/.test(message)
        ? "free memory or disk space, or report on fewer days at once"
        : "run `turnaway doctor` on the same source; if that finds nothing, report this as a bug",
    },
    { cause: error },
  );
}
