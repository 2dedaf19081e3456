import { createServer, type ServerResponse } from "node:http";

import { answerSts } from "../athena-front/sts-answers.ts";
import { listenOnLoopback } from "../listen-on-loopback.ts";
import { type ConsoleChange, editAnalysis, editDashboard } from "./console.ts";
import { QuickSightFaultScript, type QuickSightFaultRule } from "./faults.ts";
import { answerGetRole } from "./iam-answers.ts";
import { operate } from "./operations.ts";
import { type QuickSightRequest, readRequest } from "./request.ts";
import { ServiceError } from "./service-error.ts";
import { QuickSightStore } from "./store.ts";
import type { Outcome } from "./work.ts";

export interface QuickSightServerOptions {
  readonly store?: QuickSightStore;
  /** Looks that find a version, an ingestion or a data source in progress. One by default. */
  readonly looks?: number;
  /** Items of a page at most. 100 by default, as the service has it. */
  readonly pageSize?: number;
}

/** A request that the service's own model refuses. */
export interface Violation {
  readonly operation: string;
  readonly problems: readonly string[];
}

/** QuickSight on loopback, with a memory; and beside it who asks, of STS, and roles, of IAM. */
export interface QuickSightServer {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly store: QuickSightStore;
  /** Every call in the order of arrival. */
  readonly requests: readonly QuickSightRequest[];
  /** Requests that are not as the service's model has them. A client of ours sends none. */
  readonly violations: readonly Violation[];
  /** Access keys whose session has ended. */
  readonly expiredKeys: Set<string>;
  /** How often an operation was asked for; without one, how many calls there were. */
  count(operation?: QuickSightRequest["operation"]): number;
  inject(rule: QuickSightFaultRule): void;
  /** Nothing goes wrong from here on, and what was stuck goes on. */
  heal(): void;
  /** What somebody does in the console to a dashboard, which publishes it, or to an analysis. */
  editInConsole(id: string, change: ConsoleChange, kind?: "dashboard" | "analysis"): void;
  /** Goes on from another store, as if nothing had been asked yet and nothing went wrong. */
  restart(store: QuickSightStore): void;
  close(): Promise<void>;
}

export async function startQuickSightServer(
  options: QuickSightServerOptions = {},
): Promise<QuickSightServer> {
  const { looks = 1, pageSize = 100 } = options;
  let { store = new QuickSightStore() } = options;
  const requests: QuickSightRequest[] = [];
  const violations: Violation[] = [];
  const expiredKeys = new Set<string>();
  const faults = new QuickSightFaultScript();
  const work = (request: QuickSightRequest, outcome: Outcome): Answer => {
    const { operation, input } = request;
    if (operation === "GetCallerIdentity") return answerSts({ operation }, store.account);
    if (operation === "GetRole") return answerGetRole(input, store);
    return answerOf(() => {
      checkCredential(request, expiredKeys);
      if (operation === undefined) throw new ServiceError("UnknownOperationException", "?", 404);
      const { region } = request.credential!;
      return operate(operation, { store, input, region, outcome, looks, pageSize }, (problems) => {
        violations.push({ operation, problems });
      });
    });
  };
  const server = createServer(async (message, response) => {
    const request = await readRequest(message, () => requests.length);
    requests.push(request);
    const rule = faults.next(request);
    send(response, request, { answer: answerWith(rule, request, work), rule });
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url,
    get store() {
      return store;
    },
    requests,
    violations,
    expiredKeys,
    count: (operation) =>
      requests.filter((each) => operation === undefined || each.operation === operation).length,
    inject: (rule) => faults.add(rule),
    heal() {
      faults.clear();
      for (const each of store.works()) each.looksLeft = Math.min(each.looksLeft, looks);
    },
    editInConsole(id, change, kind = "dashboard") {
      if (kind === "dashboard") editDashboard(store, id, change);
      else editAnalysis(store, id, change);
    },
    restart(other) {
      store = other;
      requests.length = 0;
      violations.length = 0;
      expiredKeys.clear();
      faults.clear();
    },
    close,
  };
}

/** What is sent when nothing goes wrong on the way. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// `before` leaves the work undone.
function answerWith(
  rule: QuickSightFaultRule | undefined,
  request: QuickSightRequest,
  work: (request: QuickSightRequest, outcome: Outcome) => Answer,
): Answer {
  const fault = rule?.fault;
  if (fault?.kind === "outcome") return work(request, fault.outcome);
  const isDone = rule === undefined || rule.stage === "after";
  const answer = isDone ? work(request, {}) : json(200, {});
  if (fault?.kind !== "refuse") return answer;
  return errorAnswer(new ServiceError(fault.type, fault.message, fault.status));
}

function answerOf(work: () => object): Answer {
  try {
    return json(200, work());
  } catch (error) {
    if (error instanceof ServiceError) return errorAnswer(error);
    throw error;
  }
}

function checkCredential({ credential }: QuickSightRequest, expired: ReadonlySet<string>): void {
  if (credential === undefined) {
    throw new ServiceError("MissingAuthenticationTokenException", "The request is not signed", 403);
  }
  if (expired.has(credential.accessKeyId)) {
    const message = "The security token included in the request is expired";
    throw new ServiceError("ExpiredTokenException", message, 403);
  }
}

function errorAnswer({ type, message, status }: ServiceError): Answer {
  const { headers, ...answer } = json(status, { Message: message, RequestId: "request" });
  return { ...answer, headers: { ...headers, "x-amzn-errortype": type } };
}

function json(status: number, body: object): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-requestid": "request" },
    body: JSON.stringify(body),
  };
}

function send(
  response: ServerResponse,
  request: QuickSightRequest,
  { answer, rule }: { answer: Answer; rule: QuickSightFaultRule | undefined },
): void {
  const kind = rule?.fault.kind;
  if (kind === "hang") return;
  if (kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  request.status = answer.status;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, answer.headers);
  response.end(kind === "bad-json" ? body.subarray(0, Math.ceil(body.length / 2)) : body);
}
