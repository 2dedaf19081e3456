import type { Problem } from "@turnaway/core";
import { TurnawayError } from "@turnaway/core";
import type { SourceFile } from "../source-file.ts";
import { openDownloadCache, type DownloadCache } from "./download-cache.ts";
import { downloadObject } from "./download-object.ts";
import { mapConcurrent } from "./map-concurrent.ts";
import type { S3Sender } from "./s3-client.ts";
import { interruption, isSystemic } from "./s3-errors.ts";
import { objectIdentity, objectUri, type S3Object } from "./s3-object.ts";

export interface DownloadOptions {
  readonly client: S3Sender;
  readonly cacheDir: string;
  /** Downloads side by side; 16 by default. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Bytes count what has arrived or was in the cache, also of files not yet whole. */
export interface DownloadProgress {
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface Download {
  /** In the order of the objects; those with a problem are left out. */
  readonly files: SourceFile[];
  /** One for each object that could not be had; each makes the report PARTIAL. */
  readonly problems: Problem[];
  readonly downloaded: number;
  readonly reused: number;
}

/**
 * Brings the objects to disk, verified, through a cache that is checked before it is trusted.
 * An object given twice is fetched and returned once.
 *
 * One object that can not be read is a problem, all of them are an error, and so is one that
 * would hit every other (credentials, network). Throws AWS, OUTPUT, INTERRUPTED.
 */
export async function downloadObjects(
  objects: readonly S3Object[],
  options: DownloadOptions,
): Promise<Download> {
  const unique = [...new Map(objects.map((each) => [identityOf(each), each])).values()];
  const run = new DownloadRun(unique, options);
  const outcomes = await mapConcurrent(unique, options.concurrency ?? 16, (object) =>
    run.bring(object),
  );
  const failures = outcomes.filter((outcome) => outcome instanceof TurnawayError);
  if (failures.length > 0 && failures.length === unique.length) throw failures[0];
  return {
    files: outcomes.filter((outcome): outcome is SourceFile => !(outcome instanceof TurnawayError)),
    problems: failures.map(asProblem),
    downloaded: run.downloaded,
    reused: run.reused,
  };
}

class DownloadRun {
  downloaded = 0;
  reused = 0;
  private files = 0;
  private bytes = 0;
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private readonly caches = new Map<string, Promise<DownloadCache>>();
  private readonly totals: Pick<DownloadProgress, "totalFiles" | "totalBytes">;
  private readonly options: DownloadOptions;

  constructor(objects: readonly S3Object[], options: DownloadOptions) {
    this.options = options;
    this.signal = AbortSignal.any([this.stop.signal, ...(options.signal ? [options.signal] : [])]);
    this.totals = {
      totalFiles: objects.length,
      totalBytes: objects.reduce((sum, { size }) => sum + size, 0),
    };
  }

  /** The file, or why this one object can not be had; throws what ends the whole run. */
  async bring(object: S3Object): Promise<SourceFile | TurnawayError> {
    try {
      const path = await this.pathOf(object);
      this.files += 1;
      this.report(0);
      return sourceFile(object, path);
    } catch (error) {
      if (error instanceof TurnawayError && error.code === "AWS" && !isSystemic(error))
        return error;
      this.stop.abort(error);
      throw error;
    }
  }

  private async pathOf(object: S3Object): Promise<string> {
    if (this.signal.aborted) throw interruption(this.signal);
    const cache = await this.cacheOf(object.bucket);
    const cached = await cache.find(object);
    if (cached !== undefined) {
      this.reused += 1;
      this.report(object.size);
      return cached;
    }
    let arrived = 0;
    const onBytes = (bytes: number): void => {
      // A second attempt must not count the same bytes twice.
      const counted = Math.min(arrived + bytes, object.size) - Math.min(arrived, object.size);
      arrived += bytes;
      this.report(counted);
    };
    const session = { client: this.options.client, signal: this.signal };
    const path = await downloadObject(session, object, { cache, onBytes });
    this.downloaded += 1;
    return path;
  }

  private cacheOf(bucket: string): Promise<DownloadCache> {
    const open = this.caches.get(bucket) ?? openDownloadCache(this.options.cacheDir, bucket);
    this.caches.set(bucket, open);
    return open;
  }

  private report(bytes: number): void {
    this.bytes += bytes;
    this.options.onProgress?.({ files: this.files, bytes: this.bytes, ...this.totals });
  }
}

function identityOf(object: S3Object): string {
  return `${objectUri(object)} ${objectIdentity(object)}`;
}

function sourceFile(object: S3Object, path: string): SourceFile {
  return {
    name: objectUri(object),
    path,
    size: object.size,
    identity: objectIdentity(object),
    day: object.day,
    deliveredAt: object.deliveredAt,
  };
}

function asProblem(error: TurnawayError): Problem {
  const { where = "", why } = error.detail;
  return { code: "S3_OBJECT_UNREADABLE", where, detail: why, partial: true };
}
