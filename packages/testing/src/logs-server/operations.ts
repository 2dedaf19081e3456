import { randomUUID } from "node:crypto";

import { type Answer, errorAnswer, jsonAnswer } from "./answer.ts";
import type { Fields } from "./insights/compile-expression.ts";
import { MalformedQuery } from "./insights/malformed-query.ts";
import type { LogEvent } from "./insights/run-query.ts";
import { type QueryState, type ServedQuery, startQuery, toCells } from "./queries.ts";
import type { LogsRequest } from "./request.ts";

/** What the operations work on. */
export interface Service {
  readonly logGroups: Readonly<Record<string, readonly LogEvent[]>>;
  readonly queries: Map<string, ServedQuery>;
  readonly rowLimit: number;
  readonly highestLimit: number;
  readonly pageSize: number;
  readonly concurrency: number;
  readonly looks: { readonly scheduled: number; readonly running: number };
  readonly discover: (event: LogEvent) => Fields;
  readonly writeNumber: (value: number) => string;
  readonly createdAt: number;
}

/** One request, done; `forced` is a state that the script puts the query into. */
export function answerRequest(
  request: LogsRequest,
  service: Service,
  forced: QueryState | undefined,
): Answer {
  if (request.credential === undefined) {
    return errorAnswer(400, "MissingAuthenticationTokenException");
  }
  switch (request.operation) {
    case "StartQuery":
      return start(request.input, service);
    case "GetQueryResults":
      return results(request.input, service, forced);
    case "StopQuery":
      return stop(request.input, service);
    case "DescribeQueries":
      return describeQueries(request.input, service);
    case "DescribeLogGroups":
      return describeLogGroups(request.input, service);
    default:
      return errorAnswer(400, "UnknownOperationException");
  }
}

type Input = LogsRequest["input"];

function start(input: Input, service: Service): Answer {
  const { logGroupName, queryString, startTime, endTime, limit = 10_000 } = input;
  const logGroup = String(logGroupName);
  const events = service.logGroups[logGroup];
  if (events === undefined) {
    const message = `Log group '${logGroup}' does not exist for account ID '111122223333'`;
    return errorAnswer(400, "ResourceNotFoundException", { message });
  }
  if (!isEpochSeconds(startTime) || !isEpochSeconds(endTime) || endTime < startTime) {
    return errorAnswer(400, "InvalidParameterException", { message: "not a time range" });
  }
  if (typeof limit !== "number" || limit < 1 || limit > service.highestLimit) {
    const message = `Value '${String(limit)}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${service.highestLimit}`;
    return errorAnswer(400, "InvalidParameterException", { message });
  }
  if (endTime < service.createdAt) return beforeCreation();
  if (active(service).length >= service.concurrency) {
    const message = "Account maximum query concurrency limit reached";
    return errorAnswer(400, "LimitExceededException", { message });
  }
  const id = randomUUID();
  const query = { id, text: String(queryString), logGroup, startTime, endTime };
  try {
    const served = startQuery(
      { ...query, limit: Math.min(limit, service.rowLimit) },
      events,
      service.discover,
    );
    service.queries.set(id, served);
    return jsonAnswer({ queryId: id });
  } catch (error) {
    if (error instanceof MalformedQuery) return malformed(error);
    throw error;
  }
}

function results(input: Input, service: Service, forced: QueryState | undefined): Answer {
  const query = service.queries.get(String(input["queryId"]));
  if (query === undefined) return noQuery();
  if (forced === "Unknown") return jsonAnswer({ status: forced, results: [] });
  if (forced !== undefined) query.state = forced;
  else moveOn(query, service.looks);
  if (query.state !== "Complete") {
    const partial = query.state === "Running" ? toCells(query.partial(), service.writeNumber) : [];
    return jsonAnswer({
      status: query.state,
      results: partial.slice(0, service.pageSize),
      statistics: statistics(query, 0.5),
    });
  }
  const rows = toCells(query.answer, service.writeNumber).slice(0, query.limit);
  const from = Number(input["nextToken"] ?? 0);
  const size = Math.min(Number(input["maxItems"] ?? service.pageSize), service.pageSize);
  const to = from + size;
  return jsonAnswer({
    status: "Complete",
    results: rows.slice(from, to),
    statistics: { ...statistics(query, 1), resultCount: rows.length },
    ...(to < rows.length ? { nextToken: String(to) } : {}),
  });
}

function moveOn(query: ServedQuery, { scheduled, running }: Service["looks"]): void {
  if (query.state !== "Scheduled" && query.state !== "Running") return;
  query.looks += 1;
  query.state =
    query.looks <= scheduled
      ? "Scheduled"
      : query.looks <= scheduled + running
        ? "Running"
        : "Complete";
}

function statistics({ events, answer, bytes }: ServedQuery, share: number): object {
  return {
    recordsScanned: events.length * share,
    recordsMatched: answer.recordsMatched * share,
    bytesScanned: bytes * share,
    logGroupsScanned: 1,
  };
}

function stop(input: Input, service: Service): Answer {
  const query = service.queries.get(String(input["queryId"]));
  if (query === undefined) return noQuery();
  if (query.state !== "Scheduled" && query.state !== "Running") {
    const message = `Query (id: ${query.id}) is not running`;
    return errorAnswer(400, "InvalidParameterException", { message });
  }
  query.state = "Cancelled";
  return jsonAnswer({ success: true });
}

function describeQueries({ logGroupName }: Input, service: Service): Answer {
  const queries = [...service.queries.values()]
    .filter(({ logGroup }) => logGroupName === undefined || logGroup === logGroupName)
    .map(({ id, text, state, logGroup }) => ({
      queryId: id,
      queryString: text,
      status: state,
      logGroupName: logGroup,
    }));
  return jsonAnswer({ queries });
}

function describeLogGroups({ nextToken, limit = 50 }: Input, service: Service): Answer {
  const names = Object.keys(service.logGroups).toSorted();
  const from = Number(nextToken ?? 0);
  const to = from + Math.min(Number(limit), 50);
  return jsonAnswer({
    logGroups: names.slice(from, to).map((logGroupName) => ({ logGroupName })),
    ...(to < names.length ? { nextToken: String(to) } : {}),
  });
}

function active({ queries }: Service): ServedQuery[] {
  return [...queries.values()].filter(({ state }) => state === "Scheduled" || state === "Running");
}

// Milliseconds would lie a thousand times further in the future.
function isEpochSeconds(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 1e11;
}

function noQuery(): Answer {
  return errorAnswer(400, "ResourceNotFoundException", { message: "Query does not exist" });
}

function beforeCreation(): Answer {
  const message =
    "end date and time is either before the log groups creation time or exceeds the log groups log retention settings";
  return errorAnswer(400, "MalformedQueryException", { message });
}

function malformed({ message, start, end }: MalformedQuery): Answer {
  return errorAnswer(400, "MalformedQueryException", {
    message,
    queryCompileError: { message, location: { startCharOffset: start, endCharOffset: end } },
  });
}
