import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Folder of the pictures that are committed, one for each sheet. */
export const PICTURES = "packages/preview/golden";

/** A sheet whose picture is not the same in two checkouts. */
export interface ChangedPicture {
  /** `rejects-overview`, as its file is called. */
  readonly name: string;
  /** Whether the checkout before and the one after have it. */
  readonly before: boolean;
  readonly after: boolean;
}

/** Compares the pictures of two checkouts, byte by byte, in the order of their names. */
export function changedPictures(base: string, head: string): readonly ChangedPicture[] {
  const before = picturesIn(base);
  const after = picturesIn(head);
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((name) => {
    const was = before.get(name);
    const is = after.get(name);
    if (was !== undefined && is !== undefined && was.equals(is)) return [];
    return [{ name, before: was !== undefined, after: is !== undefined }];
  });
}

// Their names become links, so a name that would need quoting is none of ours.
function picturesIn(checkout: string): ReadonlyMap<string, Buffer> {
  const folder = path.join(checkout, PICTURES);
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.png$/.test(name));
  return new Map(
    names.map((name) => [name.slice(0, -".png".length), readFileSync(path.join(folder, name))]),
  );
}
