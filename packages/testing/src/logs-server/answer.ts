import type { ServerResponse } from "node:http";

import type { Fault } from "./faults.ts";

/** What would be sent if nothing went wrong. */
export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, body: Buffer.from(JSON.stringify(value)) };
}

/** An error of the service; more than a message where its shape has more. */
export function errorAnswer(status: number, code: string, more: object = {}): Answer {
  return jsonAnswer({ __type: code, message: code, ...more }, status);
}

/** Sends the answer, or what the fault makes of it. Returns the status sent, 0 for none. */
export function send(response: ServerResponse, answer: Answer, fault: Fault | undefined): number {
  switch (fault?.kind) {
    case undefined:
    case "state":
      return write(response, answer);
    case "refuse":
      return write(response, errorAnswer(fault.status, fault.code, { message: fault.message }));
    case "garbage":
      return write(response, { status: 200, body: Buffer.from("<html>captive portal</html>") });
    case "hang":
      return 0;
    case "reset":
    case "lose":
      response.socket?.resetAndDestroy();
      return 0;
    case "truncate":
      response.writeHead(200, { ...HEADERS, "content-length": answer.body.length });
      response.write(answer.body.subarray(0, answer.body.length / 2), () =>
        response.socket?.destroy(),
      );
      return 200;
  }
}

const HEADERS = { "content-type": "application/x-amz-json-1.1" };

function write(response: ServerResponse, { status, body }: Answer): number {
  response.writeHead(status, { ...HEADERS, "content-length": body.length });
  response.end(body);
  return status;
}
