import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

export const CHECKSUM_ALGORITHMS = ["crc32", "crc64nvme", "sha256"] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** The value of `x-amz-checksum-…`: big-endian bytes in base64. */
export function checksumOf(algorithm: ChecksumAlgorithm, body: Uint8Array): string {
  if (algorithm === "sha256") return createHash("sha256").update(body).digest("base64");
  const bytes = Buffer.alloc(algorithm === "crc32" ? 4 : 8);
  if (algorithm === "crc32") bytes.writeUInt32BE(crc32(body));
  else bytes.writeBigUInt64BE(crc64nvme(body));
  return bytes.toString("base64");
}

/** CRC-64/NVME as in the NVM Express specification; `123456789` gives ae8b14860a799888. */
export function crc64nvme(body: Uint8Array): bigint {
  let crc = ALL_ONES;
  for (const byte of body) crc = CRC64_TABLE[Number((crc ^ BigInt(byte)) & 0xffn)]! ^ (crc >> 8n);
  return crc ^ ALL_ONES;
}

const ALL_ONES = 0xffff_ffff_ffff_ffffn;
const POLYNOMIAL_REFLECTED = 0x9a6c_9329_ac4b_c9b5n;
const CRC64_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL_REFLECTED : crc >> 1n;
  return crc;
});
