import type { Ports } from "@turnaway/runs";

/** What the entry point hands to every command: nothing else reads the process. */
export interface Context extends Ports {
  /** Where a command leaves its exit code when it did not throw. */
  readonly outcome: { exitCode: number };
}

/** What is the same for every command; how one speaks depends on its options. */
export type Surroundings = Omit<Context, "say" | "startProgress">;
