import type { Report } from "@turnaway/core";

/** How the numbers are counted, as what follows a title and a comma. */
export function countingText({ counted = "once" }: Pick<Report, "counted">): string {
  return COUNTING_WORDS[counted];
}

const COUNTING_WORDS = {
  once: "each conversation counted once",
  "as-logged": "counted as logged, at every interface",
} as const satisfies Record<NonNullable<Report["counted"]>, string>;
