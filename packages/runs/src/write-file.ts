import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describeSystemError, TurnawayError } from "@turnaway/core";

/** Writes a file whole or not at all: to a temporary name first, then renamed. */
export function writeFile(file: string, content: string | Uint8Array | Iterable<string>): void {
  const temporary = `${file}.${process.pid}.tmp`;
  makeFolder(path.dirname(path.resolve(file)));
  try {
    const isWhole = typeof content === "string" || content instanceof Uint8Array;
    writePieces(temporary, isWhole ? [content] : content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unwritable(file, error);
  }
}

function writePieces(file: string, pieces: Iterable<string | Uint8Array>): void {
  const handle = openSync(file, "w");
  try {
    for (const piece of pieces) writeFileSync(handle, piece);
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder with all above it. @throws TurnawayError OUTPUT. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** The error of something that can not be written. */
export function unwritable(where: string, error: unknown): TurnawayError {
  return new TurnawayError(
    "OUTPUT",
    {
      what: "output can't be written",
      where,
      why: describeSystemError(error),
      fix: "name a place that you may write to, with room on the disk",
    },
    { cause: error },
  );
}
