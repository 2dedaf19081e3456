import { crc32, gzipSync } from "node:zlib";

/** The documented header of the default format. */
export const HEADER =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

const START = 1_763_510_400;

/** The n-th of a row of different records. */
export function record(n: number, change: Readonly<Record<string, string>> = {}): string {
  const fields: Record<string, string> = {
    version: "2",
    "account-id": "123456789012",
    "interface-id": `eni-${n.toString(16).padStart(17, "0")}`,
    srcaddr: `10.0.${n >> 8}.${n & 255}`,
    dstaddr: "10.0.9.20",
    srcport: String(32_768 + n),
    dstport: "5432",
    protocol: "6",
    packets: "3",
    bytes: String(100 + n),
    start: String(START + n),
    end: String(START + n + 59),
    action: n % 2 === 0 ? "ACCEPT" : "REJECT",
    "log-status": "OK",
    ...change,
  };
  return HEADER.split(" ")
    .map((name) => fields[name])
    .join(" ");
}

/** Different records, `from` on. */
export function records(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => record(from + i));
}

/** Lines as a file, each ended by a line feed. */
export function text(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

/** A gzip member that stores its bytes as they are, so that a test knows where each of them lies. */
export function storedGzip(plain: Uint8Array): Buffer {
  return gzipSync(plain, { level: 0 });
}

/** A gzip file of which the last bytes, the checksum's and the length's, were changed by `change`. */
export function withTrailer(plain: Uint8Array, change: (trailer: Buffer) => Buffer): Buffer {
  const packed = gzipSync(plain);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(plain), 0);
  trailer.writeUInt32LE(plain.length, 4);
  return Buffer.concat([packed.subarray(0, -8), change(trailer)]);
}
