import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import { TurnawayError, type Problem } from "@turnaway/core";
import { glob, isDynamicPattern } from "tinyglobby";

import { passOverForeign } from "./pass-over-foreign.ts";
import type { SourceFile } from "./source-file.ts";
import { addPath, throwIfStopped, type Walk } from "./walk-folder.ts";

export interface SourceListing {
  /** In order of day, then name; no file twice. */
  readonly files: readonly SourceFile[];
  /** What was passed over, each named. */
  readonly problems: readonly Problem[];
}

export interface ListOptions {
  /** Read for the source `-`. */
  readonly stdin?: NodeJS.ReadableStream;
  /** Folder that standard input is saved to. */
  readonly tempDir: string;
  readonly signal: AbortSignal;
}

/**
 * The regular files that the sources name: files, folders with all that is in them,
 * globs, and `-` for standard input. A file named twice is listed once.
 *
 * Symbolic links are followed as long as they stay within the folder that was named.
 * Hidden files of a folder (`.name`, `_name`) are passed over, as Hive does, and so is
 * what a folder or glob holds that is clearly no flow log.
 *
 * @throws TurnawayError `SOURCE_NOT_FOUND` when a source names nothing, or all of them
 * together no file; `FORMAT_UNKNOWN` when there are files and none is a flow log; `OUTPUT` when standard input can not be saved; `INTERRUPTED` when
 * the signal aborts.
 */
export async function listLocalSources(
  specs: readonly string[],
  options: ListOptions,
): Promise<SourceListing> {
  const walk: Walk = { files: new Map(), problems: [], visited: new Set(), signal: options.signal };
  const named = await realPaths(specs);
  for (const spec of new Set(specs)) {
    if (spec === "-") named.add(await addStandardInput(walk, options));
    else await addSpec(walk, spec);
  }
  throwIfStopped(options.signal);
  const found = [...walk.files].filter(([real]) => !named.has(real)).map(([, file]) => file);
  const foreign = await passOverForeign(found);
  const kept = new Set(foreign.kept);
  const files = [...walk.files]
    .flatMap(([real, file]) => (named.has(real) || kept.has(file) ? [file] : []))
    .sort(byDayAndName);
  const problems = [...walk.problems, ...foreign.problems].sort((a, b) =>
    a.where < b.where ? -1 : 1,
  );
  if (files.length === 0) throw nothingFound(specs, problems);
  return { files, problems };
}

/** Where the files lie that a person named one by one: these are read whatever they look like. */
async function realPaths(specs: readonly string[]): Promise<Set<string>> {
  const paths = await Promise.all(specs.map((spec) => realpath(spec).catch(() => undefined)));
  return new Set(paths.filter((found) => found !== undefined));
}

function byDayAndName(a: SourceFile, b: SourceFile): number {
  const [dayA, dayB] = [a.day ?? "", b.day ?? ""];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

async function addSpec(walk: Walk, spec: string): Promise<void> {
  if (await addPath(walk, spec, spec)) return;
  if (!isDynamicPattern(spec)) throw notFound(spec, "there is no such file or folder");
  const matches = await glob(spec, {
    absolute: path.isAbsolute(spec),
    expandDirectories: false,
    followSymbolicLinks: false,
    onlyFiles: false,
  });
  if (matches.length === 0) throw notFound(spec, "the pattern matches nothing");
  for (const match of matches.sort()) {
    await addPath(walk, match.replace(/\/$/, ""), fixedPart(spec));
  }
}

/** The folder of a glob that holds all it can match: `logs/2026` of `logs/2026/*.gz`. */
function fixedPart(pattern: string): string {
  const parts = pattern.split("/");
  const dynamic = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, dynamic).join("/") || (pattern.startsWith("/") ? "/" : ".");
}

/** Saves standard input to a file, for what is read may have to be looked at twice, and says where. */
async function addStandardInput(
  walk: Walk,
  { stdin, tempDir, signal }: ListOptions,
): Promise<string> {
  if (stdin === undefined) throw notFound("-", "nothing is connected to standard input");
  try {
    await mkdir(tempDir, { recursive: true });
    const file = path.join(await mkdtemp(path.join(tempDir, "stdin-")), "standard-input");
    await pipeline(stdin, createWriteStream(file), { signal });
    await addPath(walk, file, file, "standard input");
    return await realpath(file);
  } catch (error) {
    throwIfStopped(signal);
    throw new TurnawayError(
      "OUTPUT",
      {
        what: "can not save standard input",
        where: tempDir,
        why: error instanceof Error ? error.message : String(error),
        fix: "free some space, or point TMPDIR to a larger disk",
      },
      { cause: error },
    );
  }
}

function notFound(spec: string, why: string): TurnawayError {
  const fix =
    "name a file, a folder, a glob in quotes, s3://bucket/prefix, or - for standard input";
  return new TurnawayError("SOURCE_NOT_FOUND", { what: "nothing to read", where: spec, why, fix });
}

function nothingFound(specs: readonly string[], problems: readonly Problem[]): TurnawayError {
  const foreign = problems.find(({ code }) => code === "FORMAT_UNSUPPORTED");
  if (foreign !== undefined) throw onlyForeign(specs, foreign);
  const first = problems.find(({ code }) => code !== "HIDDEN_FILES") ?? problems[0];
  if (first === undefined) return notFound(specs.join(", "), "there are no files in it");
  const where = first.where;
  const why =
    problems.length === 1
      ? first.detail
      : `${first.detail}; and ${problems.length - 1} more like it`;
  const code = first.code === "SOURCE_UNREADABLE" ? first.code : "SOURCE_NOT_FOUND";
  return new TurnawayError(code, { what: "nothing to read", where, why });
}

function onlyForeign(specs: readonly string[], { where, detail }: Problem): TurnawayError {
  return new TurnawayError("FORMAT_UNKNOWN", {
    what: "no flow log found",
    where: specs.join(", "),
    why: `of ${where}: ${detail}`,
    fix: "point to flow logs as AWS delivered them: .log, .log.gz or .parquet",
  });
}
