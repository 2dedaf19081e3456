import type { Input } from "./request.ts";
import type { QuickSightStore } from "./store.ts";
import type { Outcome, Work, WorkError } from "./work.ts";

/** What an operation is given. */
export interface Call {
  readonly store: QuickSightStore;
  readonly input: Input;
  /** Which region's endpoint is asked, as the request was signed for it. */
  readonly region: string;
  /** What a test wants of what it begins. */
  readonly outcome: Outcome;
  /** Looks that find new work in progress. */
  readonly looks: number;
  /** Items of a page at most. */
  readonly pageSize: number;
}

/** Does what is asked and returns the body of the answer. @throws ServiceError */
export type Handler = (call: Call) => Readonly<Record<string, unknown>>;

/** Work that the call begins. What the test wants of it comes before what would be wrong anyway. */
export function beginWork(
  { outcome, looks }: Call,
  { phase, errors = [], failure }: NewWork,
): Work {
  const wanted = outcome.errors?.length === 0 ? [failure] : outcome.errors;
  return {
    phase,
    looksLeft: outcome.isStuck === true ? Infinity : looks,
    errors: wanted ?? errors,
  };
}

interface NewWork {
  readonly phase: Work["phase"];
  readonly errors?: readonly WorkError[];
  /** The error of work that fails because a test wants it. */
  readonly failure: WorkError;
}

/** A text of the input, which the model has checked. */
export function text(input: Input, member: string): string {
  return input[member] as string;
}

/** A text of the input that may be left out. */
export function optionalText(input: Input, member: string): string | undefined {
  return input[member] as string | undefined;
}
