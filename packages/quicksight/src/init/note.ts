import { TurnawayError } from "@turnaway/core";

/** What was looked at. */
export interface Note {
  readonly level: "ok" | "warning" | "error";
  readonly what: string;
  /** What to do; null where nothing is. */
  readonly fix: string | null;
}

export function fine(what: string): Note {
  return { level: "ok", what, fix: null };
}

export function problem(what: string, fix: string): Note {
  return { level: "error", what, fix };
}

/**
 * What the check found; one that was not let to look says which permission is missing.
 *
 * @throws TurnawayError what is not about this one check: nobody is signed in, an interruption
 */
export async function noted(about: string, check: () => Promise<Note>): Promise<Note> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof TurnawayError)) throw error;
    const { why, fix = null } = error.detail;
    if (error.code === "AWS") {
      return { level: "warning", what: `${about} could not be looked at: ${why}`, fix };
    }
    if (error.code === "CONFIG" && isEdition(error)) return { level: "error", what: why, fix };
    throw error;
  }
}

function isEdition({ cause }: TurnawayError): boolean {
  return cause instanceof Error && cause.name === "UnsupportedUserEditionException";
}
