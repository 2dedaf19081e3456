import { visibleText } from "./visible-text.ts";

/**
 * Text for a terminal or a job log: no control sequence, and no `##[command]`,
 * which the GitHub runner obeys wherever it stands in a line.
 */
export function terminalText(text: string, limit?: number): string {
  return visibleText(text, limit).replaceAll("##[", "## [");
}

/**
 * A whole line for a terminal: the runner obeys `::command::` at the start of a
 * line, so there two colons become the one sign `∷`. An address such as `::1` stays.
 */
export function terminalLine(line: string): string {
  return /^\s*::.*::/.test(line) ? line.replace("::", "∷") : line;
}
