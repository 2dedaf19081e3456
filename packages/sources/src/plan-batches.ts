import { closeSync, openSync, readSync } from "node:fs";

import type { SourceFile } from "./source-file.ts";

/**
 * Cuts the files, in their order, into stretches whose plain text stays below
 * `maxBytes`; a single file that is larger makes a batch of its own.
 *
 * The plain size of gzip is what its trailer states; files of several members state
 * too little, so the estimate never goes below the usual ratio of flow logs by much.
 */
export function* planBatches(
  files: readonly SourceFile[],
  maxBytes: number,
): Generator<readonly SourceFile[]> {
  let batch: SourceFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const estimate = plainSize(file);
    if (batch.length > 0 && bytes + estimate > maxBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += estimate;
  }
  if (batch.length > 0) yield batch;
}

/** Plain bytes for a stored byte, when the file does not say. */
const USUAL_RATIO = 8;

function plainSize(file: SourceFile): number {
  try {
    return statedPlainSize(file) ?? file.size;
  } catch {
    // Whoever reads the file will find and name what is wrong with it.
    return file.size;
  }
}

/** What a gzip file says of itself, undefined for all other files. */
function statedPlainSize({ path, size }: SourceFile): number | undefined {
  if (size < 18) return undefined;
  const fd = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4);
    readSync(fd, bytes, 0, 2, 0);
    if (bytes.readUInt16BE() !== 0x1f8b) return undefined;
    readSync(fd, bytes, 0, 4, size - 4);
    const stated = bytes.readUInt32LE();
    return stated < size || stated > size * 1100 ? size * USUAL_RATIO : stated;
  } finally {
    closeSync(fd);
  }
}
