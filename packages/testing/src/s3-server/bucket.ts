import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ChecksumAlgorithm } from "./checksums.ts";

/** Objects of one bucket, by key. Keys come back in the byte order that S3 lists them in. */
export interface Bucket {
  readonly region: string;
  list(): Promise<ListedObject[]>;
  read(key: string): Promise<StoredObject | undefined>;
}

export interface StoredObject {
  readonly body: Uint8Array;
  /** Without quotes; the MD5 of the body unless said otherwise (multipart, SSE-KMS). */
  readonly etag?: string;
  /** The checksum that S3 keeps and sends when asked; CRC64NVME is what S3 adds by itself. */
  readonly checksum?: ChecksumAlgorithm | "none";
  readonly encryption?: "AES256" | "aws:kms";
  readonly storageClass?: "STANDARD" | "GLACIER";
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly storageClass: string;
}

/** A bucket held in a Map, which the test may change while the server runs. */
export function memoryBucket(
  objects: Map<string, Uint8Array | StoredObject>,
  region = "us-east-1",
): Bucket {
  const stored = (key: string): StoredObject | undefined => {
    const value = objects.get(key);
    return value instanceof Uint8Array ? { body: value } : value;
  };
  return {
    region,
    async list() {
      return [...objects.keys()].sort(byBytes).map((key) => listed(key, stored(key)!));
    },
    async read(key) {
      return stored(key);
    },
  };
}

/** A bucket whose objects are the files below a folder. */
export function folderBucket(folder: string, region = "us-east-1"): Bucket {
  const read = async (key: string): Promise<StoredObject> => ({
    body: await readFile(path.join(folder, key)),
  });
  return {
    region,
    async list() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const keys = entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .sort(byBytes);
      return Promise.all(keys.map(async (key) => listed(key, await read(key))));
    },
    async read(key) {
      const keys = await readdir(folder, { recursive: true });
      return keys.includes(key) ? read(key) : undefined;
    },
  };
}

export function etagOf(object: StoredObject): string {
  return object.etag ?? md5Of(object.body);
}

// A listing names the ETag of every object; bodies do not change, so each is hashed once.
const knownMd5 = new WeakMap<Uint8Array, string>();

function md5Of(body: Uint8Array): string {
  const md5 = knownMd5.get(body) ?? createHash("md5").update(body).digest("hex");
  knownMd5.set(body, md5);
  return md5;
}

function listed(key: string, object: StoredObject): ListedObject {
  return {
    key,
    size: object.body.byteLength,
    etag: etagOf(object),
    storageClass: object.storageClass ?? "STANDARD",
  };
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
