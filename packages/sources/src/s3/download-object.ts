import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { TurnawayError } from "@turnaway/core";
import type { DownloadCache } from "./download-cache.ts";
import { interruption, s3Error } from "./s3-errors.ts";
import { objectUri, type S3Object } from "./s3-object.ts";
import { getObject, type S3Session } from "./s3-send.ts";

/**
 * Downloads one object into the cache and returns its path. A body that breaks off or is not
 * what S3 promised is fetched again a few times; a request that fails was already tried again
 * by the SDK. Throws AWS, OUTPUT, INTERRUPTED.
 */
export async function downloadObject(
  session: S3Session,
  object: S3Object,
  into: { cache: DownloadCache; onBytes?: (bytes: number) => void },
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(session, object, into);
    } catch (error) {
      if (session.signal?.aborted) throw interruption(session.signal);
      if (error instanceof TurnawayError) throw error;
      if (attempt === BODY_ATTEMPTS) throw damaged(object, error);
      await pause(attempt, session.signal);
    }
  }
}

const BODY_ATTEMPTS = 4;
const BASE_PAUSE_MS = 50;

async function downloadOnce(
  session: S3Session,
  object: S3Object,
  { cache, onBytes }: { cache: DownloadCache; onBytes?: (bytes: number) => void },
): Promise<string> {
  const { bucket, key, etag } = object;
  const target = { permission: "s3:GetObject", bucket, key } as const;
  const answer = await getObject(session, {
    Bucket: bucket,
    Key: key,
    ...(etag !== "" && { IfMatch: `"${etag}"` }),
  }).catch((error: unknown) => {
    throw s3Error(error, target, session.signal);
  });
  const { ServerSideEncryption: encryption = "", SSECustomerAlgorithm: ownKey } = answer;
  // Multipart uploads and objects under a KMS or customer key have an ETag that is no MD5.
  const isMd5 = /^[0-9a-f]{32}$/.test(etag) && !encryption.startsWith("aws:kms") && !ownKey;
  return cache.store(object, answer.Body as Readable, {
    ...(onBytes && { onBytes }),
    signal: session.signal,
    verify({ bytes, md5 }) {
      if (bytes !== object.size) throw new Error(`${bytes} bytes came of ${object.size}`);
      if (isMd5 && md5 !== etag) throw new Error(`the MD5 is ${md5}, S3 has ${etag}`);
    },
  });
}

async function pause(attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const milliseconds = Math.random() * BASE_PAUSE_MS * 2 ** attempt;
  await delay(milliseconds, undefined, signal && { signal }).catch(() => {
    throw interruption(signal!);
  });
}

function damaged(object: S3Object, error: unknown): TurnawayError {
  return new TurnawayError(
    "AWS",
    {
      what: "Can not download",
      where: objectUri(object),
      why: `${BODY_ATTEMPTS} downloads in a row arrived damaged (${(error as Error).message})`,
      fix: "run again; if it stays, look for a proxy that changes answers",
    },
    // One level down, so that a connection cut in the middle of one object is not taken for
    // an endpoint that can not be reached.
    { cause: new Error("the body arrived damaged", { cause: error }) },
  );
}
