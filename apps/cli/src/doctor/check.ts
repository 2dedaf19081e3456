import { TurnawayError } from "@turnaway/core";

/** One line of what the doctor found. */
export interface Check {
  /** Stable: scripts may look for it. */
  readonly code: string;
  readonly status: "ok" | "warn" | "fail";
  readonly what: string;
  readonly fix: string | null;
}

/** What was found, apart for what it decides of the exit code. */
export interface Examined {
  /** Configuration, access, tables. */
  readonly setUp: readonly Check[];
  /** The logs themselves. */
  readonly data: readonly Check[];
}

export function ok(code: string, what: string): Check {
  return { code, status: "ok", what, fix: null };
}

export function warn(code: string, what: string, fix: string | null = null): Check {
  return { code, status: "warn", what, fix };
}

export function fail(code: string, what: string, fix: string | null = null): Check {
  return { code, status: "fail", what, fix };
}

/** A line for each thing that the error says; whatever is no error of ours is a bug and goes on. */
export function failed(code: string, error: unknown): Check[] {
  if (!(error instanceof TurnawayError) || INTERRUPTED.has(error.code)) throw error;
  return error.details.map(({ what, where, why, fix }) =>
    fail(code, `${what}${where === undefined ? "" : ` (${where})`}: ${why}`, fix ?? null),
  );
}

const INTERRUPTED = new Set(["INTERRUPTED", "TERMINATED", "BUG"]);
