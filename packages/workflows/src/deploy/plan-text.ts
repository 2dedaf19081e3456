import type { Ended } from "../run-turnaway.ts";

/** What is said of a plan on GitHub. */
export interface PlanText {
  /** Whether it can't be applied: no plan, or something stands in its way. */
  readonly isBroken: boolean;
  /** Markdown. */
  readonly text: string;
}

/**
 * A plan as a comment or summary has room for it: whole lines, at most that many characters.
 *
 * @param ended `turnaway deploy plan`: its page is Markdown, and with a page any exit code but 0
 * says that something has to be done before it is applied
 */
export function planText({ code, stdout, stderr }: Ended, length: number): PlanText {
  const isBroken = code !== 0;
  if (stdout.trim() === "") return { isBroken, text: cut(noPlan(code, stderr), length) };
  const text = isBroken
    ? `**It can't be applied yet**: see the end of this page.\n\n${stdout}`
    : stdout;
  return { isBroken, text: cut(text.trimEnd(), length) };
}

function noPlan(code: number, stderr: string): string {
  const said = stderr.trimEnd();
  // Longer than any run of backticks in it, so that nothing in it ends the block.
  const fence = "`".repeat(
    Math.max(3, ...[...said.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `# There is no deployment plan\n\n\`turnaway deploy plan\` ended with exit code ${code}:\n\n${fence}text\n${said}\n${fence}`;
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const rest = "\n\nThis page is cut: `turnaway deploy plan` prints all of it.";
  const kept = text.slice(0, length - rest.length);
  return `${kept.slice(0, Math.max(0, kept.lastIndexOf("\n")))}${rest}`;
}
