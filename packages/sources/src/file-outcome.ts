import type { CleanFile } from "./clean-output.ts";
import type { ContentKey } from "./claims.ts";
import type { ParquetTable } from "./parquet.ts";
import type { TextTally } from "./text-tally.ts";

/** What reading one source file came to. Plain data: it crosses from worker to main thread. */
export interface FileOutcome {
  readonly status: "read" | "empty" | "refused";
  /** About the file itself: damage, or why it was refused. */
  readonly problems: readonly FileProblem[];
  /** What its text held; null when it was refused, empty or Parquet. */
  readonly tally: TextTally | null;
  readonly parquet: ParquetTable | null;
  /** The files that hold its clean lines; empty when another file's content came first. */
  readonly clean: readonly CleanFile[];
  /** Null when there was nothing to claim. */
  readonly content: ContentKey | null;
  /** True when another file had claimed the same content. */
  readonly claimed: boolean;
}

/** A problem without the name of its file. */
export interface FileProblem {
  readonly code: string;
  readonly detail: string;
  readonly partial: boolean;
  /** Line in the plain text. */
  readonly line?: number;
}

/** The outcome of a file that was not read, and why. */
export function refused(problem: FileProblem): FileOutcome {
  return { ...NOTHING, status: "refused", problems: [problem] };
}

/** An outcome without any content. */
export const NOTHING = {
  status: "empty",
  problems: [],
  tally: null,
  parquet: null,
  clean: [],
  content: null,
  claimed: false,
} as const satisfies FileOutcome;
