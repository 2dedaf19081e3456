import { cutPage, failureText } from "../command-text.ts";
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
      text: cutPage(`# There is no deployment plan\n\n${failureText(PLAN, ended)}`, length, PLAN),
    };
  }
  const parts = [
    ...(notCompared === null
      ? []
      : [`**It could not be compared with what is live.** ${failureText(PLAN, notCompared)}`]),
    ...(isBroken ? ["**It can't be applied yet**: see the end of this page."] : []),
    stdout.trimEnd(),
  ];
  return { isBroken, text: cutPage(parts.join("\n\n"), length, PLAN) };
}

const PLAN = "turnaway deploy plan";
