import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { QueryEngine } from "@turnaway/core";
import { afterEach, describe, expect, test } from "vitest";

import { createTrinoEngine } from "./trino-engine.ts";
import type { TrinoOptions } from "./trino-options.ts";

/** What the scripted coordinator saw, and what it answers, one step a request. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Step =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | { readonly answer: Record<string, unknown> | string }
  | "reset"
  | "hang";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function startTrino(steps: readonly Step[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const left = [...steps];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body: await readBody(request) });
    if (method === "DELETE") response.writeHead(204).end();
    else play(left.shift() ?? { status: 500 }, response, origin());
  };
  const server = createServer((request, response) => void serve(request, response));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return { url: origin(), seen };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function play(step: Step, response: ServerResponse, origin: string): void {
  if (step === "hang") return;
  if (step === "reset") return void response.destroy();
  if ("status" in step) return void response.writeHead(step.status, step.headers).end(step.body);
  const text = typeof step.answer === "string" ? step.answer : JSON.stringify(step.answer);
  response.setHeader("Content-Type", "application/json").end(text.replaceAll("@", origin));
}

const next = (n: number): Record<string, unknown> => ({ id: "q1", nextUri: `@/v1/next/${n}` });
const COLUMNS = [{ name: "a", type: "bigint" }];
const page = (values: unknown[][], more?: number): Step => ({
  answer: { id: "q1", columns: COLUMNS, data: values, ...(more === undefined ? {} : next(more)) },
});

function connect(url: string, options: Partial<TrinoOptions> = {}): QueryEngine {
  return createTrinoEngine({
    url,
    auth: { type: "none", user: "me" },
    patienceMs: 2000,
    ...options,
  });
}

const statement = { name: "q", sql: "SELECT a" };

describe("answers", () => {
  test("come page by page, also one with the first response", async () => {
    const { url } = await startTrino([page([[1]], 1), page([[2], [null]], 2), page([[3]])]);
    const { rows, stats } = await connect(url).run(statement);
    expect(rows).toEqual([{ a: 1 }, { a: 2 }, { a: null }, { a: 3 }]);
    expect(stats.queryId).toBe("q1");
  });

  test("keep every digit", async () => {
    const body = `{"id":"q1","columns":${JSON.stringify(COLUMNS)},"data":[[9007199254740993],[-9223372036854775808]]}`;
    const { url } = await startTrino([{ answer: body }]);
    expect((await connect(url).run(statement)).rows).toEqual([
      { a: 9007199254740993n },
      { a: -9223372036854775808n },
    ]);
  });

  test("say what was read", async () => {
    const stats = { processedBytes: 10, physicalInputBytes: 700, queuedTimeMillis: 3 };
    const { url } = await startTrino([{ answer: { id: "q1", infoUri: "@/ui", stats } }]);
    const { stats: receipt } = await connect(url).run(statement);
    expect(receipt).toMatchObject({ scannedBytes: 700, queuedMs: 3, consoleUrl: `${url}/ui` });
  });

  const values: readonly [type: string, wire: unknown, value: unknown][] = [
    ["decimal(38, 0)", "123456789012345678901234567890", 123456789012345678901234567890n],
    ["decimal(38,0)", "12", 12],
    ["decimal(10, 2)", "1.50", "1.50"],
    ["double", "NaN", Number.NaN],
    ["double", 0.5, 0.5],
    ["varchar(3)", "", ""],
    ["boolean", false, false],
    ["date", "2026-11-19", "2026-11-19"],
    ["timestamp(3)", "2026-11-19 07:00:00.000", "2026-11-19T07:00:00Z"],
    ["timestamp(6)", "2026-11-19 07:00:00.123999", "2026-11-19T07:00:00.123Z"],
    ["timestamp(0)", "2026-11-19 07:00:00", "2026-11-19T07:00:00Z"],
    ["timestamp(3) with time zone", "2026-11-19 07:00:00.000 UTC", "2026-11-19T07:00:00Z"],
    ["timestamp(3) with time zone", "2026-11-19 07:00:00.000 +05:30", "2026-11-19T01:30:00Z"],
    ["array(integer)", [1, 2], "[1,2]"],
  ];
  test.each(values)("have %s %s as %s", async (type, wire, value) => {
    const answer = { id: "q1", columns: [{ name: "v", type }], data: [[wire]] };
    const { url } = await startTrino([{ answer }]);
    expect((await connect(url).run(statement)).rows).toEqual([{ v: value }]);
  });
});

describe("requests", () => {
  test("name catalog, schema, session and zone", async () => {
    const { url, seen } = await startTrino([page([])]);
    const options = { catalog: "c", schema: "s", session: { query_max_run_time: "1h 5m" } };
    await connect(url, options).run(statement);
    expect(seen[0]!.headers).toMatchObject({
      "x-trino-user": "me",
      "x-trino-catalog": "c",
      "x-trino-schema": "s",
      "x-trino-time-zone": "UTC",
      "x-trino-session": "query_max_run_time=1h%205m",
    });
  });

  const logins: readonly [TrinoOptions["auth"], Record<string, string | undefined>][] = [
    [
      { type: "basic", user: "ann", password: "pä:ss" },
      { authorization: "Basic YW5uOnDDpDpzcw==", "x-trino-user": "ann" },
    ],
    [
      { type: "jwt", token: "t.o.k" },
      { authorization: "Bearer t.o.k", "x-trino-user": undefined },
    ],
    [
      { type: "jwt", token: "t.o.k", user: "bob" },
      { authorization: "Bearer t.o.k", "x-trino-user": "bob" },
    ],
  ];
  test.each(logins)("log in as %o", async (auth, headers) => {
    const { url, seen } = await startTrino([page([], 1), page([])]);
    await connect(url, { auth }).run(statement);
    for (const request of seen) {
      for (const [name, value] of Object.entries(headers)) {
        expect(request.headers[name]).toBe(value);
      }
    }
  });

  test("carry parameters as literals of their own", async () => {
    const { url, seen } = await startTrino([page([])]);
    await connect(url).run({ name: "q", sql: "SELECT ?, ?", params: ["it's ü", 5] });
    expect(seen[0]!.body).toBe("EXECUTE IMMEDIATE 'SELECT ?, ?' USING 'it''s ü', 5");
  });
});

describe("trouble on the way", () => {
  const passing: readonly [string, readonly Step[]][] = [
    ["502 for a statement", [{ status: 502 }, page([[1]])]],
    ["503 for a page", [{ answer: next(1) }, { status: 503 }, page([[1]])]],
    [
      "504 with a page of HTML",
      [{ answer: next(1) }, { status: 504, body: "<html>" }, page([[1]])],
    ],
    ["429 with a time", [{ status: 429, headers: { "Retry-After": "0" } }, page([[1]])]],
    ["a lost connection", [{ answer: next(1) }, "reset", page([[1]])]],
  ];
  test.each(passing)("passes: %s", async (_name, steps) => {
    const { url } = await startTrino(steps);
    expect((await connect(url).run(statement)).rows).toEqual([{ a: 1 }]);
  });

  const lasting: readonly [string, readonly Step[], RegExp][] = [
    ["401", [{ status: 401, body: "Unauthorized" }], /Trino can't be asked.*HTTP 401.*password/],
    ["404", [{ status: 404 }], /HTTP 404.*coordinator/],
    ["no Trino", [{ status: 200, body: "hello" }], /not that of a Trino/],
    ["gone", [{ answer: next(1) }, { status: 500 }], /gone in the middle.*query q1.*HTTP 500/],
  ];
  test.each(lasting)("is told: %s", async (_name, steps, message) => {
    const { url } = await startTrino(steps);
    await expect(connect(url).run(statement)).rejects.toThrow(message);
  });

  test("leaves no query behind", async () => {
    const { url, seen } = await startTrino([{ answer: next(1) }, { status: 500 }]);
    await expect(connect(url).run(statement)).rejects.toThrow();
    expect(seen.at(-1)).toMatchObject({ method: "DELETE", url: "/v1/next/1" });
  });

  test("shows no secret, not even to a debugger", async () => {
    const { url } = await startTrino([{ status: 403, body: "no" }]);
    const auth = { type: "jwt", token: "s3cret" } as const;
    const { inspect } = await import("node:util");
    const error: unknown = await connect(url, { auth })
      .run(statement)
      .catch((e: unknown) => e);
    expect(inspect(error, { depth: 9 })).toContain("HTTP 403");
    expect(inspect(error, { depth: 9 })).not.toContain("s3cret");
  });

  test("a port where nobody listens is told at once", async () => {
    const { url } = await startTrino([]);
    servers.splice(0)[0]!.close();
    await expect(connect(url).run(statement)).rejects.toThrow(/ECONNREFUSED.*[Ss]tart the server/s);
  });
});

describe("errors of a query", () => {
  const failures: readonly [errorName: string, errorType: string, fix: RegExp][] = [
    ["TABLE_NOT_FOUND", "USER_ERROR", /views deploy/],
    ["VIEW_IS_STALE", "USER_ERROR", /views deploy/],
    ["PERMISSION_DENIED", "USER_ERROR", /Let the user read/],
    ["EXCEEDED_TIME_LIMIT", "INSUFFICIENT_RESOURCES", /fewer days/],
    ["SOMETHING_NEW", "EXTERNAL", /bucket and the catalogue/],
  ];
  test.each(failures)("%s says what to do", async (errorName, errorType, fix) => {
    const error = { message: "line 1:1: it\nfailed.", errorName, errorType };
    const { url } = await startTrino([{ answer: { id: "q1", error } }]);
    const failure = connect(url).run(statement);
    await expect(failure).rejects.toMatchObject({ code: "ENGINE" });
    await expect(failure).rejects.toThrow(
      `(trino, q, query q1): ${errorName}: line 1:1: it failed.`,
    );
    await expect(failure).rejects.toThrow(fix);
  });
});

describe("an interruption", () => {
  test("cancels the query, and waits until that is done", async () => {
    const { url, seen } = await startTrino([{ answer: next(1) }, "hang"]);
    const interrupted = new AbortController();
    const running = connect(url).run(statement, interrupted.signal);
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    interrupted.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    expect(seen.at(-1)).toMatchObject({ method: "DELETE", url: "/v1/next/1" });
  });

  test("ends the wait for a server that is away", async () => {
    const { url } = await startTrino([{ status: 429, headers: { "Retry-After": "1000" } }]);
    const options = { patienceMs: 10_000_000 };
    const interrupted = AbortSignal.timeout(50);
    await expect(connect(url, options).run(statement, interrupted)).rejects.toThrow(
      /timeout|abort/i,
    );
  });
});

describe("settings", () => {
  const wrong: readonly [Partial<TrinoOptions>, RegExp][] = [
    [{ url: "trino.example.com" }, /write it as https/i],
    [{ url: "https://me:pw@trino.example.com" }, /not in the address/],
    [
      { url: "http://trino.example.com", auth: { type: "basic", user: "a", password: "b" } },
      /unencrypted/,
    ],
    [{ session: { "a=b,c": "1" } }, /session a=b,c/],
  ];
  test.each(wrong)("refuses %j", (options, message) => {
    expect(() => connect("https://trino.example.com", options)).toThrow(message);
  });
});
