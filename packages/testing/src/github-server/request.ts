import type { IncomingMessage } from "node:http";

/** One request as the server understood it; `status` is filled in when it is answered. */
export interface GithubRequest {
  readonly method: string;
  /** Without the query: `/repos/octo/network/issues`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** The JSON that was sent; null when there was none or it can't be parsed. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** 0 while no answer was sent, or when the connection was cut instead. */
  status: number;
}

/** @param prefix of the paths, which all of them have, if any */
export async function readRequest(
  message: IncomingMessage,
  prefix?: RegExp,
): Promise<GithubRequest> {
  const url = new URL(message.url ?? "/", "http://localhost");
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? "GET",
    path: prefix === undefined ? url.pathname : withoutPrefix(url.pathname, prefix),
    query: url.searchParams,
    headers: message.headers,
    body: parseBody(Buffer.concat(chunks).toString("utf8")),
    status: 0,
  };
}

/** `POST /repos/octo/network/issues`, with `{}` in place of numbers: what a fault table counts. */
export function operationOf({ method, path }: Pick<GithubRequest, "method" | "path">): string {
  return `${method} ${path.replaceAll(/\/\d+(?=\/|$)/g, "/{}")}`;
}

// A path without it is none of ours, and leads nowhere.
function withoutPrefix(path: string, prefix: RegExp): string {
  return prefix.test(path) ? path.replace(prefix, "") : "/";
}

function parseBody(text: string): GithubRequest["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
