import { setTimeout as sleep } from "node:timers/promises";

import { type Ended, runTurnaway } from "../run-turnaway.ts";
import type { LiveStep } from "./live-steps.ts";

export interface StepOptions {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Runs the command. Default: from the checkout */
  readonly run?: (command: readonly string[]) => Promise<Ended>;
  /** Milliseconds between two looks. Default: a minute */
  readonly pauseMs?: number;
}

/**
 * Does a step, and where it has to wait, until it is enough.
 *
 * @throws Error with what it ended with, when it did not go well or its minutes are over
 */
export async function runStep(step: LiveStep, options: StepOptions): Promise<void> {
  const { signal, say, pauseMs = 60_000 } = options;
  const run = options.run ?? ((command) => runTurnaway(command, { signal, cwd: process.cwd() }));
  const looks = 1 + Math.floor((step.minutes ?? 0) * (60_000 / pauseMs));
  for (let look = 1; ; look += 1) {
    const ended = await run(step.command);
    signal.throwIfAborted();
    const why = whyNot(step, ended);
    if (why === null) return;
    if (look >= looks) throw new Error(`${step.title}: ${why}`);
    say(`   ${why}; looking again`);
    await sleep(pauseMs, undefined, { signal });
  }
}

function whyNot({ accepts, whyNot: judge }: LiveStep, ended: Ended): string | null {
  if (accepts.includes(ended.code)) return judge?.(ended) ?? null;
  const said = ended.stderr.trimEnd().split("\n").at(-1) ?? "";
  return `exit code ${ended.code}: ${said}`;
}
