import type { IncomingMessage } from "node:http";

/** One call as the front understood it; `status` is filled in when it is answered. */
export interface FrontRequest {
  /** `StartQueryExecution`, …; of STS for what is sent as a form. */
  readonly operation: string;
  readonly service: "athena" | "sts";
  readonly input: Readonly<Record<string, unknown>>;
  readonly credential: FrontCredential | undefined;
  /** 0 while no answer was sent, or when the connection was cut instead. */
  status: number;
}

export interface FrontCredential {
  readonly accessKeyId: string;
  readonly region: string;
  /** The client's clock when it signed, in milliseconds. */
  readonly signedAt: number;
}

const TARGET = /^AmazonAthena\.(\w+)$/;

/** Reads a call of AWS JSON 1.1, or of STS's query protocol. */
export async function readRequest(message: IncomingMessage): Promise<FrontRequest> {
  const body = await readBody(message);
  const target = TARGET.exec(String(message.headers["x-amz-target"] ?? ""))?.[1];
  const credential = readCredential(message.headers);
  if (target !== undefined) {
    const input = JSON.parse(body) as Record<string, unknown>;
    return { operation: target, service: "athena", input, credential, status: 0 };
  }
  const form = new URLSearchParams(body);
  const operation = form.get("Action") ?? "Unsupported";
  return { operation, service: "sts", input: Object.fromEntries(form), credential, status: 0 };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

// The shape of Signature Version 4, not its value.
function readCredential(headers: IncomingMessage["headers"]): FrontCredential | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([a-z0-9-]+)\/(?:athena|sts)\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/.exec(
      headers.authorization ?? "",
    );
  if (match === null) return undefined;
  const stamp = String(headers["x-amz-date"] ?? "");
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  return { accessKeyId: match[1]!, region: match[2]!, signedAt: Date.parse(iso) };
}
