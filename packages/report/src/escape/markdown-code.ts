import { terminalText } from "./terminal-text.ts";

/**
 * A hostile value as a GitHub Markdown code span: nothing in it is a mention, a
 * link, a reference, HTML or the end of a comment.
 *
 * The fence is longer than any run of backticks inside. Not for table cells: see
 * {@link markdownCodeCell}.
 */
export function markdownCode(value: string): string {
  // Somebody may print Markdown into the log of a job.
  const text = terminalText(value);
  if (text.trim() === "") return "(empty)";
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  // CommonMark strips one space from both ends, which keeps a backtick off the fence.
  const padding = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** {@link markdownCode} inside a table, where a pipe splits cells even in a code span. */
export function markdownCodeCell(value: string): string {
  return markdownCode(value).replaceAll("|", "\\|");
}
