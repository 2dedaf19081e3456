import type { IncomingMessage } from "node:http";

/** What was asked of the server, as the SDK sent it. */
export interface LogsRequest {
  /** `StartQuery` and the like. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Undefined when the request is not signed for this service. */
  readonly credential: string | undefined;
  /** HTTP status of the answer; 0 while, or when, there is none. */
  status: number;
}

/** Reads AWS JSON 1.1: the operation is in a header, its input the body. */
export async function readRequest(message: IncomingMessage): Promise<LogsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const target = String(message.headers["x-amz-target"] ?? "");
  const signed = /Credential=([^/]+)\/\d{8}\/[\w-]+\/logs\/aws4_request/;
  return {
    operation: /^Logs_20140328\.(\w+)$/.exec(target)?.[1] ?? target,
    input: JSON.parse(Buffer.concat(chunks).toString() || "{}") as LogsRequest["input"],
    credential: signed.exec(message.headers.authorization ?? "")?.[1],
    status: 0,
  };
}
