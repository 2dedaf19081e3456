import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

import { openSource, type ByteLimits } from "./source-bytes.ts";

/** SHA-256 of a file as it is stored. */
export async function digestStored(file: string): Promise<string> {
  return sha256(createReadStream(file));
}

/** SHA-256 of the plain bytes of a file, as far as they are sound. */
export async function digestPlain(file: string, limits: ByteLimits): Promise<string> {
  return sha256(openSource(file, limits).pieces);
}

async function sha256(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
