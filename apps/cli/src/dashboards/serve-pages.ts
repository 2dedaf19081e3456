import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { formatDetail, TurnawayError } from "@turnaway/core";
import { CONTENT_SECURITY_POLICY } from "@turnaway/preview";

/** What a path and its query are answered with. */
export type Page = (path: string, query: URLSearchParams) => Promise<PageAnswer>;

export type PageAnswer =
  | { readonly status: 200; readonly html: string }
  | { readonly status: 303; readonly location: string }
  | { readonly status: 400 | 404 | 405 | 421 | 500; readonly text: string };

export interface ServeOptions {
  /** A port that a person named is taken or refused; of others the next free one is taken. */
  readonly port: { readonly port: number; readonly isFixed: boolean };
  readonly signal: AbortSignal;
}

/**
 * Answers on 127.0.0.1 until the signal aborts, one page at a time.
 *
 * @param ready is told the address once it answers
 * @throws TurnawayError USAGE where the port is taken
 */
export async function servePages(
  page: Page,
  { port, signal }: ServeOptions,
  ready: (url: string) => Promise<void>,
): Promise<void> {
  let turn: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    // The engine answers one question after the other anyway.
    turn = turn.then(() => answer(page, request, response)).catch(() => response.destroy());
  });
  server.requestTimeout = 30_000;
  const taken = await listen(server, port);
  try {
    await ready(`http://127.0.0.1:${taken}/`);
    await aborted(signal);
  } finally {
    server.close();
    server.closeAllConnections();
    await turn;
  }
}

async function answer(
  page: Page,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await answerOf(page, request);
  response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Cache-Control", "no-store");
  response.statusCode = found.status;
  if (found.status === 303) response.setHeader("Location", found.location);
  if (found.status === 405) response.setHeader("Allow", "GET, HEAD");
  const isHtml = "html" in found;
  response.setHeader("Content-Type", `text/${isHtml ? "html" : "plain"}; charset=utf-8`);
  const body = isHtml ? found.html : "text" in found ? `${found.text}\n` : "";
  response.end(request.method === "HEAD" ? undefined : body);
}

async function answerOf(page: Page, request: IncomingMessage): Promise<PageAnswer> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { status: 405, text: "Only GET: nothing can be changed here." };
  }
  // A page of the internet whose name points here must not read what the logs say.
  if (!isOwnHost(request)) {
    return { status: 421, text: "Open it as http://127.0.0.1 or http://localhost." };
  }
  try {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    return await page(pathname, searchParams);
  } catch (error) {
    if (error instanceof TurnawayError && error.fault === "user") {
      return { status: 400, text: error.details.map(formatDetail).join("\n") };
    }
    if (error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_URL") {
      return { status: 400, text: "The address can't be read." };
    }
    return { status: 500, text: error instanceof Error ? error.message : String(error) };
  }
}

function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const own = ["127.0.0.1", "localhost"].map((name) => `${name}:${socket.localPort}`);
  return own.includes((headers.host ?? "").toLowerCase());
}

const PORTS_TRIED = 20;

async function listen(server: Server, { port, isFixed }: ServeOptions["port"]): Promise<number> {
  for (let next = port; ; next++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(next, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && !isFixed && next < port + PORTS_TRIED) continue;
      const why = code === "EADDRINUSE" ? "something else listens there" : (code ?? String(error));
      throw new TurnawayError(
        "USAGE",
        {
          what: "no port to serve on",
          where: `127.0.0.1:${next}`,
          why,
          fix: "name another with --port",
        },
        { cause: error },
      );
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
