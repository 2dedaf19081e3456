import type { IncomingMessage } from "node:http";

export type S3Operation =
  | "ListObjectsV2"
  | "GetObject"
  | "HeadObject"
  | "HeadBucket"
  | "GetBucketLocation"
  | "Unsupported";

/** One request as the server understood it; `status` is filled in when it is answered. */
export interface S3Request {
  readonly operation: S3Operation;
  readonly bucket: string;
  /** Empty for requests about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Empty when the request asked for everything. */
  readonly prefix: string;
  readonly headers: IncomingMessage["headers"];
  readonly credential: Credential | undefined;
  /** 0 while no answer was sent, or when the connection was cut instead. */
  status: number;
}

export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
}

/** Path-style only: `/bucket/key`. */
export function parseRequest(message: IncomingMessage): S3Request {
  const url = new URL(message.url ?? "/", "http://localhost");
  const [, bucket = "", rest = ""] = /^\/([^/]*)\/?(.*)$/s.exec(url.pathname) ?? [];
  const key = decodeURIComponent(rest);
  return {
    operation: operationOf(message.method ?? "", key, url.searchParams),
    bucket: decodeURIComponent(bucket),
    key,
    query: url.searchParams,
    prefix: url.searchParams.get("prefix") ?? "",
    headers: message.headers,
    credential: parseAuthorization(message.headers),
    status: 0,
  };
}

function operationOf(method: string, key: string, query: URLSearchParams): S3Operation {
  if (method === "HEAD") return key === "" ? "HeadBucket" : "HeadObject";
  if (method !== "GET") return "Unsupported";
  if (key !== "") return "GetObject";
  if (query.has("location")) return "GetBucketLocation";
  return query.get("list-type") === "2" ? "ListObjectsV2" : "Unsupported";
}

// The shape of Signature Version 4, not its value: a client that does not sign, signs for
// another service or leaves out the headers that S3 insists on is caught.
function parseAuthorization(headers: IncomingMessage["headers"]): Credential | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=[0-9a-f]{64}$/.exec(
      headers.authorization ?? "",
    );
  if (match === null) return undefined;
  const [, accessKeyId = "", date = "", region = "", signed = ""] = match;
  const names = new Set(signed.split(";"));
  const complete = ["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.has(name));
  const dated = String(headers["x-amz-date"]).startsWith(date);
  return complete && dated ? { accessKeyId, region } : undefined;
}
