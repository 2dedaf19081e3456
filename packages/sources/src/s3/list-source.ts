import { addDays, dayOf, parseFlowLogFolder } from "@turnaway/core";
import { dayFolder, LISTINGS_AT_ONCE, type FlowLogTree } from "./find-trees.ts";
import { mapConcurrent } from "./map-concurrent.ts";
import { newestDayOfNames, newestDayOfTrees } from "./newest-day.ts";
import { openSource, type Source } from "./open-source.ts";
import type { S3Sender } from "./s3-client.ts";
import { listAllBelow, listChildren, type BucketSession, type ListedObject } from "./s3-listing.ts";
import { isLogKey, s3Object, type S3Object } from "./s3-object.ts";

/** Half-open, Unix seconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface ListOptions {
  readonly client: S3Sender;
  /** When the records began that are wanted; by default the newest day covered to its end. */
  readonly window?: Range;
  /** How late a delivery may be and still be read; 6 by default. */
  readonly settleHours?: number;
  readonly signal?: AbortSignal;
}

export interface S3Listing {
  readonly bucket: string;
  /** In the order of their keys. */
  readonly objects: S3Object[];
  /** The UTC day taken where no window was given and a layout let one be chosen. */
  readonly day: string | null;
  /** Every prefix that was listed for objects, folders on the way apart. */
  readonly prefixes: string[];
  /** What a reader of the report should know. */
  readonly notices: string[];
}

/**
 * Lists the log files of `s3://bucket/prefix` for a window, opening the folders of its days
 * only. The prefix may stand above `AWSLogs`, at any level of a layout, name one object, or
 * be a folder in no layout at all, which is listed whole.
 *
 * Throws USAGE (not an S3 source), SOURCE_NOT_FOUND (nothing there), AWS, INTERRUPTED.
 */
export async function listS3Source(uri: string, options: ListOptions): Promise<S3Listing> {
  const source = await openSource(uri, options);
  if (source.trees.length === 0) return listFlat(source, options);
  const settle = (options.settleHours ?? DEFAULT_SETTLE_HOURS) * 3600;
  const whole = source.trees.every(({ within }) => namesDay(within));
  const chosen =
    options.window === undefined && !whole
      ? await newestDayOfTrees(source.session, source.trees)
      : null;
  const window = options.window ?? (chosen === null ? undefined : utcDay(chosen));
  const range = window && { start: window.start - EARLY_SECONDS, end: window.end + settle };
  const folders = source.trees.flatMap((tree) => foldersOf(tree, window && range));
  const listed = await mapConcurrent(folders, LISTINGS_AT_ONCE, (folder) =>
    listFolder(source.session, folder),
  );
  return finish(source, {
    found: listed.flatMap((each) => each.objects),
    prefixes: listed.flatMap((each) => each.prefixes),
    range,
    day: chosen,
    notices: besideNotices(source),
  });
}

/** The newest UTC day that the source covers to its end; null when there is none to be known. */
export async function newestDay(
  uri: string,
  options: Omit<ListOptions, "window" | "settleHours">,
): Promise<string | null> {
  const { session, trees, loose, prefix, exhaustive } = await openSource(uri, options);
  if (trees.length > 0) return newestDayOfTrees(session, trees);
  const objects = exhaustive ? loose : await listAllBelow(session, prefix);
  const times = objects.map((each) => s3Object(session.bucket, each).deliveredAt);
  return newestDayOfNames(times.filter((time) => time !== null));
}

const DEFAULT_SETTLE_HOURS = 6;
// A file is named after the minute it was written, which is never before its records began;
// the longest aggregation interval is left for a clock that disagrees.
const EARLY_SECONDS = 600;
const DAY_SECONDS = 86_400;

async function listFlat(source: Source, options: ListOptions): Promise<S3Listing> {
  const { session, prefix } = source;
  const found = source.exhaustive ? [...source.loose] : await listAllBelow(session, prefix);
  const settle = (options.settleHours ?? DEFAULT_SETTLE_HOURS) * 3600;
  const range = options.window && {
    start: options.window.start - EARLY_SECONDS,
    end: options.window.end + settle,
  };
  const single = found.length === 1 && found[0]?.key === prefix;
  const notice = `s3://${session.bucket}/${prefix} is in no AWSLogs layout: all its objects were listed, not only those of the day`;
  return finish(source, {
    found,
    prefixes: [prefix],
    range: single ? undefined : range,
    day: null,
    notices: single ? [] : [notice],
  });
}

