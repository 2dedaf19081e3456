import type { Ended } from "../run-turnaway.ts";

/** What is said of a plan on GitHub. */
export interface PlanText {
  /** Whether it can't be applied: no plan, or something stands in its way. */
  readonly isBroken: boolean;
  /** Markdown. */
  readonly text: string;
}

/** A plan, and what kept it from being compared with what is live. */
export interface Planned {
  /** `turnaway deploy plan`: its page is Markdown; any exit code but 0 beside it says why not yet. */
  readonly ended: Ended;
  /** The run that should have compared; null where none failed. */
  readonly notCompared: Ended | null;
}

/** A plan as a comment or summary has room for it: whole lines, at most that many characters. */
export function planText({ ended, notCompared }: Planned, length: number): PlanText {
  const { code, stdout } = ended;
  const isBroken = code !== 0;
  if (stdout.trim() === "") {
    return {
      isBroken,
      text: cut(`# There is no deployment plan\n\n${failureText(ended)}`, length),
    };
  }
  const parts = [
    ...(notCompared === null
      ? []
      : [`**It could not be compared with what is live.** ${failureText(notCompared)}`]),
    ...(isBroken ? ["**It can't be applied yet**: see the end of this page."] : []),
    stdout.trimEnd(),
  ];
  return { isBroken, text: cut(parts.join("\n\n"), length) };
}

function failureText({ code, stderr }: Ended): string {
  const said = stderr.trimEnd();
  // Longer than any run of backticks in it, so that nothing in it ends the block.
  const longest = Math.max(2, ...[...said.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `\`turnaway deploy plan\` ended with exit code ${code}:\n\n${fence}text\n${said}\n${fence}`;
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const rest = "\n\nThis page is cut: `turnaway deploy plan` prints all of it.";
  const kept = text.slice(0, length - rest.length);
  return `${kept.slice(0, Math.max(0, kept.lastIndexOf("\n")))}${rest}`;
}
