import { TurnawayError } from "@turnaway/core";
import { s3Error } from "./s3-errors.ts";
import { listPage, type S3Session } from "./s3-send.ts";

/** One bucket, and the means to list it. */
export interface BucketSession extends S3Session {
  readonly bucket: string;
}

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
}

/** What stands directly below a prefix: objects, and folders ending in `/`. */
export interface Children {
  readonly objects: ListedObject[];
  readonly folders: string[];
}

/** One level. */
export async function listChildren(session: BucketSession, prefix: string): Promise<Children> {
  const children: Children = { objects: [], folders: [] };
  for await (const page of pages(session, prefix, "/")) {
    children.objects.push(...page.objects);
    children.folders.push(...page.folders);
  }
  return children;
}

/** All levels, page by page; a caller that has seen enough stops reading. */
export async function* listBelow(
  session: BucketSession,
  prefix: string,
): AsyncGenerator<ListedObject[]> {
  for await (const page of pages(session, prefix)) yield page.objects;
}

export async function listAllBelow(
  session: BucketSession,
  prefix: string,
): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const page of listBelow(session, prefix)) objects.push(...page);
  return objects;
}

async function* pages(
  session: BucketSession,
  prefix: string,
  delimiter?: string,
): AsyncGenerator<Children> {
  const target = { permission: "s3:ListBucket", bucket: session.bucket, key: prefix } as const;
  let token: string | undefined;
  do {
    const page = await listPage(session, {
      Bucket: session.bucket,
      Prefix: prefix,
      ...(delimiter !== undefined && { Delimiter: delimiter }),
      ...(token !== undefined && { ContinuationToken: token }),
    }).catch((error: unknown) => {
      throw s3Error(error, target, session.signal);
    });
    // A proxy's page parses as an empty listing; taking it for one would be a silent zero.
    if (page.IsTruncated === undefined || (page.IsTruncated && !page.NextContinuationToken)) {
      throw notAListing(session.bucket, prefix);
    }
    yield {
      objects: (page.Contents ?? []).map(({ Key = "", Size = 0, ETag = "" }) => {
        return { key: Key, size: Size, etag: ETag.replaceAll('"', "") };
      }),
      folders: (page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
    };
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

function notAListing(bucket: string, prefix: string): TurnawayError {
  return new TurnawayError("AWS", {
    what: "Can not list",
    where: `s3://${bucket}/${prefix}`,
    why: "the answer is not a listing of S3's",
    fix: "check AWS_ENDPOINT_URL and whether a proxy answers instead of S3",
  });
}
