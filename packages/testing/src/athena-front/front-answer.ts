import type { ServerResponse } from "node:http";

import type { FrontFault } from "./front-faults.ts";

/** What would be sent if nothing went wrong. */
export interface FrontAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error of the service, thrown by an operation. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    type: string,
    message: string,
    options: { status?: number; members?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.type = type;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
  }
}

export function jsonAnswer(body: unknown): FrontAnswer {
  return { status: 200, headers: { "content-type": JSON_TYPE }, body: JSON.stringify(body) };
}

export function errorAnswer({ type, status, message, members }: ServiceError): FrontAnswer {
  return {
    status,
    headers: { "content-type": JSON_TYPE, "x-amzn-errortype": type },
    body: JSON.stringify({ __type: type, Message: message, message, ...members }),
  };
}

export function xmlAnswer(body: string, status = 200): FrontAnswer {
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** Sends the answer, or what the fault makes of it. Returns the status sent, 0 for none. */
export function sendAnswer(
  response: ServerResponse,
  answer: FrontAnswer,
  fault: FrontFault | undefined,
): number {
  switch (fault?.kind) {
    case undefined:
      return write(response, answer);
    case "refuse": {
      const { type, message, status, members = {} } = fault;
      return write(response, errorAnswer(new ServiceError(type, message, { status, members })));
    }
    case "garbage":
      return write(response, { ...answer, status: 200, body: "<html>captive portal</html>" });
    case "empty":
      return write(response, jsonAnswer({}));
    case "short":
      return write(response, {
        ...answer,
        body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
      });
    case "hang":
      return 0;
    case "reset":
    case "lost":
      response.socket?.resetAndDestroy();
      return 0;
  }
}

const JSON_TYPE = "application/x-amz-json-1.1";

function write(response: ServerResponse, answer: FrontAnswer): number {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": body.length });
  response.end(body);
  return answer.status;
}
