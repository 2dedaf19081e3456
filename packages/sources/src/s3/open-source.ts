import { TurnawayError } from "@turnaway/core";
import { findTrees, type FlowLogTree } from "./find-trees.ts";
import { listChildren, type BucketSession, type ListedObject } from "./s3-listing.ts";
import type { S3Session } from "./s3-send.ts";
import { parseS3Uri } from "./s3-uri.ts";

/** A prefix, and what was found to stand below it. */
export interface Source {
  readonly session: BucketSession;
  /** Empty, or a folder ending in `/`, or the key of one object. */
  readonly prefix: string;
  readonly trees: readonly FlowLogTree[];
  readonly loose: readonly ListedObject[];
  readonly exhaustive: boolean;
}

/** Throws USAGE (not an S3 source), SOURCE_NOT_FOUND (nothing there), AWS, INTERRUPTED. */
export async function openSource(uri: string, { client, signal }: S3Session): Promise<Source> {
  const { bucket, prefix: asked } = parseS3Uri(uri);
  const session: BucketSession = { client, signal, bucket };
  const { prefix, object } = await resolvePrefix(session, asked);
  if (object !== undefined) {
    return { session, prefix, trees: [], loose: [object], exhaustive: true };
  }
  const found = await findTrees(session, prefix);
  if (found.trees.length === 0 && found.loose.length === 0 && found.exhaustive) {
    throw notFound(session, prefix, []);
  }
  return { session, prefix, ...found };
}

// People leave out the last slash; S3 does not know that a folder was meant.
async function resolvePrefix(
  session: BucketSession,
  asked: string,
): Promise<{ prefix: string; object?: ListedObject }> {
  if (asked === "" || asked.endsWith("/")) return { prefix: asked };
  const { objects, folders } = await listChildren(session, asked);
  const object = objects.find(({ key }) => key === asked);
  if (object !== undefined) return { prefix: asked, object };
  if (folders.includes(`${asked}/`)) return { prefix: `${asked}/` };
  throw notFound(session, asked, [...folders, ...objects.map(({ key }) => key)]);
}

function notFound(session: BucketSession, prefix: string, near: string[]): TurnawayError {
  const [first] = near;
  return new TurnawayError("SOURCE_NOT_FOUND", {
    what: "Nothing to read",
    where: `s3://${session.bucket}/${prefix}`,
    why: "no object has this prefix as its folder",
    fix:
      first === undefined
        ? "check the prefix; S3 keys are case-sensitive"
        : `did you mean s3://${session.bucket}/${first}`,
  });
}
