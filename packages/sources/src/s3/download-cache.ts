import { createHash, randomUUID, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TurnawayError } from "@turnaway/core";
import { objectUri, type S3Object } from "./s3-object.ts";

/**
 * Objects of one bucket on disk, as `<cacheDir>/<bucket>/<id>-<sha256>.<ext>`: the id stands
 * for key, ETag and size, the SHA-256 is the content's own. So the name alone says what a
 * file must hold, and no index can disagree with the files.
 */
export interface DownloadCache {
  /** Path of the object if it is here and whole; anything else under its id is removed. */
  find(object: S3Object): Promise<string | undefined>;
  /** Takes the body in; nothing is left of it unless `verify` passes at its end. */
  store(object: S3Object, body: Readable, options: StoreOptions): Promise<string>;
}

export interface StoreOptions {
  /** Throws when what arrived is not what was asked for. */
  readonly verify: (received: { bytes: number; md5: string }) => void;
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Unfinished downloads end in this. */
export const PART_SUFFIX = ".part";

/** Throws OUTPUT when the folder can not be made or read. */
export async function openDownloadCache(cacheDir: string, bucket: string): Promise<DownloadCache> {
  const folder = path.join(cacheDir, bucket);
  const names = await mkdir(folder, { recursive: true })
    .then(() => readdir(folder))
    .catch((error: unknown) => {
      throw cacheError(error, folder);
    });
  const known = Map.groupBy(names, (name) => name.slice(0, ID_LENGTH));
  return {
    async find(object) {
      // Without an ETag nothing tells the object from what it was before.
      if (object.etag === "") return undefined;
      for (const name of known.get(idOf(object)) ?? []) {
        const file = path.join(folder, name);
        if (await isWhole(file, object)) return file;
        await rm(file, { force: true });
      }
      return undefined;
    },
    async store(object, body, options) {
      const part = path.join(folder, `.${idOf(object)}-${randomUUID()}${PART_SUFFIX}`);
      try {
        const sha256 = await receive(body, part, options);
        const file = path.join(folder, `${idOf(object)}-${sha256}${extensionOf(object.key)}`);
        await rename(part, file);
        return file;
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined);
        throw isDiskError(error) ? cacheError(error, objectUri(object)) : error;
      }
    },
  };
}

const ID_LENGTH = 32;
const READ_BYTES = 1 << 19;

function idOf({ key, etag, size }: S3Object): string {
  return createHash("sha256").update(`${etag}\n${size}\n${key}`).digest("hex").slice(0, ID_LENGTH);
}

// The reader tells text, gzip and Parquet apart with the help of the name.
function extensionOf(key: string): string {
  return /(\.[a-z0-9]{1,8}){0,2}$/i.exec(path.posix.basename(key))?.[0].toLowerCase() ?? "";
}

// Hashing, at over a gigabyte a second, costs less than a report off a damaged file.
async function isWhole(file: string, { size }: S3Object): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || found.size !== size) return false;
  const digest = await sha256Of(file).catch(() => undefined);
  if (digest === undefined || !path.basename(file).startsWith(`-${digest}`, ID_LENGTH))
    return false;
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
  return true;
}

// Nearly twice as fast as a stream for files of some hundred kilobytes.
async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  await using handle = await open(file);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
  }
}

async function receive(body: Readable, part: string, options: StoreOptions): Promise<string> {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  const file = createWriteStream(part, { flags: "wx", flush: true });
  let bytes = 0;
  const measured = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += chunk.length;
      updateAll([sha256, md5], chunk);
      options.onBytes?.(chunk.length);
      yield chunk;
    }
    options.verify({ bytes, md5: md5.digest("hex") });
  };
  await pipeline(body, measured, file, options.signal ? { signal: options.signal } : {});
  return sha256.digest("hex");
}

function updateAll(hashes: readonly Hash[], chunk: Buffer): void {
  for (const hash of hashes) hash.update(chunk);
}

const DISK_CODES =
  /^(EACCES|EDQUOT|EEXIST|EFBIG|EIO|EISDIR|EMFILE|ENFILE|ENOENT|ENOSPC|ENOTDIR|EPERM|EROFS)$/;

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && DISK_CODES.test((error as NodeJS.ErrnoException).code ?? "");
}

function cacheError(error: unknown, where: string): TurnawayError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new TurnawayError(
    "OUTPUT",
    {
      what: "Can not write the download cache",
      where,
      why: message,
      fix: code === "ENOSPC" ? "free some space" : "choose another cache folder",
    },
    { cause: error },
  );
}
