import { parseFlowLogFolder } from "@turnaway/core";
import { dayFolder, LISTINGS_AT_ONCE, type FlowLogTree } from "./find-trees.ts";
import { mapConcurrent } from "./map-concurrent.ts";
import { listBelow, listChildren, type BucketSession } from "./s3-listing.ts";
import { s3Object } from "./s3-object.ts";

/**
 * The newest UTC day whose deliveries reach its end, `2026-11-19`; the newest day at all
 * when none does; null when there is none. Walks from the last year down, so that what
 * it costs does not grow with retention.
 */
export async function newestDayOfTrees(
  session: BucketSession,
  trees: readonly FlowLogTree[],
): Promise<string | null> {
  const newestTwo = await mapConcurrent(trees, LISTINGS_AT_ONCE, async (tree) => {
    const days: string[] = [];
    for await (const day of daysDescending(session, tree.within)) {
      if (days.push(day) === 2) break;
    }
    return days;
  });
  const days = [...new Set(newestTwo.flat())].sort().reverse();
  const [newest, previous] = days;
  if (newest === undefined || previous === undefined) return newest ?? null;
  const current = trees.filter((_tree, index) => newestTwo[index]?.[0] === newest);
  const ends = await mapConcurrent(current, LISTINGS_AT_ONCE, (tree) =>
    reachesEnd(session, tree, newest),
  );
  return ends.includes(true) ? newest : previous;
}

/** The same for objects that lie in no layout, by the times in their names. */
export function newestDayOfNames(deliveries: readonly number[]): string | null {
  const newest = deliveries.reduce((last, time) => Math.max(last, time), Number.NEGATIVE_INFINITY);
  if (newest === Number.NEGATIVE_INFINITY) return null;
  const day = dayOfSeconds(newest);
  if (isLastOfDay(newest)) return day;
  const earlier = deliveries.filter((time) => dayOfSeconds(time) < day);
  return newestDayOfPast(earlier) ?? day;
}

function newestDayOfPast(deliveries: readonly number[]): string | null {
  return deliveries.length === 0 ? null : dayOfSeconds(deliveries.reduce((a, b) => Math.max(a, b)));
}

async function* daysDescending(session: BucketSession, folder: string): AsyncGenerator<string> {
  const { year, month, day } = parseFlowLogFolder(folder)?.levels ?? {};
  if (day !== undefined) {
    yield `${year}-${month}-${day}`;
    return;
  }
  const { folders } = await listChildren(session, folder);
  const known = folders.filter((each) => parseFlowLogFolder(each) !== undefined);
  for (const each of known.sort().reverse()) yield* daysDescending(session, each);
}

// Files come every five minutes, ten at the longest aggregation: one of the last quarter
// of an hour says that the day was seen to its end.
const LAST_DELIVERY_SECONDS = 15 * 60;
const DAY_SECONDS = 86_400;

async function reachesEnd(
  session: BucketSession,
  tree: FlowLogTree,
  day: string,
): Promise<boolean> {
  const folder = dayFolder(tree, day);
  const { objects, folders } = await listChildren(session, folder);
  if (objects.some(({ key }) => isLastDelivery(session, key))) return true;
  const lastHour = folders.sort().at(-1);
  if (lastHour === undefined || parseFlowLogFolder(lastHour)?.levels.hour !== "23") return false;
  for await (const page of listBelow(session, lastHour)) {
    if (page.some(({ key }) => isLastDelivery(session, key))) return true;
  }
  return false;
}

function isLastDelivery({ bucket }: BucketSession, key: string): boolean {
  const { deliveredAt } = s3Object(bucket, { key, size: 0, etag: "" });
  return deliveredAt !== null && isLastOfDay(deliveredAt);
}

function isLastOfDay(seconds: number): boolean {
  return seconds % DAY_SECONDS >= DAY_SECONDS - LAST_DELIVERY_SECONDS;
}

function dayOfSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
