import type { Ended } from "./run-turnaway.ts";

/** Text as a block of Markdown, of which nothing in it is the end. */
export function fenced(said: string): string {
  // Longer than any run of backticks in it.
  const longest = Math.max(2, ...[...said.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${said}\n${fence}`;
}

/** How a command failed, in what it wrote to standard error. */
export function failureText(command: string, { code, stderr }: Ended): string {
  return `\`${command}\` ended with exit code ${code}:\n\n${fenced(stderr.trimEnd())}`;
}

/** Whole lines of a page, at most that many characters, with the command that prints all of it. */
export function cutPage(text: string, length: number, command: string): string {
  if (text.length <= length) return text;
  const rest = `\n\nThis page is cut: \`${command}\` prints all of it.`;
  const kept = text.slice(0, length - rest.length);
  return `${kept.slice(0, Math.max(0, kept.lastIndexOf("\n")))}${rest}`;
}
