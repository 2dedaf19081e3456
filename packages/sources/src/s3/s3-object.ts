import { parseFlowLogFileName, parseFlowLogKey } from "@turnaway/core";
import type { ListedObject } from "./s3-listing.ts";

/** An object worth downloading, with what its key says. */
export interface S3Object extends ListedObject {
  readonly bucket: string;
  /** UTC day of the folder that it was delivered to; null outside AWS's layouts. */
  readonly day: string | null;
  /** Unix seconds, from the file's name; null when AWS did not name it. */
  readonly deliveredAt: number | null;
}

export function s3Object(bucket: string, listed: ListedObject): S3Object {
  const { key } = listed;
  const file = parseFlowLogFileName(key.slice(key.lastIndexOf("/") + 1));
  return {
    bucket,
    ...listed,
    day: parseFlowLogKey(key)?.day ?? null,
    deliveredAt: file?.deliveredAt ?? null,
  };
}

export function objectUri(object: Pick<S3Object, "bucket" | "key">): string {
  return `s3://${object.bucket}/${object.key}`;
}

/** Changes when the content does: an ETag is never given twice to different bytes of one key. */
export function objectIdentity(object: Pick<S3Object, "etag" | "size">): string {
  return `${object.etag}:${object.size}`;
}

/** Whether the name is one that flow logs or their exports have; a folder marker is none. */
export function isLogKey(key: string): boolean {
  return /\.(log|txt|csv|json|jsonl|ndjson|parquet|gz)$/i.test(key);
}
