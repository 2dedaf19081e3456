import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { listenOnLoopback } from "../listen-on-loopback.ts";
import { refused, type GithubAnswer } from "./answer.ts";
import { GithubFaultScript, type GithubFaultRule } from "./faults.ts";
import { checkAnswer, checkRequest } from "./openapi/check-protocol.ts";
import { readRequest, type GithubRequest } from "./request.ts";
import { route } from "./route.ts";
import { GithubStore, type GithubAccount } from "./store.ts";

export interface GithubServerOptions {
  readonly store?: GithubStore;
  /** Who each token is. A token that is not here is answered 401. */
  readonly accounts?: Readonly<Record<string, GithubAccount>>;
  /** Answers under `/api/v3` and `/api/graphql`, as a GitHub Enterprise Server does. */
  readonly isEnterprise?: boolean;
}

/** The token of a workflow, and whom it acts as. */
export const WORKFLOW_TOKEN = "workflow-token";
export const WORKFLOW_BOT: GithubAccount = {
  login: "github-actions[bot]",
  type: "Bot",
  access: "write",
};

/** GitHub's REST interface on loopback, as far as the life of an issue needs it. */
export interface GithubServer {
  readonly url: string;
  readonly store: GithubStore;
  /** Every request in the order of arrival. */
  readonly requests: GithubRequest[];
  inject(rule: GithubFaultRule): void;
  /** Nothing goes wrong from here on. */
  heal(): void;
  /** Goes on from another store, as if nothing had been asked yet and nothing went wrong. */
  restart(store: GithubStore): void;
  close(): Promise<void>;
}

export async function startGithubServer(options: GithubServerOptions = {}): Promise<GithubServer> {
  const { accounts = { [WORKFLOW_TOKEN]: WORKFLOW_BOT }, isEnterprise = false } = options;
  let { store = new GithubStore() } = options;
  const requests: GithubRequest[] = [];
  const faults = new GithubFaultScript();
  const server = createServer(async (message, response) => {
    const request = await readRequest(message, isEnterprise ? ENTERPRISE_PREFIX : undefined);
    requests.push(request);
    const rule = faults.next(request);
    const answer = answerTo(request, rule, () => {
      const account = accountOf(request, accounts);
      return account === undefined
        ? refused(401, "Bad credentials")
        : checked(request, () => route({ request, store, account, api: url }));
    });
    await send(response, request, { answer, rule, used: requests.length });
  });
  const { url: origin, close } = await listenOnLoopback(server);
  const url = isEnterprise ? `${origin}/api/v3` : origin;
  return {
    url,
    get store() {
      return store;
    },
    requests,
    inject: (rule) => faults.add(rule),
    heal: () => faults.clear(),
    restart(other) {
      store = other;
      requests.length = 0;
      faults.clear();
    },
    close,
  };
}

const ENTERPRISE_PREFIX = /^\/api\/v3(?=\/)|^\/api(?=\/graphql$)/;

// `before` leaves the work undone, which for a slow answer means only that it comes late.
function answerTo(
  request: GithubRequest,
  rule: GithubFaultRule | undefined,
  work: () => GithubAnswer,
): GithubAnswer {
  const fault = rule?.fault;
  if (fault?.kind === "old-body" && request.body !== null) {
    delete (request.body as Record<string, unknown>)["body"];
    return work();
  }
  const skipped = rule?.stage === "before" && fault?.kind !== "slow";
  const answer = skipped ? { status: 200, body: {} } : work();
  if (fault?.kind !== "refuse") return answer;
  return { ...refused(fault.status, fault.message, fault.errors), headers: fault.headers ?? {} };
}

/**
 * Both sides are held to GitHub's own description: a wrong request is refused as GitHub does, and
 * a wrong answer of ours is an error that no test gets past.
 */
function checked(request: GithubRequest, work: () => GithubAnswer): GithubAnswer {
  const wrongRequest = checkRequest(request);
  if (wrongRequest !== undefined) return refused(422, `Invalid request. ${wrongRequest}`);
  const answer = work();
  const wrongAnswer = checkAnswer(request, answer);
  return wrongAnswer === undefined ? answer : refused(501, `Not as GitHub answers: ${wrongAnswer}`);
}

function accountOf(
  { headers }: GithubRequest,
  accounts: Readonly<Record<string, GithubAccount>>,
): GithubAccount | undefined {
  const [, token = ""] = /^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? "") ?? [];
  return Object.hasOwn(accounts, token) ? accounts[token] : undefined;
}

async function send(
  response: ServerResponse,
  request: GithubRequest,
  { answer, rule, used }: { answer: GithubAnswer; rule: GithubFaultRule | undefined; used: number },
): Promise<void> {
  const fault = rule?.fault;
  if (fault?.kind === "hang") return;
  if (fault?.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault?.kind === "slow") await sleep(fault.ms);
  const whole = answer.status === 204 ? "" : JSON.stringify(answer.body);
  const text = fault?.kind === "bad-json" ? whole.slice(0, whole.length / 2) : whole;
  const etag = `"${createHash("sha256").update(whole).digest("hex")}"`;
  const unchanged = request.method === "GET" && request.headers["if-none-match"] === etag;
  request.status = unchanged ? 304 : answer.status;
  response.writeHead(request.status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": `REQ:${used}`,
    "x-ratelimit-limit": "1000",
    "x-ratelimit-remaining": String(Math.max(0, 1000 - used)),
    "x-ratelimit-reset": "4102444800",
    "x-ratelimit-used": String(used),
    "x-ratelimit-resource": "core",
    ...(request.method === "GET" && { etag }),
    ...answer.headers,
  });
  response.end(unchanged ? "" : text);
}
