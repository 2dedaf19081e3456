import { createServer, type ServerResponse } from "node:http";

import { listenOnLoopback } from "../listen-on-loopback.ts";
import { type Answer, errorAnswer, send } from "./answer.ts";
import { FaultScript, type FaultRule } from "./faults.ts";
import type { Fields } from "./insights/compile-expression.ts";
import { discoverFields, type WindowNames } from "./insights/discover-fields.ts";
import type { LogEvent } from "./insights/run-query.ts";
import { answerRequest, type Service } from "./operations.ts";
import { type LogsRequest, readRequest } from "./request.ts";

export interface LogsServerOptions {
  readonly logGroups: Readonly<Record<string, readonly LogEvent[]>>;
  /** Most rows that a query gives, whatever it asks for. The service's own is 100,000. */
  readonly rowLimit?: number;
  /** Highest limit that may be asked for. The service's own is 100,000, and was 10,000. */
  readonly highestLimit?: number;
  /** Most rows on a page. The service's own is 10,000. */
  readonly pageSize?: number;
  /** Queries that may run side by side. The service's own is 100. */
  readonly concurrency?: number;
  /** Looks that find a query scheduled, and then running. One and one by default. */
  readonly looks?: { readonly scheduled: number; readonly running: number };
  /** How records of the default format name their window. */
  readonly windowNames?: WindowNames;
  /** How numbers are written. Plain by default. */
  readonly writeNumber?: (value: number) => string;
  /** When the log groups were made, Unix seconds. A window before it is refused. */
  readonly createdAt?: number;
}

/** CloudWatch Logs on loopback: as much of it as Logs Insights is, with a memory. */
export interface LogsServer {
  readonly url: string;
  /** Every request in the order of arrival. */
  readonly requests: LogsRequest[];
  /** Queries that neither ended nor were stopped. */
  openQueries(): string[];
  inject(rule: FaultRule): void;
  /** Forgets requests, faults and queries. */
  reset(): void;
  close(): Promise<void>;
}

export async function startLogsServer(options: LogsServerOptions): Promise<LogsServer> {
  const requests: LogsRequest[] = [];
  const faults = new FaultScript();
  const service: Service = {
    logGroups: options.logGroups,
    queries: new Map(),
    rowLimit: options.rowLimit ?? 100_000,
    highestLimit: options.highestLimit ?? 100_000,
    pageSize: options.pageSize ?? 10_000,
    concurrency: options.concurrency ?? 100,
    looks: options.looks ?? { scheduled: 1, running: 1 },
    discover: discoverOnce(options.windowNames ?? "startTime"),
    writeNumber: options.writeNumber ?? String,
    createdAt: options.createdAt ?? 0,
  };
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    requests.push(request);
    respond({ request, response, service, faults });
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url,
    requests,
    openQueries: () =>
      [...service.queries.values()]
        .filter(({ state }) => state === "Scheduled" || state === "Running")
        .map(({ id }) => id),
    inject: (rule) => faults.add(rule),
    reset() {
      requests.length = 0;
      faults.clear();
      service.queries.clear();
    },
    close,
  };
}

interface Exchange {
  readonly request: LogsRequest;
  readonly response: ServerResponse;
  readonly service: Service;
  readonly faults: FaultScript;
}

function respond({ request, response, service, faults }: Exchange): void {
  const fault = faults.next(request);
  const hasEffect = fault === undefined || !["reset", "refuse", "garbage"].includes(fault.kind);
  const answer: Answer = hasEffect
    ? answerRequest(request, service, fault?.kind === "state" ? fault.state : undefined)
    : errorAnswer(500, "InternalFailure");
  request.status = send(response, answer, fault);
}

// Every query asks for the fields of every event.
function discoverOnce(names: WindowNames): (event: LogEvent) => Fields {
  const known = new WeakMap<LogEvent, Fields>();
  return (event) => {
    const fields = known.get(event) ?? discoverFields(event, names);
    known.set(event, fields);
    return fields;
  };
}
