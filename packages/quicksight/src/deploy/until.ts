import { TurnawayError } from "@turnaway/core";
import { pause } from "@turnaway/engines/aws";

import type { QuickSightSession } from "../api/session.ts";

/** What is waited for, in the words of its error. */
export interface Awaited {
  /** `the analysis`, `version 3`. */
  readonly what: string;
  readonly subject: string;
  readonly waitMs: number;
}

/**
 * Looks again and again, ever more rarely, until `look` answers with something.
 *
 * @throws TurnawayError AWS at the deadline; whoever repeats the command goes on waiting
 */
export async function until<State>(
  session: QuickSightSession,
  { what, subject, waitMs }: Awaited,
  look: () => Promise<State | null>,
): Promise<State> {
  const { clock } = session;
  const end = clock.now() + waitMs;
  for (let delay = FIRST_MS; ; delay = Math.min(LONGEST_MS, delay * 1.6)) {
    const state = await look();
    if (state !== null) return state;
    const wait = delay * (0.5 + clock.random() / 2);
    if (clock.now() + wait >= end) {
      throw new TurnawayError("AWS", {
        what: `${what} is not ready`,
        where: subject,
        why: `it is still in progress after ${Math.round(waitMs / 1000)} s`,
        fix: "run the same command again: it goes on waiting, and makes nothing twice",
      });
    }
    await pause({ ...session, api: session.api }, wait);
  }
}

const FIRST_MS = 300;
const LONGEST_MS = 10_000;
