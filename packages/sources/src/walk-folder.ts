import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";

import {
  describeSystemError,
  errorCode,
  parseFlowLogFileName,
  parseFlowLogKey,
  type Problem,
  TurnawayError,
} from "@turnaway/core";

import { mapConcurrent } from "./s3/map-concurrent.ts";
import type { SourceFile } from "./source-file.ts";

/** What was found so far. */
export interface Walk {
  /** By real path, so that no file is found twice. */
  readonly files: Map<string, SourceFile>;
  readonly problems: Problem[];
  /** Real paths of the folders gone through: a link to one of them leads nowhere new. */
  readonly visited: Set<string>;
  readonly signal: AbortSignal;
}

/**
 * Adds the file of that name, or all files of the folder. False when there is none.
 *
 * Whatever lies outside of `root`, once links are followed, is passed over.
 */
export async function addPath(
  walk: Walk,
  name: string,
  root: string,
  shown = name,
): Promise<boolean> {
  throwIfStopped(walk.signal);
  try {
    await addEntry(walk, { name, shown, real: await realpath(name), root: await realpath(root) });
    return true;
  } catch (error) {
    if (NOT_THERE.has(errorCode(error) ?? "")) return false;
    reportUnreadable(walk, shown, error);
    return true;
  }
}

/** Throws what the signal was aborted with. */
export function throwIfStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  if (signal.reason instanceof TurnawayError) throw signal.reason;
  throw new TurnawayError("INTERRUPTED", {
    what: "Stopped",
    why: "looking for files was interrupted",
  });
}

/** Open files at a time: far below any limit of a shell. */
const CONCURRENCY = 32;
const NOT_THERE = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);

interface Entry {
  readonly name: string;
  /** What it is called in reports. */
  readonly shown: string;
  readonly real: string;
  /** Real path of the folder that it may not leave. */
  readonly root: string;
}

async function addEntry(walk: Walk, entry: Entry): Promise<void> {
  if (!isInside(entry.real, entry.root)) {
    const detail = `it is a link to ${entry.real}, outside of the folder that was named, and was passed over`;
    report(walk, "LINK_OUTSIDE", entry.shown, { detail, partial: true });
    return;
  }
  const stats = await stat(entry.real);
  if (stats.isDirectory()) return addFolder(walk, entry);
  if (!stats.isFile()) {
    const detail = `it is ${kindOf(stats)}, not a regular file, and was passed over`;
    return report(walk, "NOT_A_FILE", entry.shown, { detail, partial: false });
  }
  if (!walk.files.has(entry.real)) walk.files.set(entry.real, sourceFile(entry, stats));
}

async function addFolder(walk: Walk, folder: Entry): Promise<void> {
  if (walk.visited.has(folder.real)) return;
  walk.visited.add(folder.real);
  throwIfStopped(walk.signal);
  let entries: Dirent[];
  try {
    entries = await readdir(folder.real, { withFileTypes: true });
  } catch (error) {
    return reportUnreadable(walk, folder.shown, error);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const hidden = entries.filter(({ name }) => isHidden(name)).map(({ name }) => name);
  if (hidden.length > 0)
    report(walk, "HIDDEN_FILES", folder.shown, { detail: describeHidden(hidden), partial: false });
  const children = entries.filter(({ name }) => !isHidden(name));
  const isPlain = (child: Dirent) => !child.isDirectory() && !child.isSymbolicLink();
  await mapConcurrent(children.filter(isPlain), CONCURRENCY, (child) =>
    addChild(walk, folder, child),
  );
  // Folders one after the other: what is open at a time stays bounded however deep they go.
  // Links last: a file goes by its own name where it has one.
  for (const child of children) if (child.isDirectory()) await addChild(walk, folder, child);
  for (const child of children) if (child.isSymbolicLink()) await addChild(walk, folder, child);
}

async function addChild(walk: Walk, folder: Entry, child: Dirent): Promise<void> {
  const name = path.join(folder.name, child.name);
  const shown = folder.shown === folder.name ? name : path.join(folder.shown, child.name);
  try {
    const real = child.isSymbolicLink() ? await realpath(name) : path.join(folder.real, child.name);
    await addEntry(walk, { name, shown, real, root: folder.root });
  } catch (error) {
    if (child.isSymbolicLink() && errorCode(error) === "ENOENT") {
      const detail = "it is a link that leads nowhere, and was passed over";
      return report(walk, "LINK_BROKEN", shown, { detail, partial: true });
    }
    reportUnreadable(walk, shown, error);
  }
}

function sourceFile(
  { name, shown, real }: Entry,
  stats: { size: number; mtimeMs: number },
): SourceFile {
  const fileName = parseFlowLogFileName(path.basename(name));
  const deliveredAt = fileName?.deliveredAt ?? null;
  const folderDay = parseFlowLogKey(real)?.day;
  const ownDay =
    deliveredAt === null ? null : new Date(deliveredAt * 1000).toISOString().slice(0, 10);
  const identity = `${real}:${stats.size}:${stats.mtimeMs}`;
  return {
    name: shown,
    path: real,
    size: stats.size,
    identity,
    day: folderDay ?? ownDay,
    deliveredAt,
  };
}

function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || name.startsWith("_");
}

function describeHidden(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
  return names.length === 1
    ? `a hidden file was passed over: ${shown}`
    : `${names.length} hidden files were passed over: ${shown}`;
}

function kindOf(stats: { isFIFO(): boolean; isSocket(): boolean }): string {
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
}

function reportUnreadable(walk: Walk, where: string, error: unknown): void {
  if (error instanceof TurnawayError) throw error;
  const detail = `it can not be read: ${describeSystemError(error)}`;
  report(walk, "SOURCE_UNREADABLE", where, { detail, partial: true });
}

function report(
  walk: Walk,
  code: string,
  where: string,
  rest: { detail: string; partial: boolean },
): void {
  walk.problems.push({ code, where, ...rest });
}