interface Folder {
  readonly prefix: string;
  /** Set when only some hours are wanted; then hour folders outside are not opened. */
  readonly hours?: Range;
}

function foldersOf(tree: FlowLogTree, range: Range | undefined): Folder[] {
  if (range === undefined) return [{ prefix: tree.within }];
  return daysOf(range).flatMap((day): Folder[] => {
    const prefix = dayFolder(tree, day);
    if (tree.within.startsWith(prefix)) return [{ prefix: tree.within }];
    if (!prefix.startsWith(tree.within)) return [];
    const { start, end } = utcDay(day);
    const whole = range.start <= start && end <= range.end;
    return [whole ? { prefix } : { prefix, hours: { start: range.start, end: range.end } }];
  });
}

function daysOf({ start, end }: Range): string[] {
  const days: string[] = [];
  // The slack before the start is for names within the first day, not a reason to list another.
  const last = dayOf(Math.max(start + EARLY_SECONDS, end - 1), "UTC");
  for (let day = dayOf(start + EARLY_SECONDS, "UTC"); day <= last; day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}

async function listFolder(
  session: BucketSession,
  { prefix, hours }: Folder,
): Promise<{ objects: ListedObject[]; prefixes: string[] }> {
  if (hours === undefined)
    return { objects: await listAllBelow(session, prefix), prefixes: [prefix] };
  const { objects, folders } = await listChildren(session, prefix);
  const wanted = folders.filter((folder) => overlaps(folder, hours));
  const below = await mapConcurrent(wanted, LISTINGS_AT_ONCE, (each) =>
    listAllBelow(session, each),
  );
  return { objects: [...objects, ...below.flat()], prefixes: [prefix, ...wanted] };
}

// `…/2026/11/20/05/` and `…/year=2026/month=11/day=20/hour=05/` alike.
function overlaps(hourFolder: string, { start, end }: Range): boolean {
  const [year, month, day, hour] = hourFolder
    .split("/")
    .slice(-5, -1)
    .map((name) => Number(name.slice(name.indexOf("=") + 1)));
  const begin = Date.UTC(year!, month! - 1, day, hour) / 1000;
  return begin < end && begin + 3600 > start;
}

interface Found {
  readonly found: readonly ListedObject[];
  readonly prefixes: string[];
  readonly range: Range | undefined;
  readonly day: string | null;
  readonly notices: readonly string[];
}

function finish({ session, prefix }: Source, listing: Found): S3Listing {
  const { range, prefixes, day } = listing;
  const files = listing.found.filter(({ key }) => !key.endsWith("/"));
  const logs = files.filter(({ key }) => isLogKey(key) || key === prefix);
  const objects = logs
    .map((each) => s3Object(session.bucket, each))
    .filter(({ deliveredAt }) => range === undefined || isWithin(deliveredAt, range))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const notices = [...listing.notices, ...skippedNotices(files, logs)];
  if (objects.length === 0) {
    notices.push(`No log file of the time asked for was found in s3://${session.bucket}/${prefix}`);
  }
  return { bucket: session.bucket, objects, day, prefixes: prefixes.sort(), notices };
}

function isWithin(deliveredAt: number | null, { start, end }: Range): boolean {
  return deliveredAt === null || (deliveredAt >= start && deliveredAt < end);
}

function skippedNotices(files: readonly ListedObject[], logs: readonly ListedObject[]): string[] {
  const kept = new Set(logs);
  const skipped = files.filter((file) => !kept.has(file));
  const [first] = skipped;
  if (first === undefined) return [];
  const others = skipped.length === 1 ? "" : ` and ${skipped.length - 1} more`;
  return [`Skipped ${first.key}${others}: not named like a log file`];
}

function besideNotices({ session, loose, prefix, exhaustive }: Source): string[] {
  const where = `s3://${session.bucket}/${prefix}`;
  const logs = loose.filter(({ key }) => isLogKey(key)).length;
  return [
    ...(logs > 0 ? [`${logs} log files beside AWSLogs in ${where} were not read`] : []),
    ...(exhaustive ? [] : [`${where} has too many folders to look for AWSLogs in all of them`]),
  ];
}

function namesDay(folder: string): boolean {
  return parseFlowLogFolder(folder)?.levels.day !== undefined;
}

function utcDay(day: string): Range {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  return { start, end: start + DAY_SECONDS };
}
