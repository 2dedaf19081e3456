import { setTimeout as sleep } from "node:timers/promises";
import { RequestError } from "@octokit/request-error";
import { secondsToWait } from "./failures.ts";
import type { GithubClient } from "./github-client.ts";

/**
 * Does work that looks before it makes anything, again and again until it goes through.
 *
 * What an answer that was lost had made is found by the next try; so is what another run made.
 */
export async function settle<T>({ pace }: GithubClient, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const seconds = isThereNow(error) ? 0 : secondsToWait(error, tried);
      const isHopeless = seconds === undefined || seconds > pace.maxWaitSeconds;
      if (isHopeless || tried >= pace.attempts) throw error;
      await sleep(seconds * pace.secondMs);
    }
  }
}

// Somebody was quicker, or we were, and the answer was lost.
function isThereNow(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    (error.status === 409 ||
      (error.status === 422 && /already exists|not a fast.forward/i.test(error.message)))
  );
}
