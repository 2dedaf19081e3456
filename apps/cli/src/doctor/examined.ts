import type { Check } from "@turnaway/core/checks";

/** What was found, apart for what it decides of the exit code. */
export interface Examined {
  /** Configuration, access, tables. */
  readonly setUp: readonly Check[];
  /** The logs themselves. */
  readonly data: readonly Check[];
}
