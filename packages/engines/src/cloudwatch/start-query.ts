import type { DescribeQueriesResponse } from "@aws-sdk/client-cloudwatch-logs";

import { factsOf, isServerError, isTransport } from "../aws/error-facts.ts";
import { retrying, type RetrySession } from "../aws/retrying.ts";
import type { CloudwatchApi } from "./cloudwatch-api.ts";
import { stopQuery } from "./stop-query.ts";

export interface CloudwatchSession extends RetrySession {
  readonly api: CloudwatchApi;
}

export interface QueryToStart {
  readonly logGroup: string;
  readonly text: string;
  /** Unix seconds, both inclusive, as the service takes them. */
  readonly startTime: number;
  readonly endTime: number;
  readonly limit: number;
  /** Names this one query: no other in the account has it. */
  readonly tag: string;
}

/**
 * Starts a query once, whatever becomes of the answer.
 *
 * The service takes no request token, so a lost answer may have left a query running. The
 * text carries a tag in a comment; before another try, and when the run is interrupted, the
 * log group's queries are searched for it. Who may not list them starts anew, and a query
 * that was started unseen then runs to its end.
 *
 * @returns the id of the query. @throws what the SDK threw last, or the interruption.
 */
export async function startQuery(
  session: CloudwatchSession,
  until: number,
  query: QueryToStart,
): Promise<string> {
  let isLost = false;
  let inFlight: Promise<string> | undefined;
  const start = async (): Promise<string> => {
    const found = isLost ? await findQuery(session.api, query) : undefined;
    if (found !== undefined) return found;
    try {
      // Without the signal: an aborted request may have been taken all the same.
      return await send(session.api, query);
    } catch (error) {
      isLost ||= isTransport(error) || isServerError(error);
      throw error;
    }
  };
  try {
    return await retrying(session, until, () => (inFlight = start()));
  } catch (error) {
    if (isLost || session.signal?.aborted) await abandon(session, query, inFlight);
    throw error;
  }
}

/** Longest that an interrupted run waits for the id of what it must stop. */
const ABANDON_MS = 2000;

async function abandon(
  session: CloudwatchSession,
  query: QueryToStart,
  inFlight: Promise<string> | undefined,
): Promise<void> {
  const { api, clock } = session;
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ABANDON_MS, undefined);
  const answered = inFlight?.catch(() => undefined);
  const id =
    (await Promise.race([answered, late])) ??
    (await Promise.race([findQuery(api, query).catch(() => undefined), late]));
  clearTimeout(timer);
  if (id !== undefined) await stopQuery({ api, clock }, id);
}

async function send(api: CloudwatchApi, query: QueryToStart): Promise<string> {
  const { queryId } = await api.startQuery({
    logGroupName: query.logGroup,
    startTime: query.startTime,
    endTime: query.endTime,
    queryString: `# ${query.tag}\n${query.text}`,
    limit: query.limit,
  });
  if (queryId !== undefined) return queryId;
  throw new SyntaxError("StartQuery answered without a query id");
}

async function findQuery(api: CloudwatchApi, query: QueryToStart): Promise<string | undefined> {
  let nextToken: string | undefined;
  do {
    const answer = await listQueries(api, query.logGroup, nextToken);
    const found = answer.queries?.find(({ queryString }) => queryString?.includes(query.tag));
    if (found?.queryId !== undefined) return found.queryId;
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}

async function listQueries(
  api: CloudwatchApi,
  logGroupName: string,
  nextToken: string | undefined,
): Promise<DescribeQueriesResponse> {
  const token = nextToken === undefined ? {} : { nextToken };
  try {
    return await api.describeQueries({ logGroupName, maxResults: 1000, ...token });
  } catch (error) {
    if (factsOf(error).name.startsWith("AccessDenied")) return {};
    throw error;
  }
}
