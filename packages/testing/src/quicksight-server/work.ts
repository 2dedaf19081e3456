/** Something that the service goes on with after it has answered: a version, an ingestion, … */
export interface Work {
  /** `UPDATE` after the first time, where the service tells them apart. */
  readonly phase: "CREATION" | "UPDATE";
  /** Requests that still find it in progress; `Infinity` for what never ends. */
  looksLeft: number;
  /** What goes wrong with it; empty when it succeeds. */
  readonly errors: readonly WorkError[];
}

/** An error of a version, an ingestion or a data source, in the service's words. */
export interface WorkError {
  readonly Type: string;
  readonly Message: string;
  /** Where in the definition, where it has one. */
  readonly ViolatedEntities?: readonly { readonly Path: string }[];
}

/** What a test wants to become of work that a request begins. */
export interface Outcome {
  /** Never ends, until the server is healed. */
  readonly isStuck?: boolean;
  /** Fails with these; with none, fails with an error of its kind. */
  readonly errors?: readonly WorkError[];
}

export type Result = "IN_PROGRESS" | "SUCCESSFUL" | "FAILED";

export function resultOf({ looksLeft, errors }: Work): Result {
  if (looksLeft > 0) return "IN_PROGRESS";
  return errors.length > 0 ? "FAILED" : "SUCCESSFUL";
}

/** `CREATION_IN_PROGRESS`, `UPDATE_FAILED`, …: what is seen now. The next look is one later. */
export function lookAt(work: Work): string {
  const status = statusOf(work);
  work.looksLeft = Math.max(0, work.looksLeft - 1);
  return status;
}

export function statusOf(work: Work): string {
  return `${work.phase}_${resultOf(work)}`;
}
