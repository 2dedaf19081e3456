import { TurnawayError } from "./errors.ts";

/** One line of what the doctor found, as the command prints it. */
export interface Check {
  /** Stable: scripts may look for it. */
  readonly code: string;
  readonly status: "ok" | "warn" | "fail";
  readonly what: string;
  readonly fix: string | null;
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

/** A line for each thing that the error says; interruptions and bugs go on. */
export function failed(code: string, error: unknown): Check[] {
  if (!(error instanceof TurnawayError) || GOES_ON.has(error.code)) throw error;
  return error.details.map(({ what, where, why, fix }) =>
    fail(code, `${what}${where === undefined ? "" : ` (${where})`}: ${why}`, fix ?? null),
  );
}

const GOES_ON = new Set(["INTERRUPTED", "TERMINATED", "BUG"]);
