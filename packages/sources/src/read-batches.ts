import { mkdir, mkdtemp, rm, rmdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";

import {
  DEFAULT_FORMAT,
  describeSystemError,
  interruptionOf,
  type LogFormat,
  TurnawayError,
} from "@turnaway/core";

import { groupResults, type ParquetGroup, type TextGroup } from "./batch-groups.ts";
import { makeClaims } from "./claims.ts";
import { CoverageSum, type FileCoverage } from "./coverage.ts";
import { refused, type FileOutcome, type FileProblem } from "./file-outcome.ts";
import { nothingReadable } from "./nothing-readable.ts";
import { parquetDamaged } from "./parquet-damaged.ts";
import { planBatches } from "./plan-batches.ts";
import { settleClaims, type FileResult, type Holders } from "./settle-claims.ts";
import type { SourceFile } from "./source-file.ts";
import { startPool, type WorkerPool } from "./worker-pool.ts";

export interface ReadOptions {
  /** Folder for clean text; it is made when missing. Memory-backed is fastest. */
  readonly tempDir: string;
  /** Format of records that no header describes; the default format is tried after it. */
  readonly format?: LogFormat;
  readonly signal: AbortSignal;
  /** Called after each file; bytes are as stored. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Plain bytes that a batch may hold on disk, by estimate; 450 MB unless told. */
  readonly maxBatchBytes?: number;
  /** Reading threads; as many as cores, at most 4, unless told. */
  readonly threads?: number;
  readonly limits?: Partial<ReadLimits>;
}

export interface ReadProgress {
  readonly filesDone: number;
  readonly files: number;
  readonly bytesDone: number;
  readonly bytes: number;
}

/** What no honest log passes. */
export interface ReadLimits {
  /** Plain bytes for a stored byte of gzip, once the plain text passes 64 MiB. */
  readonly maxRatio: number;
  /** Plain bytes of all files together. */
  readonly maxTotalBytes: number;
  /** A longer line is counted as malformed. */
  readonly maxLineBytes: number;
}

/** Verified records of some of the files, for an engine to scan. */
export interface Batch {
  /** Clean text, one entry a log format. */
  readonly text: readonly TextGroup[];
  /** Parquet as delivered, one entry a schema. Pages are verified by whoever decodes them. */
  readonly parquet: readonly ParquetGroup[];
  /** The files that the batch was read from. */
  readonly files: readonly SourceFile[];
  /**
   * The batch without Parquet files that turned out to be damaged when they were decoded:
   * `damaged` is what is wrong with each, by path. They are refused in the coverage.
   */
  without(damaged: ReadonlyMap<string, string>): Batch;
  /** Deletes the batch's clean text. */
  release(): Promise<void>;
}

/** Batches in the order of the files; to be gone through once. */
export interface BatchReader extends AsyncIterable<Batch> {
  /** What was read so far; final once the batches are used up. */
  coverage(): FileCoverage;
  /** The same of each file, by its identity: what a later run may remember. */
  coverageByFile(): ReadonlyMap<string, FileCoverage>;
}

/**
 * Reads source files into batches of verified records.
 *
 * The batches together hold every good record once, however the files were split,
 * ordered, packed or laid out. Damage and doubt are in the coverage.
 *
 * @throws TurnawayError while iterating: `FORMAT_UNKNOWN`, `SOURCE_UNREADABLE` or
 * `DATA_INCOMPLETE` when not one file could be read, `OUTPUT` when the disk is full,
 * `INTERRUPTED` when the signal aborts.
 */
export function readBatches(files: readonly SourceFile[], options: ReadOptions): BatchReader {
  const sum = new CoverageSum();
  return {
    coverage: () => sum.coverage(),
    coverageByFile: () => sum.byFile(),
    [Symbol.asyncIterator]: () => batches(files, options, sum),
  };
}

const DEFAULT_BATCH_BYTES = 450_000_000;
const HOLD_BYTES = 64 * 1024 * 1024;
const DEFAULT_LIMITS: ReadLimits = {
  maxRatio: 250,
  maxTotalBytes: 2 ** 40,
  maxLineBytes: 2 * 1024 * 1024,
};

async function* batches(
  files: readonly SourceFile[],
  options: ReadOptions,
  sum: CoverageSum,
): AsyncGenerator<Batch> {
  const { signal } = options;
  throwIfAborted(signal);
  const root = await makeRoot(options.tempDir);
  const reading = startReading(files, options, sum);
  const stop = () => void reading.pool.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    let number = 0;
    for (const planned of planBatches(files, options.maxBatchBytes ?? DEFAULT_BATCH_BYTES)) {
      const dir = path.join(root, String(number++));
      await mkdir(dir);
      yield await readBatch(planned, { dir, root }, reading);
      throwIfAborted(signal);
    }
    reading.finished = true;
    if (files.length > 0 && !sum.readable) throw nothingReadable(sum.coverage());
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await reading.pool.close();
    // The last batch may still be scanned: then its release takes the folder away.
    await (reading.finished ? removeWhenEmpty(root) : rm(root, { recursive: true, force: true }));
  }
}

