import { isServerError, isTransport, retrying } from "@turnaway/engines/aws";

import type { CallOptions, QuickSightApi } from "./quicksight-api.ts";
import { exceptionName, isMissing, requestFailure } from "./request-failure.ts";
import type { QuickSightSession } from "./session.ts";

/** One request: its operation, as IAM calls it, and the asset that it is about. */
export interface Asked {
  readonly operation: string;
  readonly subject: string;
  /** Where it goes. Default: the session's own client. */
  readonly api?: QuickSightApi;
}

/** Sends it: the client, the account and the options of the call. */
type Send<Output> = (
  api: QuickSightApi,
  to: { readonly AwsAccountId: string },
  options: CallOptions,
) => Promise<Output>;

/**
 * Asks QuickSight until there is an answer: throttles, conflicts with another change, and lost
 * connections are tried again with full jitter, to a deadline.
 *
 * For whatever may take effect twice: what makes something new is for {@link askOnce}.
 *
 * @throws TurnawayError with the operation, the permission that is missing, and what to do
 */
export async function ask<Output>(
  session: QuickSightSession,
  { operation, subject, api = session.api }: Asked,
  send: Send<Output>,
): Promise<Output> {
  const { clock, target } = session;
  try {
    return await retrying(
      { ...session, api },
      clock.now() + REQUEST_MS,
      (options) => send(api, { AwsAccountId: target.account }, options),
      patienceOf,
    );
  } catch (error) {
    const { region } = target;
    throw requestFailure(error, { service: "QuickSight", operation, subject, region });
  }
}

/** As {@link ask}; null for what is not there. */
export async function askOrNull<Output>(
  session: QuickSightSession,
  asked: Asked,
  send: Send<Output>,
): Promise<Output | null> {
  try {
    return await ask(session, asked, send);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * As {@link ask}, for what must not take effect twice: where an answer was lost on the way,
 * `done` looks for the effect before the request is sent again.
 */
export function askOnce<Output>(
  session: QuickSightSession,
  asked: Asked,
  { send, done }: { readonly send: Send<Output>; readonly done: () => Promise<Output | null> },
): Promise<Output> {
  let isUnsure = false;
  return ask(session, asked, async (api, to, options) => {
    if (isUnsure) {
      const found = await done();
      if (found !== null) return found;
    }
    try {
      return await send(api, to, options);
    } catch (error) {
      isUnsure ||= isTransport(error) || isServerError(error);
      throw error;
    }
  });
}

/** Every page of a list. */
export async function askAll<Page extends { NextToken?: string | undefined }, Item>(
  session: QuickSightSession,
  asked: Asked,
  {
    page,
    items,
  }: {
    readonly page: (
      api: QuickSightApi,
      input: { readonly AwsAccountId: string; readonly MaxResults: number; NextToken?: string },
      options: CallOptions,
    ) => Promise<Page>;
    readonly items: (page: Page) => readonly Item[] | undefined;
  },
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let token: string | undefined; ;) {
    const from = token === undefined ? {} : { NextToken: token };
    const found = await ask(session, asked, (api, to, options) =>
      page(api, { ...to, MaxResults: PAGE, ...from }, options),
    );
    all.push(...(items(found) ?? []));
    token = found.NextToken;
    if (token === undefined || token === "") return all;
  }
}

const PAGE = 100;
const REQUEST_MS = 120_000;
/** Of an asset that the service stumbles over, which may be for ever: some seconds. */
const BROKEN_TRIES = 6;

// A limit of an account stays; a conflict is gone as soon as the other change is done.
function patienceOf(error: unknown): number | undefined {
  const name = exceptionName(error);
  if (name === "LimitExceededException") return 1;
  if (name === "InternalFailureException") return BROKEN_TRIES;
  if (name === "ConflictException" || name === "ConcurrentUpdatingException") {
    return Number.POSITIVE_INFINITY;
  }
  return undefined;
}
