import { interruptionOf, orInterrupted, type TurnawayError } from "@turnaway/core";

import { isClockSkew, isExpired, isReachability, isThrottled, isTransport } from "./error-facts.ts";
import type { Clock } from "./clock.ts";

/** A client of any AWS service, a clock, and the signal that ends whatever is asked of them. */
export interface RetrySession {
  readonly api: {
    readonly config: { credentials(options?: { forceRefresh?: boolean }): Promise<unknown> };
  };
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

type Send<Output> = (options: { abortSignal?: AbortSignal }) => Promise<Output>;

/**
 * Asks until there is an answer: what may pass is tried again with full jitter until `until`.
 *
 * The SDK's own retry gives up after 3 tries in 0.6 s, and hears neither a signal nor a
 * deadline while it waits, so the client is made without one and this loop stands in.
 *
 * @param patienceOf tries of a request that failed so, where a service means something else by it
 * @throws what the SDK threw last, or the interruption as soon as it comes.
 */
export async function retrying<Output>(
  session: RetrySession,
  until: number,
  send: Send<Output>,
  patienceOf: (error: unknown) => number | undefined = () => undefined,
): Promise<Output> {
  const { clock, signal } = session;
  let renewed = false;
  for (let tries = 1; ; tries++) {
    try {
      const options = signal === undefined ? {} : { abortSignal: signal };
      return await orInterrupted(send(options), signal, interruption);
    } catch (error) {
      if (signal?.aborted) throw interruption(signal);
      // Another process may have signed in, or the role can be assumed again: ask once more.
      if (isExpired(error) && !renewed) {
        renewed = true;
        await session.api.config.credentials({ forceRefresh: true }).catch(() => undefined);
        continue;
      }
      const wait = fullJitter(clock, tries);
      if (tries >= (patienceOf(error) ?? patience(error)) || clock.now() + wait >= until)
        throw error;
      await pause(session, wait);
    }
  }
}

/** Sleeps; the interruption ends it. */
export async function pause({ clock, signal }: RetrySession, milliseconds: number): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (signal?.aborted) throw interruption(signal);
    throw error;
  }
}

/** What a query that was interrupted ends with. */
export function interruption(signal: AbortSignal): TurnawayError {
  return interruptionOf(signal, { what: "stopped", why: "the query was interrupted" });
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;

/** Tries of one request: a busy service may take its time, an address that is wrong stays wrong. */
function patience(error: unknown): number {
  if (isThrottled(error)) return Number.POSITIVE_INFINITY;
  if (isReachability(error)) return 4;
  if (isTransport(error)) return 8;
  // The SDK has set its clock by the answer's; signed again, the same request is right.
  return isClockSkew(error) ? 3 : 1;
}

function fullJitter(clock: Clock, tries: number): number {
  return clock.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
}
