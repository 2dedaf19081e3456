import type { Tag } from "@aws-sdk/client-quicksight";

import { ask } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Tags by key. */
export type Tags = ReadonlyMap<string, string>;

/** Name of the deployment that made the asset. */
export const OWNER_TAG = "turnaway";

/**
 * Hashes of the content that this deployment may have left: of the last one that it wrote, and of
 * the one before, since the tag is written before the content. Anything else was done by
 * somebody else.
 */
export const CONTENT_TAG = "turnaway:content";

/** Hash of the refresh that was set up last, once it was. */
export const REFRESH_TAG = "turnaway:refresh";

/** Numbers of the versions that were published, the last one last. */
export const PUBLISHED_TAG = "turnaway:published";

/** Number of the version that was rolled back from: no deployment publishes it again by itself. */
export const HELD_TAG = "turnaway:held";

/** `3:2` while a rollback is under way, so that a repeated one does not go a version further. */
export const ROLLBACK_TAG = "turnaway:rollback";

/** The tags of a new asset. */
export function newTags(deployment: string, more: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries({ [OWNER_TAG]: deployment, ...more }).map(([Key, Value]) => ({
    Key,
    Value,
  }));
}

/** The tags of an asset. */
export async function readTags(session: QuickSightSession, arn: string): Promise<Tags> {
  const asked = { operation: "ListTagsForResource", subject: arn };
  const { Tags = [] } = await ask(session, asked, (api, _to, options) =>
    api.listTagsForResource({ ResourceArn: arn }, options),
  );
  return new Map(Tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** Writes tags beside those that are there. */
export async function writeTags(
  session: QuickSightSession,
  arn: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const asked = { operation: "TagResource", subject: arn };
  await ask(session, asked, (api, _to, options) =>
    api.tagResource({ ResourceArn: arn, Tags }, options),
  );
}

/** Takes tags away; those that are not there are none. */
export async function removeTags(
  session: QuickSightSession,
  arn: string,
  keys: readonly string[],
): Promise<void> {
  const asked = { operation: "UntagResource", subject: arn };
  await ask(session, asked, (api, _to, options) =>
    api.untagResource({ ResourceArn: arn, TagKeys: [...keys] }, options),
  );
}
