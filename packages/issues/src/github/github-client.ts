// oxlint-disable-next-line typescript/triple-slash-reference -- for packages that import this one
/// <reference path="./bottleneck-light.d.ts" />
import { randomUUID } from "node:crypto";
import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck/light.js";
import { DEFAULT_PACE, type Pace } from "./pace.ts";

/** Where to post, and as whom. */
export interface GithubAccess {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** `GITHUB_API_URL`. Default https://api.github.com. */
  readonly apiUrl?: string;
  readonly pace?: Partial<Pace>;
  /** What requests go through, where a proxy is between. Default is Node's own. */
  readonly fetch?: typeof fetch;
}

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Two ways to ask GitHub. What comes back is unknown until a schema has looked at it: a proxy's
 * page and half an answer are 200 too.
 */
export interface GithubClient {
  readonly access: GithubAccess;
  readonly pace: Pace;
  /** For what may be done twice: reads, and writes that set a value. Waits and tries again. */
  repeat(route: string, parameters?: Parameters): Promise<unknown>;
  /** For what makes something new: one request, whatever becomes of it. */
  once(route: string, parameters?: Parameters): Promise<unknown>;
  /** Every page of a listing. */
  pages(route: string, parameters: Parameters): Promise<unknown[]>;
  graphql(query: string): Promise<unknown>;
}

export function connectGithub(access: GithubAccess): GithubClient {
  const pace = { ...DEFAULT_PACE, ...access.pace };
  const common = {
    auth: access.token,
    userAgent: "turnaway",
    log: SILENT,
    ...(access.apiUrl !== undefined && { baseUrl: access.apiUrl.replace(/\/+$/, "") }),
    request: { fetch: fetchWithin(pace.timeoutMs, access.fetch ?? fetch) },
  };
  const plain = new Octokit(common);
  const patient = new (Octokit.plugin(retry, throttling))({ ...common, ...patience(pace) });
  const where = { owner: access.owner, repo: access.repo };
  const repeat = async (route: string, parameters: Parameters = {}): Promise<unknown> =>
    (await patient.request(route, { ...where, ...parameters })).data;
  return {
    access,
    pace,
    repeat,
    once: async (route, parameters = {}) =>
      (await plain.request(route, { ...where, ...parameters })).data,
    pages: (route, parameters) => allPages((page) => repeat(route, { ...parameters, ...page })),
    graphql: (query) => plain.graphql(query),
  };
}

const PAGE_SIZE = 100;

// A page that is not full is the last one. No answer of GitHub's decides where we go next.
async function allPages(read: (page: Parameters) => Promise<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const items = await read({ per_page: PAGE_SIZE, page });
    if (!Array.isArray(items)) return [...all, items];
    all.push(...(items as unknown[]));
    if (items.length < PAGE_SIZE) return all;
  }
}

function patience(pace: Pace) {
  const worthIt = (seconds: number, _: unknown, __: unknown, tried: number): boolean =>
    seconds <= pace.maxWaitSeconds && tried < pace.attempts - 1;
  return {
    retry: { retries: pace.attempts - 1, retryAfterBaseValue: pace.secondMs },
    throttle: {
      // The plugin's own limiters are shared by all clients of a process.
      id: randomUUID(),
      write: new Bottleneck.Group({ maxConcurrent: 1, minTime: pace.writeGapMs }),
      notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: pace.writeGapMs }),
      retryAfterBaseValue: pace.secondMs,
      onRateLimit: worthIt,
      onSecondaryRateLimit: worthIt,
    },
  };
}

// The fetch of Node gives up after 300 seconds, which is longer than a job should hang.
function fetchWithin(ms: number, send: typeof fetch): typeof fetch {
  return (input, init) => {
    const limit = AbortSignal.timeout(ms);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(input, { ...init, signal });
  };
}

const nothing = (): void => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
