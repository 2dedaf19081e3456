import { createServer, type ServerResponse } from "node:http";

import { listenOnLoopback } from "../listen-on-loopback.ts";
import { type Execution, Executions, type Looks, type OutcomeRule } from "./executions.ts";
import {
  errorAnswer,
  type FrontAnswer,
  jsonAnswer,
  sendAnswer,
  ServiceError,
} from "./front-answer.ts";
import type { FrontBackend } from "./front-backend.ts";
import type { FrontCatalog } from "./front-catalog.ts";
import { FrontFaults, type FrontFaultRule } from "./front-faults.ts";
import { type FrontRequest, readRequest } from "./front-request.ts";
import { type FrontState, OPERATIONS } from "./operations.ts";
import { answerSts } from "./sts-answers.ts";

export interface AthenaFrontOptions {
  readonly backend: FrontBackend;
  /** Default: the workgroup and the database `turnaway`, without tables. */
  readonly catalog?: FrontCatalog;
  /** Default: one look finds a query waiting, one running. */
  readonly looks?: Looks;
  /** Queries that may be active at once. Default is 200. */
  readonly quota?: number;
  /** What STS says the caller's account is. */
  readonly account?: string;
}

/** Athena's API on loopback, over a backend that runs the SQL. */
export interface AthenaFront {
  readonly url: string;
  /** Every call in the order of arrival. */
  readonly requests: readonly FrontRequest[];
  /** Every query, the oldest first. */
  readonly executions: readonly Execution[];
  /** Changed at will: what the next calls find. */
  catalog: FrontCatalog;
  quota: number;
  /** How far the service's clock is ahead of this machine's, in milliseconds. */
  clockOffsetMs: number;
  /** Access keys whose session has ended. */
  readonly expiredKeys: Set<string>;
  inject(rule: FrontFaultRule): void;
  /** Decides what becomes of queries that are started from now on. */
  plan(rule: OutcomeRule): void;
  /** Forgets queries, requests, faults and plans. */
  reset(): void;
  close(): Promise<void>;
}

export async function startAthenaFront(options: AthenaFrontOptions): Promise<AthenaFront> {
  const requests: FrontRequest[] = [];
  const faults = new FrontFaults();
  const executions = new Executions(options.backend, options.looks ?? { queued: 1, running: 1 });
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    requests.push(request);
    await respond(front, { request, response, faults, executions, options });
  });
  const { url, close } = await listenOnLoopback(server);
  const front: AthenaFront = {
    url,
    requests,
    executions: executions.all,
    catalog: options.catalog ?? DEFAULT_CATALOG,
    quota: options.quota ?? 200,
    clockOffsetMs: 0,
    expiredKeys: new Set(),
    inject: (rule) => faults.add(rule),
    plan: (rule) => executions.plan(rule),
    reset() {
      requests.length = 0;
      faults.clear();
      executions.clear();
      front.catalog = options.catalog ?? DEFAULT_CATALOG;
      front.quota = options.quota ?? 200;
      front.clockOffsetMs = 0;
      front.expiredKeys.clear();
    },
    async close() {
      executions.clear();
      await close();
    },
  };
  return front;
}

const DEFAULT_CATALOG: FrontCatalog = {
  workgroups: { turnaway: {} },
  databases: { turnaway: [] },
};
const LARGEST_SKEW_MS = 5 * 60_000;

interface Exchange {
  readonly request: FrontRequest;
  readonly response: ServerResponse;
  readonly faults: FrontFaults;
  readonly executions: Executions;
  readonly options: AthenaFrontOptions;
}

async function respond(front: AthenaFront, exchange: Exchange): Promise<void> {
  const { request, response, faults, executions, options } = exchange;
  const fault = faults.next(request);
  // Of these the service never hears.
  const isUnheard = fault?.kind === "reset" || fault?.kind === "hang" || fault?.kind === "refuse";
  const state = { catalog: front.catalog, executions, quota: front.quota };
  const answer = isUnheard
    ? jsonAnswer({})
    : await answerTo(front, request, { state, account: options.account ?? "123456789012" });
  const dated = { date: new Date(Date.now() + front.clockOffsetMs).toUTCString() };
  request.status = sendAnswer(
    response,
    { ...answer, headers: { ...answer.headers, ...dated } },
    fault,
  );
}

async function answerTo(
  front: AthenaFront,
  request: FrontRequest,
  { state, account }: { state: FrontState; account: string },
): Promise<FrontAnswer> {
  try {
    if (request.service === "sts") return answerSts(request, account);
    checkCredential(front, request);
    const operation = OPERATIONS[request.operation];
    if (operation === undefined) {
      throw new ServiceError("UnknownOperationException", `no operation ${request.operation}`);
    }
    return jsonAnswer(await operation(request.input, state));
  } catch (error) {
    if (error instanceof ServiceError) return errorAnswer(error);
    return errorAnswer(new ServiceError("InternalServerException", String(error), { status: 500 }));
  }
}

function checkCredential(front: AthenaFront, { credential }: FrontRequest): void {
  if (credential === undefined) {
    throw new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (front.expiredKeys.has(credential.accessKeyId)) {
    throw new ServiceError(
      "ExpiredTokenException",
      "The security token included in the request is expired",
    );
  }
  const skew = Date.now() + front.clockOffsetMs - credential.signedAt;
  if (Math.abs(skew) > LARGEST_SKEW_MS) {
    const stamp = new Date(credential.signedAt).toISOString();
    throw new ServiceError(
      "InvalidSignatureException",
      `Signature ${skew > 0 ? "expired" : "not yet current"}: ${stamp} is not within 5 minutes of the service's clock`,
    );
  }
}
