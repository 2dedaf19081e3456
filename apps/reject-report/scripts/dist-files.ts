import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The files of a bundle, by name. */
export type DistFiles = ReadonlyMap<string, Buffer>;

/** Reads a bundle, which is one flat folder. */
export function readFiles(folder: string): DistFiles {
  const names = readdirSync(folder).toSorted();
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name))]));
}

/** `44 files, 4.8 MB, sha256 …`: the same words for the same bytes. */
export function describeFiles(files: DistFiles): string {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const [name, content] of files) {
    hash.update(`${name}\0${content.length}\0`).update(content);
    bytes += content.length;
  }
  return `${files.size} files, ${(bytes / 1e6).toFixed(1)} MB, sha256 ${hash.digest("hex")}`;
}

/** One line for each file that is not the same in both. */
export function differences(ours: DistFiles, theirs: DistFiles): string[] {
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  return names.flatMap((name) => {
    const [a, b] = [ours.get(name), theirs.get(name)];
    if (a === undefined) return [`${name}: not made by this source`];
    if (b === undefined) return [`${name}: missing`];
    return a.equals(b) ? [] : [`${name}: other bytes`];
  });
}
