import { createServer } from "node:http";
import { listenOnLoopback } from "../listen-on-loopback.ts";

/** What was published, by the names of the API: `TopicArn`, `Subject`, `Message`. */
export type SnsMessage = Readonly<Record<string, string>>;

export type SnsFault =
  | { readonly kind: "reset" }
  | { readonly kind: "hang" }
  | { readonly kind: "refuse"; readonly status: number; readonly code: string };

/** SNS on loopback, as far as publishing goes: the query protocol, signed requests, XML. */
export interface SnsServer {
  readonly url: string;
  /** In the order of arrival. */
  readonly published: SnsMessage[];
  /** Requests, refused ones included. */
  readonly requests: { readonly region: string | undefined }[];
  /** What goes wrong with the next requests, one each. */
  readonly faults: SnsFault[];
  close(): Promise<void>;
}

export async function startSnsServer(): Promise<SnsServer> {
  const published: SnsMessage[] = [];
  const requests: { region: string | undefined }[] = [];
  const faults: SnsFault[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const signed = /Credential=[^/]+\/\d{8}\/([\w-]+)\/sns\/aws4_request/;
    const region = signed.exec(message.headers.authorization ?? "")?.[1];
    requests.push({ region });
    const fault = faults.shift();
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") {
      response.socket?.resetAndDestroy();
      return;
    }
    const input = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const refusal = fault ?? refusalOf(input, region);
    response.writeHead(refusal?.status ?? 200, { "content-type": "text/xml" });
    if (refusal === undefined) published.push(input);
    response.end(refusal === undefined ? receipt(published.length) : errorText(refusal.code));
  });
  const { url, close } = await listenOnLoopback(server);
  return { url, published, requests, faults, close };
}

// The limits that SNS documents for `Publish`.
function refusalOf(
  { Action, TopicArn = "", Subject = "", Message = "", ...rest }: SnsMessage,
  region: string | undefined,
): { status: number; code: string } | undefined {
  if (region === undefined) return { status: 403, code: "MissingAuthenticationToken" };
  const isFifo = TopicArn.endsWith(".fifo");
  const isValid =
    Action === "Publish" &&
    TopicArn.split(":")[3] === region &&
    /^[!-~][ -~]{0,99}$/.test(Subject) &&
    Message !== "" &&
    Buffer.byteLength(Message) <= 262_144 &&
    isFifo === (rest["MessageGroupId"] !== undefined);
  return isValid ? undefined : { status: 400, code: "InvalidParameter" };
}

function receipt(count: number): string {
  return `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>message-${count}</MessageId></PublishResult><ResponseMetadata><RequestId>request-${count}</RequestId></ResponseMetadata></PublishResponse>`;
}

function errorText(code: string): string {
  return `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>refused as ${code}</Message></Error><RequestId>request</RequestId></ErrorResponse>`;
}
