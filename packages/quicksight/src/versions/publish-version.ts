import { ask } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import {
  HELD_TAG,
  PUBLISHED_TAG,
  readTags,
  removeTags,
  ROLLBACK_TAG,
  writeTags,
} from "../journal/tags.ts";

/** A version that is to be seen. */
export interface Publication {
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  /** What people see now, whoever published it; null for nothing. */
  readonly before: number | null;
}

/**
 * Makes a version what people see. The list of publications is written first: a run that ends in
 * between finds its own entry and goes on. A rollback that was broken off is over then.
 */
export async function publishVersion(
  session: QuickSightSession,
  { id, arn, number, before }: Publication,
): Promise<void> {
  const tags = await readTags(session, arn);
  const list = publishedIn(tags);
  if (list.at(-1) !== number) {
    await writeTags(session, arn, { [PUBLISHED_TAG]: withPublished(list, [before, number]) });
  }
  // Before it is seen: whoever repeats this finds it seen, and nothing left to do.
  const over = [
    ...(tags.get(HELD_TAG) === String(number) ? [HELD_TAG] : []),
    ...(tags.has(ROLLBACK_TAG) ? [ROLLBACK_TAG] : []),
  ];
  if (over.length > 0) await removeTags(session, arn, over);
  await showVersion(session, id, number);
}

/** Makes a version what people see, and nothing else. */
export async function showVersion(
  session: QuickSightSession,
  id: string,
  number: number,
): Promise<void> {
  const subject = `${id}, version ${number}`;
  await ask(
    session,
    { operation: "UpdateDashboardPublishedVersion", subject },
    (api, to, options) =>
      api.updateDashboardPublishedVersion(
        { ...to, DashboardId: id, VersionNumber: number },
        options,
      ),
  );
}

/** Numbers of the versions that were published, the last one last. */
export function publishedIn(tags: ReadonlyMap<string, string>): readonly number[] {
  return (tags.get(PUBLISHED_TAG) ?? "").split(" ").filter(Boolean).map(Number);
}

/**
 * The list with what was seen before and what comes now, as the tag has it: the value of a tag
 * has at most 256 characters.
 */
export function withPublished(
  list: readonly number[],
  [before, after]: readonly [number | null, number],
): string {
  const seen = before === null || before === list.at(-1) ? list : [...list, before];
  return [...seen, after].slice(-LONGEST).join(" ");
}

const LONGEST = 24;
