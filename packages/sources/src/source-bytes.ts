import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { createGunzip } from "node:zlib";

import { errorCode } from "@turnaway/core/system-errors";

import { describeDamage, gunzip, statedCrc, statedSize, type GzipDamage } from "./gunzip.ts";
import { SNIFF_BYTES, sniff } from "./sniff.ts";

/** The plain bytes of one source file, as far as it is sound. */
export interface SourceBytes {
  /** The bytes: in one piece when `held`, else piece by piece. A piece is valid until the next. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Whether the one piece may be kept for as long as one likes. */
  readonly held: boolean;
  /** Whether the file itself is gzip. */
  readonly packed: boolean;
  /** CRC-32 of all bytes where the file itself states it and it was verified. */
  readonly crc: number | undefined;
  /** What was found wrong; final once the pieces are used up. */
  readonly damage: () => GzipDamage | null;
}

export interface ByteLimits {
  /** Plain bytes up to which a file is read in one piece. */
  readonly holdBytes: number;
  /** Plain bytes per stored byte beyond which a file counts as a bomb. */
  readonly maxRatio: number;
  /** Plain bytes at which reading stops, whatever the ratio. */
  readonly maxBytes: number;
}

/**
 * Opens a regular file, unpacks gzip (told by its first bytes, not by its name),
 * and hands on plain bytes.
 *
 * @throws the system's error when the file can not be read.
 */
export function openSource(file: string, limits: ByteLimits): SourceBytes {
  const fd = openSync(file, "r");
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile())
      throw Object.assign(new Error("it is not a regular file"), { code: "ENOTREG" });
    const size = stat.size;
    const whole = size <= limits.holdBytes ? readAll(fd, size) : undefined;
    const head = whole ?? readAll(fd, SNIFF_BYTES);
    if (sniff(head).kind !== "gzip") {
      return whole === undefined
        ? { ...NOTHING_KNOWN, pieces: plainPieces(file) }
        : { ...NOTHING_KNOWN, pieces: [whole], held: true };
    }
    return gzipBytes(file, whole, limits);
  } finally {
    closeSync(fd);
  }
}

function gzipBytes(file: string, packed: Uint8Array | undefined, limits: ByteLimits): SourceBytes {
  if (packed !== undefined && (statedSize(packed) ?? 0) <= limits.holdBytes) {
    const plain = gunzip(packed, limits.holdBytes);
    if (plain !== "too-large") {
      // The trailer speaks for the whole file when there is one member only.
      const single = plain.damage === null && plain.bytes.length === statedSize(packed);
      const crc = single ? statedCrc(packed) : undefined;
      return { pieces: [plain.bytes], held: true, packed: true, crc, damage: () => plain.damage };
    }
  }
  let damage: GzipDamage | null = null;
  const pieces = gzipPieces(file, limits, (found) => (damage = found));
  return { ...NOTHING_KNOWN, pieces, packed: true, damage: () => damage };
}

const NOTHING_KNOWN = { held: false, packed: false, crc: undefined, damage: () => null } as const;

const PIECE = 8 * 1024 * 1024;
const INFLATED_PIECE = 256 * 1024;

async function* plainPieces(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: PIECE });
}

/**
 * Inflates a large file piece by piece and checks as it goes. When the stream breaks
 * at most one piece of decoded bytes is lost.
 */
async function* gzipPieces(
  file: string,
  limits: ByteLimits,
  onDamage: (damage: GzipDamage) => void,
): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(file, { highWaterMark: 64 * 1024 });
  const inflater = createGunzip({ chunkSize: INFLATED_PIECE });
  packed.on("error", (error) => inflater.destroy(error));
  let size = 0;
  packed.on("data", (chunk) => (size += chunk.length));
  let plain = 0;
  try {
    for await (const piece of packed.pipe(inflater) as AsyncIterable<Uint8Array>) {
      plain += piece.length;
      const bomb = bombOf(plain, inflater.bytesWritten, limits);
      if (bomb !== undefined) return onDamage(bomb);
      yield piece;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    onDamage(describeDamage(error, inflater.bytesWritten, size));
  } finally {
    packed.destroy();
    inflater.destroy();
  }
}

function bombOf(plain: number, packed: number, limits: ByteLimits): GzipDamage | undefined {
  if (plain <= limits.holdBytes) return undefined;
  const offset = packed;
  if (plain > limits.maxRatio * Math.max(packed, 1)) {
    const detail = `the gzip file unpacks to more than ${limits.maxRatio} times its size; reading stopped after ${plain} bytes`;
    return { code: "GZIP_RATIO", offset, detail };
  }
  if (plain <= limits.maxBytes) return undefined;
  const detail = `the limit of ${limits.maxBytes} plain bytes is reached; reading stopped`;
  return { code: "GZIP_RATIO", offset, detail };
}

function isZlibError(error: unknown): boolean {
  return errorCode(error)?.startsWith("Z_") ?? false;
}

/** The first `size` bytes, or all there are. */
function readAll(fd: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = readSync(fd, buffer, length, size - length, length);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}
