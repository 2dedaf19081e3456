/**
 * An error that crosses a package boundary.
 *
 * It comes from one closed list, says who is at fault and what to do, and
 * decides the exit code. Whatever else is thrown is a bug.
 */
export class TurnawayError extends Error {
  readonly code: ErrorCode;
  /** The first of {@link details}, and mostly the only one. */
  readonly detail: ErrorDetail;
  /** Several where input was checked as a whole; the message has a line for each. */
  readonly details: readonly ErrorDetail[];

  constructor(
    code: ErrorCode,
    detail: ErrorDetail | readonly ErrorDetail[],
    options?: { cause?: unknown },
  ) {
    const details = [detail].flat();
    super(details.map(formatDetail).join("\n"), options);
    this.name = "TurnawayError";
    this.code = code;
    this.detail = details[0]!;
    this.details = details;
  }

  get exitCode(): number {
    return ERRORS[this.code].exitCode;
  }

  get fault(): Fault {
    return ERRORS[this.code].fault;
  }
}

/** The four parts of a message: `error: WHAT (WHERE): WHY. FIX`. */
export interface ErrorDetail {
  /** What went wrong, in the words of the person who asked. */
  readonly what: string;
  /** File, line, key, flag or query id. */
  readonly where?: string;
  /** The value received and the values allowed. */
  readonly why: string;
  /** The change to make. */
  readonly fix?: string;
}

export type Fault = "user" | "service" | "bug";

export type ErrorCode = keyof typeof ERRORS;

/** The closed list. Exit codes are the contract's: 2 usage, 3 data, 4 engine, 5 GitHub. */
export const ERRORS = {
  USAGE: { exitCode: 2, fault: "user" },
  CONFIG: { exitCode: 2, fault: "user" },
  SOURCE_NOT_FOUND: { exitCode: 2, fault: "user" },
  SOURCE_UNREADABLE: { exitCode: 3, fault: "user" },
  FORMAT_UNKNOWN: { exitCode: 3, fault: "user" },
  DATA_INCOMPLETE: { exitCode: 3, fault: "user" },
  OUTPUT: { exitCode: 3, fault: "user" },
  STATE_BUSY: { exitCode: 4, fault: "user" },
  STATE_UNWRITABLE: { exitCode: 4, fault: "user" },
  STATE_DAMAGED: { exitCode: 4, fault: "user" },
  ENGINE: { exitCode: 4, fault: "service" },
  AWS: { exitCode: 4, fault: "service" },
  CONFLICT: { exitCode: 4, fault: "user" },
  GITHUB: { exitCode: 5, fault: "service" },
  INTERRUPTED: { exitCode: 130, fault: "user" },
  TERMINATED: { exitCode: 143, fault: "user" },
  BUG: { exitCode: 4, fault: "bug" },
} as const satisfies Record<string, { exitCode: number; fault: Fault }>;

/** `WHAT (WHERE): WHY. FIX.` on one line. */
export function formatDetail({ what, where, why, fix }: ErrorDetail): string {
  const place = where === undefined ? "" : ` (${where})`;
  return `${what}${place}: ${why}.${fix === undefined ? "" : ` ${asSentence(fix)}`}`;
}

function asSentence(fix: string): string {
  return capitalise(fix) + (fix.endsWith("?") ? "" : ".");
}

function capitalise(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
