import { TurnawayError } from "./errors.ts";

/** The reason that the caller gave for aborting when it is one of ours, else INTERRUPTED. */
export function interruptionOf(
  { reason }: AbortSignal,
  otherwise: { readonly what: string; readonly why: string },
): TurnawayError {
  return reason instanceof TurnawayError ? reason : new TurnawayError("INTERRUPTED", otherwise);
}

/** The answer, or the interruption as soon as it comes: some clients sleep and hear no signal. */
export async function orInterrupted<Output>(
  answer: Promise<Output>,
  signal: AbortSignal | undefined,
  interruption: (signal: AbortSignal) => TurnawayError,
): Promise<Output> {
  if (signal === undefined) return answer;
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(interruption(signal));
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    answer.catch(() => undefined);
    promise.catch(() => undefined);
  }
}
