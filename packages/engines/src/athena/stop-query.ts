import { factsOf } from "../aws/error-facts.ts";
import { retrying } from "../aws/retrying.ts";
import type { AthenaSession } from "./athena-session.ts";

/**
 * Stops a query and waits until Athena says that it has stopped.
 *
 * Deaf to the signal of the run, since that is mostly why it is called, and short, since a
 * job that is cancelled is killed after 7.5 seconds.
 *
 * @returns null when the query runs no more, else a clause that says why that is not certain. Never throws.
 */
export async function stopQuery(
  { api, clock }: AthenaSession,
  queryId: string,
): Promise<string | null> {
  const deaf = { api, clock };
  const until = clock.now() + STOP_MS;
  const input = { QueryExecutionId: queryId };
  let problem = "it could not be stopped";
  try {
    await retrying(deaf, until, () => api.stopQueryExecution(input, patient()));
    problem = "Athena has not confirmed that it stopped";
    for (let wait = FIRST_LOOK_MS; ; wait *= 2) {
      const answer = await retrying(deaf, until, () => api.getQueryExecution(input, patient()));
      const state = answer.QueryExecution?.Status?.State ?? "unknown";
      if (state !== "QUEUED" && state !== "RUNNING") return null;
      if (clock.now() + wait >= until) return `${problem} (it says ${state})`;
      await clock.sleep(wait);
    }
  } catch (error) {
    const { name, message } = factsOf(error);
    return `${problem} (${name}${message && `: ${message}`})`;
  }
}

/** Longest that a stop takes, its confirmation included. */
const STOP_MS = 5000;
const REQUEST_MS = 2000;
const FIRST_LOOK_MS = 50;

function patient(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(REQUEST_MS) };
}