async function makeRoot(tempDir: string): Promise<string> {
  try {
    await mkdir(tempDir, { recursive: true });
    return await mkdtemp(path.join(tempDir, "read-"));
  } catch (error) {
    throw new TurnawayError(
      "OUTPUT",
      {
        what: "can not make a folder for temporary files",
        where: tempDir,
        why: describeSystemError(error),
        fix: "point TMPDIR to a folder that you may write to",
      },
      { cause: error },
    );
  }
}

/** What lasts over all batches. */
interface Reading {
  readonly pool: WorkerPool;
  readonly sum: CoverageSum;
  readonly holders: Holders;
  readonly maxTotalBytes: number;
  readonly onRead: (file: SourceFile) => void;
  plainBytes: number;
  /** No further batch comes: the last release takes the folder of all batches away. */
  finished: boolean;
}

function startReading(
  files: readonly SourceFile[],
  options: ReadOptions,
  sum: CoverageSum,
): Reading {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const formats =
    options.format === undefined ? [DEFAULT_FORMAT] : [options.format, DEFAULT_FORMAT];
  const pool = startPool(options.threads ?? Math.min(availableParallelism(), 4), {
    fallbacks: formats.map(({ fields }) => fields),
    limits: { ...limits, maxBytes: limits.maxTotalBytes, holdBytes: HOLD_BYTES },
    claims: makeClaims(files.length).memory,
  });
  const { maxTotalBytes } = limits;
  const onRead = progressOf(files, options.onProgress);
  return { pool, sum, holders: new Map(), maxTotalBytes, onRead, plainBytes: 0, finished: false };
}

function progressOf(
  files: readonly SourceFile[],
  report: ReadOptions["onProgress"],
): (file: SourceFile) => void {
  const bytes = files.reduce((total, { size }) => total + size, 0);
  let filesDone = 0;
  let bytesDone = 0;
  return ({ size }) => {
    filesDone++;
    bytesDone += size;
    report?.({ filesDone, files: files.length, bytesDone, bytes });
  };
}

async function readBatch(
  files: readonly SourceFile[],
  { dir, root }: { dir: string; root: string },
  reading: Reading,
): Promise<Batch> {
  const read = await Promise.all(files.map((file) => readOne(file, dir, reading)));
  const results = await settleClaims(read, reading.holders, {
    digest: (file, of) => digest(file, of, reading),
    readAgain: (file) => readFile(file, dir, { reading, claim: false }),
  });
  return batchOf(results, reading, async () => {
    await rm(dir, { recursive: true, force: true });
    if (reading.finished) await removeWhenEmpty(root);
  });
}

function batchOf(
  results: readonly FileResult[],
  reading: Reading,
  release: Batch["release"],
): Batch {
  for (const result of results) reading.sum.set(result);
  const batch: Batch = {
    ...groupResults(results),
    files: results.map(({ file }) => file),
    without: (damaged) =>
      damaged.size === 0 ? batch : batchOf(withoutDamaged(results, damaged), reading, release),
    release,
  };
  return batch;
}

function withoutDamaged(
  results: readonly FileResult[],
  damaged: ReadonlyMap<string, string>,
): FileResult[] {
  return results.map((result) => {
    const detail = damaged.get((result.original ?? result.file).path);
    if (detail === undefined) return result;
    return { file: result.file, outcome: refused(parquetDamaged(detail)) };
  });
}

async function readOne(file: SourceFile, dir: string, reading: Reading): Promise<FileResult> {
  const isBeyond = reading.plainBytes > reading.maxTotalBytes;
  const outcome = isBeyond
    ? refused(beyondLimit(reading.maxTotalBytes))
    : await readFile(file, dir, { reading, claim: true });
  reading.plainBytes += outcome.content?.length ?? 0;
  reading.onRead(file);
  return { file, outcome };
}

async function readFile(
  file: SourceFile,
  dir: string,
  { reading, claim }: { reading: Reading; claim: boolean },
): Promise<FileOutcome> {
  const answer = await reading.pool.run({ kind: "read", path: file.path, dir, claim });
  if (answer.kind !== "read") throw new Error(`a thread answered ${answer.kind} to read`);
  return answer.outcome;
}

async function digest(
  file: SourceFile,
  of: "stored" | "plain",
  { pool }: Reading,
): Promise<string> {
  const answer = await pool.run({ kind: "digest", path: file.path, of });
  if (answer.kind !== "digest") throw new Error(`a thread answered ${answer.kind} to digest`);
  return answer.digest;
}

function beyondLimit(bytes: number): FileProblem {
  const detail = `it is not read: the limit of ${bytes} plain bytes for all files is reached`;
  return { code: "LIMIT_REACHED", detail, partial: true };
}

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw interruptionOf(signal, { what: "Stopped", why: "reading was interrupted" });
}

async function removeWhenEmpty(dir: string): Promise<void> {
  try {
    await rmdir(dir);
  } catch {
    // Another batch is still in it, and takes it away with its own release.
  }
}
