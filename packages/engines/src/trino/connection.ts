import { parseExact } from "@turnaway/core";
import { BasicAuth, type ConnectionOptions, type QueryIterator, Trino } from "trino-client";

import { checkOptions, type TrinoAuth, type TrinoOptions } from "./trino-options.ts";

/** One answer of the server, its numbers exact. */
export interface StatementAnswer {
  readonly id: string;
  readonly infoUri?: string;
  /** Where the next answer is; absent in the last one. */
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly stats?: {
    readonly processedBytes?: number;
    readonly physicalInputBytes?: number;
    readonly queuedTimeMillis?: number;
  };
  readonly error?: {
    readonly message: string;
    readonly errorName: string;
    readonly errorType: string;
  };
}

/** The three requests of Trino's protocol. Each throws what axios throws. */
export interface Connection {
  /** Registers a statement; the server begins with it when it is first asked for the answer. */
  submit(sql: string, signal?: AbortSignal): Promise<StatementAnswer>;
  next(uri: string, signal?: AbortSignal): Promise<StatementAnswer>;
  cancel(uri: string): Promise<void>;
}

/**
 * Connects through `trino-client`, which knows headers, TLS and who we are.
 *
 * Its iterator is not used: it drops an answer that comes with the first response, reads
 * JSON numbers as doubles (a sum of bytes passes 2^53), can neither retry nor be aborted.
 * Its `request` takes all that from the caller.
 */
export function openConnection(options: TrinoOptions): Connection {
  checkOptions(options);
  const client = Trino.create(connectionOptions(options))["client"] as Client;
  const ask = (request: Request): Promise<StatementAnswer> =>
    client.request<StatementAnswer>({ ...COMMON, ...request });
  return {
    submit: (sql, signal) =>
      ask({
        method: "POST",
        url: new URL("v1/statement", withSlash(options.url)).href,
        data: sql,
        headers: { "Content-Type": "text/plain; charset=utf-8" },
        ...(signal === undefined ? {} : { signal }),
      }),
    next: (url, signal) => ask({ url, ...(signal === undefined ? {} : { signal }) }),
    async cancel(url) {
      await client.request({ ...COMMON, method: "DELETE", url, timeout: CANCEL_PATIENCE_MS });
    },
  };
}

type Client = ConstructorParameters<typeof QueryIterator>[0];
type Request = Parameters<Client["request"]>[0];

const CANCEL_PATIENCE_MS = 10_000;

const COMMON: Request = {
  responseType: "text",
  transformResponse: [(text: unknown) => parseAnswer(text)],
  // The server answers within a second or two, if only to say that it is not done.
  timeout: 60_000,
};

// Errors of proxies are HTML, and a cancel answers with nothing.
function parseAnswer(text: unknown): unknown {
  if (typeof text !== "string" || !text.startsWith("{")) return text;
  // The exact way is many times slower: it is taken where a long number is in the answer.
  return /\d{16}/.test(text) ? parseExact(text) : JSON.parse(text);
}

function connectionOptions({
  url,
  auth,
  catalog,
  schema,
  ca,
  session,
}: TrinoOptions): ConnectionOptions {
  // An agent keeps its connections only when told, and a handshake for each page is dear.
  const ssl = { keepAlive: true, ...(ca === undefined ? {} : { ca }) };
  return {
    server: url,
    source: "turnaway",
    ssl,
    ...(auth.type === "basic" ? { auth: new BasicAuth(auth.user, auth.password) } : {}),
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    extraHeaders: { ...whoAsks(auth), ...sessionHeader(session), ...SESSION_HEADERS },
  };
}

/** Days are UTC wherever the server stands, and times come with all their digits. */
const SESSION_HEADERS = {
  "X-Trino-Time-Zone": "UTC",
  "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
};

// An empty header is left out: the client would otherwise name the account of this machine.
function whoAsks(auth: TrinoAuth): Record<string, string> {
  if (auth.type === "jwt") {
    return { Authorization: `Bearer ${auth.token}`, "X-Trino-User": auth.user ?? "" };
  }
  return { "X-Trino-User": auth.user };
}

function sessionHeader(session: TrinoOptions["session"]): Record<string, string> {
  const entries = Object.entries(session ?? {});
  if (entries.length === 0) return {};
  const list = entries.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return { "X-Trino-Session": list.join(",") };
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
