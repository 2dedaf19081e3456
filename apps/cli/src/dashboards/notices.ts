import type { Problem } from "@turnaway/core";

/** What is missing of the data, for whoever looks at the drawings. */
export function noticesOf(problems: readonly Problem[]): string[] {
  const partial = problems.filter((problem) => problem.partial);
  const shown = partial.slice(0, 5).map(({ where, detail }) => `PARTIAL: ${where}: ${detail}`);
  const rest = partial.length - shown.length;
  return rest > 0 ? [...shown, `PARTIAL: ${rest} more problems`] : shown;
}
