import type { ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import { errorDocument } from "./xml.ts";

/** What would be sent if nothing went wrong. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export function xmlAnswer(body: string, status = 200, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/xml", ...headers },
    body: Buffer.from(body),
  };
}

export function errorAnswer(
  status: number,
  code: string,
  { message = code, headers = {} }: { message?: string; headers?: Answer["headers"] } = {},
): Answer {
  return xmlAnswer(errorDocument(code, message), status, headers);
}

/** Sends the answer, or what the fault makes of it. Returns the status sent, 0 for none. */
export function send(response: ServerResponse, answer: Answer, fault: Fault | undefined): number {
  switch (fault?.kind) {
    case undefined:
      return write(response, answer);
    case "refuse":
      return write(response, errorAnswer(fault.status, fault.code, fault));
    case "garbage":
      return write(response, { ...answer, body: Buffer.from("<html>captive portal</html>") });
    case "short":
      return write(response, { ...answer, body: half(answer.body) });
    case "corrupt":
      return write(response, { ...answer, body: flipped(answer.body) });
    case "hang":
      return 0;
    case "reset":
      response.socket?.resetAndDestroy();
      return 0;
    case "truncate":
    case "stall":
      writeHalf(response, answer, fault.kind);
      return answer.status;
  }
}

function write(response: ServerResponse, answer: Answer): number {
  response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
  response.end(response.req.method === "HEAD" ? undefined : answer.body);
  return answer.status;
}

function writeHalf(response: ServerResponse, answer: Answer, kind: "truncate" | "stall"): void {
  response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
  response.write(half(answer.body), () => {
    if (kind === "truncate") response.socket?.destroy();
  });
}

function half(body: Uint8Array): Uint8Array {
  return body.subarray(0, Math.floor(body.length / 2));
}

function flipped(body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 0xff;
  return copy;
}
