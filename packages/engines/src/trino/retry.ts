import { setTimeout as sleep } from "node:timers/promises";

import { failureOf } from "./request-failure.ts";

export interface RetryOptions {
  /** Gives up after this long, in milliseconds. */
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Repeats a request as Trino's protocol asks for: 502, 503 and 504 soon, 429 when the server
 * says, and a lost connection. Each is safe to repeat, since a page stays until the next one
 * is asked for, and a statement that nobody asks for is never begun.
 *
 * @throws RequestFailure of the last attempt, or what the signal was aborted with.
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  { patienceMs, signal }: RetryOptions,
): Promise<T> {
  const begun = performance.now();
  for (let attempt = 0; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = failureOf(error);
      const wait = failure.retryAfterMs ?? pause(attempt);
      const spent = performance.now() - begun;
      if (!failure.isTransient || spent + wait > patienceMs) throw failure;
      await sleep(wait, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }
}

/** 50 to 100 ms as the protocol says, and longer where that does not help; with jitter. */
function pause(attempt: number): number {
  return Math.min(50 * 2 ** attempt, 5000) * (1 + Math.random());
}
