import { setTimeout as delay } from "node:timers/promises";

/** Time and chance as the engine sees them, so that a test can make both pass at will. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Rejects as soon as the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1, for jitter. */
  random(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
  random: () => Math.random(),
};
