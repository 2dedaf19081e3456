import { fenced } from "../command-text.ts";
import type { Ended } from "../run-turnaway.ts";

/** One comparison of what is live with what is written. */
export interface Looked extends Ended {
  /** What was compared: `stacks`, `views`. */
  readonly of: string;
  /** Arguments of `turnaway`. Exit code 0: the same; 3: not the same; else nothing is known. */
  readonly command: readonly string[];
}

/** What is said of drift on GitHub. */
export interface DriftText {
  readonly isDrifted: boolean;
  /** Whether some comparison could not be made. */
  readonly isFailed: boolean;
  /** Markdown. The same drift makes the same text, so that it is told once. */
  readonly text: string;
}

export function driftText(looked: readonly Looked[]): DriftText {
  const drifted = looked.filter(({ code }) => code === DIFFERS);
  const failed = looked.filter(({ code }) => code !== 0 && code !== DIFFERS);
  const parts = [
    drifted.length === 0
      ? failed.length === 0
        ? "What is live is what `turnaway.yml` says."
        : "Nothing is known of drift."
      : "What is live is not what `turnaway.yml` says. Either somebody changed it by hand, or a change of the file was never deployed: run the workflow `deploy`, or write into the file what was done.",
    ...failed.map((one) =>
      section(one, `could not be looked at (exit code ${one.code})`, one.stderr),
    ),
    ...drifted.map((one) => section(one, "differ", one.stdout)),
  ];
  return { isDrifted: drifted.length > 0, isFailed: failed.length > 0, text: parts.join("\n\n") };
}

const DIFFERS = 3;

/** In characters, of one command's output: two of them fit into an issue. */
const LONGEST = 25_000;

function section({ of, command }: Looked, how: string, said: string): string {
  const lines = said.trimEnd();
  const kept = lines.length <= LONGEST ? lines : `${lines.slice(0, LONGEST)}\n…`;
  const title = `## The ${of} ${how}`;
  return `${title}\n\n\`turnaway ${command.join(" ")}\` says:\n\n${fenced(kept)}`;
}
