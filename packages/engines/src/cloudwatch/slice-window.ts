import type { QueryWindow } from "@turnaway/sql";

/** The answer over one window, and whether a limit may have cut it. */
export interface Part<Answer> {
  readonly answer: Answer;
  readonly isCut: boolean;
}

export interface SliceOptions<Answer> {
  readonly ask: (window: QueryWindow, signal: AbortSignal) => Promise<Part<Answer>>;
  /** False when slices of the answer can't be put together. */
  readonly canSlice: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Seconds below which a window is not halved: each slice scans its margins again. */
const SMALLEST_SLICE = 60;
/** Questions that one answer may take, since each is billed. */
const MOST_QUESTIONS = 128;

/**
 * The answer over a window, in halves and halves of halves where a limit cuts it.
 *
 * @returns the parts that together are the answer. One that is still cut is the end of what
 * can be done.
 */
export async function askInSlices<Answer>(
  window: QueryWindow,
  options: SliceOptions<Answer>,
): Promise<readonly Part<Answer>[]> {
  let questions = 0;
  const over = async (
    { start, end }: QueryWindow,
    signal: AbortSignal,
  ): Promise<readonly Part<Answer>[]> => {
    questions += 1;
    const part = await options.ask({ start, end }, signal);
    const isWorth = end - start >= 2 * SMALLEST_SLICE && questions + 2 <= MOST_QUESTIONS;
    if (!part.isCut || !options.canSlice || !isWorth) return [part];
    const middle = start + Math.floor((end - start) / 2);
    return bothOrNeither(signal, [
      (own) => over({ start, end: middle }, own),
      (own) => over({ start: middle, end }, own),
    ]);
  };
  return over(window, options.signal ?? new AbortController().signal);
}

// When one half fails the other is stopped, and waited for: no query is left behind.
async function bothOrNeither<Item>(
  signal: AbortSignal,
  halves: readonly ((signal: AbortSignal) => Promise<readonly Item[]>)[],
): Promise<readonly Item[]> {
  const failed = new AbortController();
  const own = AbortSignal.any([signal, failed.signal]);
  const settled = await Promise.allSettled(
    halves.map((half) =>
      half(own).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  if (failed.signal.aborted) throw failed.signal.reason;
  return settled.flatMap((half) => (half.status === "fulfilled" ? half.value : []));
}
