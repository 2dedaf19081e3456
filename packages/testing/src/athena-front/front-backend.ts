/**
 * Runs the SQL that the front was sent.
 *
 * `params` are the literals of `ExecutionParameters`, as text. The signal aborts when the
 * query is stopped; what is thrown after that is not looked at.
 *
 * @throws BackendError for a query that fails as Athena's do; anything else is FAILED without
 * a category.
 */
export type FrontBackend = (
  sql: string,
  params: readonly string[],
  context: BackendContext,
) => Promise<BackendResult>;

export interface BackendContext {
  readonly database: string;
  readonly signal: AbortSignal;
}

export interface BackendResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values in the order of the columns; see `athenaText` for how they are written. */
  readonly rows: readonly (readonly BackendValue[])[];
  readonly scannedBytes: number;
  /** Rows that an INSERT, UPDATE or DELETE touched. */
  readonly updateCount?: number;
}

export type BackendValue = null | string | number | bigint | boolean;

/** A query that fails as Athena says it: see AthenaError in the API. */
export class BackendError extends Error {
  /** 1 Athena's own, 2 the user's, 3 other. */
  readonly category: number;
  readonly type: number;
  readonly retryable: boolean;

  constructor(
    message: string,
    options: { category?: number; type?: number; retryable?: boolean } = {},
  ) {
    super(message);
    this.category = options.category ?? 2;
    this.type = options.type ?? 1006;
    this.retryable = options.retryable ?? false;
  }
}

/** A backend that answers every query with the same rows. */
export function fixedBackend(
  result: Omit<BackendResult, "scannedBytes"> & { scannedBytes?: number },
): FrontBackend {
  return async () => ({ scannedBytes: 0, ...result });
}
