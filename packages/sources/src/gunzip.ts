import { constants, gunzipSync } from "node:zlib";

import { errorCode } from "@turnaway/core/system-errors";

/** Damage of a gzip file: what could be decoded was. */
export interface GzipDamage {
  readonly code: "GZIP_TRUNCATED" | "GZIP_CORRUPT" | "GZIP_RATIO";
  /** Compressed bytes up to which the file is sound. */
  readonly offset: number;
  readonly detail: string;
}

/** The plain bytes of a gzip file, all its members; `too-large` when they pass `maxBytes`. */
export type Gunzipped =
  | { readonly bytes: Uint8Array; readonly damage: GzipDamage | null }
  | "too-large";

/**
 * Inflates in one go and verifies checksum and length of every member.
 *
 * DuckDB accepts a wrong checksum, a missing trailer and a stream that stops at a
 * line end without a word; zlib here does not.
 */
export function gunzip(packed: Uint8Array, maxBytes: number): Gunzipped {
  try {
    return { bytes: inflate(packed, maxBytes, constants.Z_FINISH), damage: null };
  } catch (error) {
    if (errorCode(error) === "ERR_BUFFER_TOO_LARGE") return "too-large";
    return salvage(packed, maxBytes, error);
  }
}

/**
 * The plain size that the last member states, modulo 2^32: exact for files of one
 * member, undefined when no gzip file of this size can hold so much.
 */
export function statedSize(packed: Uint8Array): number | undefined {
  if (packed.length < SMALLEST_GZIP) return undefined;
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 4, true);
  return size <= packed.length * HIGHEST_RATIO ? size : undefined;
}

/** The CRC-32 that the last member states. Verified once {@link gunzip} found no damage. */
export function statedCrc(packed: Uint8Array): number {
  return new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 8, true);
}

/** Why the stream is damaged, for people. */
export function describeDamage(error: unknown, offset: number, size: number): GzipDamage {
  if (errorCode(error) === "Z_BUF_ERROR") {
    return {
      code: "GZIP_TRUNCATED",
      offset,
      detail: `the gzip file ends too early, at byte ${size}`,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: "GZIP_CORRUPT",
    offset,
    detail: `the gzip file is damaged at byte ${offset}: ${reason}`,
  };
}

const SMALLEST_GZIP = 18;
/** Deflate can not do better. */
const HIGHEST_RATIO = 1032;

/** The buffer has room for all that the file states, so that zlib need not put pieces together. */
function inflate(packed: Uint8Array, maxBytes: number, finishFlush: number): Uint8Array {
  const expected = statedSize(packed) ?? packed.length * 8;
  const chunkSize = Math.min(Math.max(expected, 64 * 1024), maxBytes) + 64;
  return gunzipSync(packed, { chunkSize, maxOutputLength: maxBytes, finishFlush });
}

/**
 * What can be decoded of a damaged file: the longest prefix that holds no error,
 * found by halving. A file that is only cut off decodes whole.
 */
function salvage(packed: Uint8Array, maxBytes: number, cause: unknown): Gunzipped {
  const prefix = (length: number): Uint8Array | "too-large" | undefined => {
    try {
      return inflate(packed.subarray(0, length), maxBytes, constants.Z_SYNC_FLUSH);
    } catch (error) {
      return errorCode(error) === "ERR_BUFFER_TOO_LARGE" ? "too-large" : undefined;
    }
  };
  let bytes: Uint8Array = new Uint8Array(0);
  let sound = 0;
  let damaged = packed.length + 1;
  for (let length = packed.length; damaged - sound > 1; length = (sound + damaged) >> 1) {
    const decoded = prefix(length);
    if (decoded === "too-large") return decoded;
    if (decoded === undefined) damaged = length;
    else {
      sound = length;
      bytes = decoded;
    }
  }
  return { bytes, damage: describeDamage(cause, sound, packed.length) };
}
