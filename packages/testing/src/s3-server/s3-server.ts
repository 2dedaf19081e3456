import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOnLoopback } from "../listen-on-loopback.ts";
import { errorAnswer, send, xmlAnswer, type Answer } from "./answer.ts";
import { etagOf, type Bucket, type StoredObject } from "./bucket.ts";
import { checksumOf } from "./checksums.ts";
import { FaultScript, type FaultRule } from "./faults.ts";
import { listObjects } from "./list-objects.ts";
import { parseRequest, type S3Request } from "./request.ts";
import { element, xmlDocument } from "./xml.ts";

export interface S3ServerOptions {
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Most keys on a page of a listing; small makes paging show. S3's own is 1000. */
  readonly pageSize?: number;
}

/** An S3 endpoint on loopback, path style, that remembers what it was asked. */
export interface S3Server {
  readonly url: string;
  /** Every request in the order of arrival. */
  readonly requests: S3Request[];
  inject(rule: FaultRule): void;
  /** Forgets requests and faults. */
  reset(): void;
  close(): Promise<void>;
}

export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const requests: S3Request[] = [];
  const faults = new FaultScript();
  const server = createServer(async (message, response) => {
    const request = parseRequest(message);
    requests.push(request);
    await respond({ request, response, message, options, faults });
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url,
    requests,
    inject: (rule) => faults.add(rule),
    reset() {
      requests.length = 0;
      faults.clear();
    },
    close,
  };
}

interface Exchange {
  readonly request: S3Request;
  readonly response: ServerResponse;
  readonly message: IncomingMessage;
  readonly options: S3ServerOptions;
  readonly faults: FaultScript;
}

async function respond({ request, response, message, options, faults }: Exchange): Promise<void> {
  message.resume();
  const fault = faults.next(request);
  const answer = await answerTo(request, options).catch((error: unknown) =>
    errorAnswer(500, "InternalError", { message: String(error) }),
  );
  request.status = fault?.kind === "refuse" ? fault.status : answer.status;
  const sent = send(response, answer, fault);
  request.status = sent;
}

async function answerTo(request: S3Request, options: S3ServerOptions): Promise<Answer> {
  const bucket = options.buckets[request.bucket];
  if (request.credential === undefined) {
    return errorAnswer(403, "AccessDenied", { message: "The request is not signed for S3" });
  }
  if (bucket === undefined) return errorAnswer(404, "NoSuchBucket");
  const headers = { "x-amz-bucket-region": bucket.region };
  if (request.credential.region !== bucket.region) {
    return errorAnswer(301, "PermanentRedirect", { headers });
  }
  switch (request.operation) {
    case "HeadBucket":
      return { status: 200, headers, body: Buffer.alloc(0) };
    case "GetBucketLocation":
      return xmlAnswer(xmlDocument(element("LocationConstraint", location(bucket.region))));
    case "ListObjectsV2":
      return xmlAnswer(listObjects(await bucket.list(), request, options.pageSize ?? 1000));
    case "GetObject":
    case "HeadObject":
      return objectAnswer(request, await bucket.read(request.key));
    case "Unsupported":
      return errorAnswer(501, "NotImplemented");
  }
}

// For the oldest region S3 answers with nothing at all.
function location(region: string): string {
  return region === "us-east-1" ? "" : region;
}

function objectAnswer(request: S3Request, object: StoredObject | undefined): Answer {
  if (object === undefined) return errorAnswer(404, "NoSuchKey");
  if (object.storageClass === "GLACIER") return errorAnswer(403, "InvalidObjectState");
  const etag = `"${etagOf(object)}"`;
  const ifMatch = request.headers["if-match"];
  if (ifMatch !== undefined && ifMatch !== etag) return errorAnswer(412, "PreconditionFailed");
  const range = parseRange(request.headers.range, object.body.length);
  if (range === "unsatisfiable") return errorAnswer(416, "InvalidRange");
  const headers = {
    etag,
    "accept-ranges": "bytes",
    "last-modified": "Fri, 20 Nov 2026 00:00:00 GMT",
    ...(object.encryption && { "x-amz-server-side-encryption": object.encryption }),
  };
  if (range === undefined) {
    return {
      status: 200,
      headers: { ...headers, ...checksumHeaders(request, object) },
      body: object.body,
    };
  }
  const { first, last } = range;
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${first}-${last}/${object.body.length}` },
    body: object.body.subarray(first, last + 1),
  };
}

function checksumHeaders(request: S3Request, object: StoredObject): Record<string, string> {
  const algorithm = object.checksum ?? "crc64nvme";
  if (request.headers["x-amz-checksum-mode"] !== "ENABLED" || algorithm === "none") return {};
  return {
    [`x-amz-checksum-${algorithm}`]: checksumOf(algorithm, object.body),
    "x-amz-checksum-type": "FULL_OBJECT",
  };
}

function parseRange(
  header: string | undefined,
  size: number,
): { first: number; last: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  const first = match[1] === "" ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = match[1] === "" || match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  return first >= size || first > last ? "unsatisfiable" : { first, last };
}
