import type { Workgroup } from "./preflight.ts";
import type { AskedOf } from "./request-failures.ts";

/** What is the same for every query of an engine. */
export interface ExecutionSettings {
  readonly workgroup: Workgroup;
  readonly database: string;
  readonly catalog: string;
  readonly region: string;
  /** Where results go when the workgroup leaves it open. */
  readonly outputLocation: string | null;
  /** Bytes after which a running query is stopped from here; null leaves it to the workgroup. */
  readonly scanLimitBytes: number | null;
  /** Milliseconds from the start of a query to its end, time in the queue included. */
  readonly deadlineMs: number;
  readonly env: AskedOf["env"];
}
