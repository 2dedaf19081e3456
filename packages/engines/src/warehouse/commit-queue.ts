import { setTimeout as sleep } from "node:timers/promises";

import { type QueryResult, TurnawayError } from "@turnaway/core";

/**
 * Runs statements that commit to shared tables one after the other, and again where another
 * writer was faster.
 *
 * Iceberg lets one writer at a time replace the list of a table's files; the others have to
 * try again. Days that are built side by side in one process wait for each other instead.
 */
export class CommitQueue {
  #last: Promise<unknown> = Promise.resolve();
  readonly #pauseMs: number;

  constructor({ pauseMs = 500 }: { pauseMs?: number } = {}) {
    this.#pauseMs = pauseMs;
  }

  run(commit: () => Promise<QueryResult>, signal?: AbortSignal): Promise<QueryResult> {
    const next = this.#last.then(() => this.#retry(commit, signal));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #retry(commit: () => Promise<QueryResult>, signal?: AbortSignal): Promise<QueryResult> {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      try {
        return await commit();
      } catch (error) {
        if (attempt === ATTEMPTS || !isConflict(error)) throw error;
        await sleep(
          this.#pauseMs * 2 ** attempt * (0.5 + Math.random()),
          undefined,
          signal && { signal },
        );
      }
    }
  }
}

const ATTEMPTS = 5;

/** Whether the engine says that nothing was written because somebody else wrote. */
function isConflict(error: unknown): boolean {
  return (
    error instanceof TurnawayError &&
    /ICEBERG_COMMIT_ERROR|TRANSACTION_CONFLICT|Failed to commit|Found conflicting files|concurrent/i.test(
      error.message,
    )
  );
}
