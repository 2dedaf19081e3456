import { factsOf } from "../aws/error-facts.ts";
import { retrying, type RetrySession } from "../aws/retrying.ts";
import type { CloudwatchApi } from "./cloudwatch-api.ts";

/**
 * Stops a query. Deaf to the signal of the run, since that is mostly why it is called, and
 * short, since a job that is cancelled is killed after 7.5 seconds.
 *
 * @returns null when the query runs no more, else why that is not certain. Never throws.
 */
export async function stopQuery(
  { api, clock }: RetrySession & { readonly api: CloudwatchApi },
  queryId: string,
): Promise<string | null> {
  const stop = (): Promise<unknown> =>
    api.stopQuery({ queryId }, { abortSignal: AbortSignal.timeout(REQUEST_MS) });
  try {
    await retrying({ api, clock }, clock.now() + STOP_MS, stop);
    return null;
  } catch (error) {
    const { name, message } = factsOf(error);
    // It has ended by itself, or nobody knows it.
    if (name === "InvalidParameterException" || name === "ResourceNotFoundException") return null;
    return `${name}${message && `: ${message}`}`;
  }
}

const STOP_MS = 5000;
const REQUEST_MS = 2000;
