import type { BackendResult, BackendValue, FrontBackend } from "./front-backend.ts";
import { BackendError } from "./front-backend.ts";
import { statementType } from "./statement-type.ts";
import { translateStatement } from "./translate/translate-statement.ts";

/** What the backend asks of an engine: `QueryEngine.run` of a Trino fits. */
export type RunOnTrino = (
  statement: { readonly name: string; readonly sql: string },
  signal: AbortSignal,
) => Promise<{
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Readonly<Record<string, BackendValue>>[];
  readonly stats: { readonly scannedBytes: number };
}>;

export interface TrinoBackendOptions {
  readonly run: RunOnTrino;
  /** Catalog over Glue and files. Default is `awsdatacatalog`, as Athena calls it. */
  readonly hive?: string;
  readonly iceberg?: string;
}

/**
 * Athena's SQL on a real Trino: translated, run, and failing with Athena's categories.
 *
 * `ExecutionParameters` are literals, so they go to `EXECUTE IMMEDIATE … USING` as they are.
 */
export function trinoBackend({
  run,
  hive = "awsdatacatalog",
  iceberg = "iceberg",
}: TrinoBackendOptions): FrontBackend {
  return async (sql, params, { database, signal }) => {
    const statements = translateStatement(sql, { database, hive, iceberg });
    let result: BackendResult = { columns: [], rows: [], scannedBytes: 0 };
    let scannedBytes = 0;
    for (const statement of statements) {
      const answer = await run(
        { name: "athena", sql: withParameters(statement, params) },
        signal,
      ).catch((error: unknown) => {
        throw backendError(error);
      });
      scannedBytes += answer.stats.scannedBytes;
      result = { ...toResult(answer), scannedBytes };
    }
    // Trino says how many rows it wrote in a row; Athena apart, and has no rows then.
    const { subtype } = statementType(sql);
    if (WRITES.has(subtype)) return { ...result, columns: [], rows: [] };
    return subtype === "EXPLAIN" ? splitLines(result) : result;
  };
}

const WRITES = new Set(["INSERT", "DELETE", "UPDATE", "MERGE", "UNLOAD", "CREATE_TABLE_AS_SELECT"]);

function withParameters(sql: string, params: readonly string[]): string {
  if (params.length === 0) return sql;
  return `EXECUTE IMMEDIATE '${sql.replaceAll("'", "''")}' USING ${params.join(", ")}`;
}

function toResult({
  columns,
  rows,
}: Awaited<ReturnType<RunOnTrino>>): Omit<BackendResult, "scannedBytes"> {
  return { columns, rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)) };
}

// A plan is one text on Trino, and one row for each line on Athena.
function splitLines(result: BackendResult): BackendResult {
  const rows = result.rows.flatMap(([text]) =>
    String(text)
      .split("\n")
      .map((line) => [line]),
  );
  return { ...result, rows };
}

// Errors of our engines have the server's own words in their `why`.
function backendError(error: unknown): BackendError {
  const { detail } = error as { detail?: { readonly why?: string } };
  const message = detail?.why ?? (error instanceof Error ? error.message : String(error));
  const isInternal = /INTERNAL_ERROR|INSUFFICIENT_RESOURCES|NO_NODES_AVAILABLE|EXCEEDED_/.test(
    message,
  );
  return new BackendError(message, isInternal ? { category: 1, type: 1, retryable: true } : {});
}
