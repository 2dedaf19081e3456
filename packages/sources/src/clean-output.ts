import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

import type { Columns } from "./column-class.ts";
import type { CleanSink } from "./scan-text.ts";

/** A file of clean text, and the format of its lines. */
export interface CleanFile {
  /** Field names joined by one space. */
  readonly format: string;
  readonly path: string;
}

/**
 * Where the clean lines of one source file go until it is known whether they count:
 * the same content may already have been read from another file.
 */
export interface CleanOutput extends CleanSink {
  /** Makes the lines part of the batch and returns the files that now hold them. */
  keep(): CleanFile[];
  /** Forgets the lines. */
  drop(): void;
}

/** Holds the lines in memory, then appends them to files that many source files share. */
export class HeldOutput implements CleanOutput {
  readonly #pathOf: (format: string) => string;
  readonly #stretches = new Map<string, StretchList>();

  /** `pathOf` names the shared file of a format. */
  constructor(pathOf: (format: string) => string) {
    this.#pathOf = pathOf;
  }

  append(columns: Columns, bytes: Uint8Array, from: number, to: number): void {
    let list = this.#stretches.get(columns.key);
    if (list === undefined) this.#stretches.set(columns.key, (list = new StretchList()));
    list.add(bytes, from, to);
  }

  keep(): CleanFile[] {
    return [...this.#stretches].map(([format, list]) => {
      const file = { format, path: this.#pathOf(format) };
      appendToFile(file.path, list.stretches());
      return file;
    });
  }

  drop(): void {
    this.#stretches.clear();
  }
}

/** Writes the lines at once, to files of its own: for source files too large to hold. */
export class SpooledOutput implements CleanOutput {
  readonly #pathOf: (format: string) => string;
  readonly #files = new Map<string, CleanFile>();
  readonly #held = new Map<string, StretchList>();

  /** `pathOf` names a file of the format that no other source file writes to. */
  constructor(pathOf: (format: string) => string) {
    this.#pathOf = pathOf;
  }

  append(columns: Columns, bytes: Uint8Array, from: number, to: number): void {
    const format = columns.key;
    if (!this.#files.has(format)) this.#files.set(format, { format, path: this.#pathOf(format) });
    let list = this.#held.get(format);
    if (list === undefined) this.#held.set(format, (list = new StretchList()));
    list.add(bytes, from, to);
  }

  /** Writes what is held; the bytes that were appended may change from now on. */
  flush(): void {
    for (const [format, list] of this.#held) {
      appendToFile(this.#files.get(format)!.path, list.stretches());
    }
    this.#held.clear();
  }

  keep(): CleanFile[] {
    this.flush();
    return [...this.#files.values()];
  }

  drop(): void {
    this.#held.clear();
    for (const file of this.#files.values()) rmSync(file.path, { force: true });
  }
}

/** The path of a format's file in a folder: formats are numbered as they come. */
export function formatPaths(dir: string, prefix: string): (format: string) => string {
  const numbers = new Map<string, number>();
  return (format) => {
    let number = numbers.get(format);
    if (number === undefined) numbers.set(format, (number = numbers.size));
    return path.join(dir, `${prefix}-${number}.log`);
  };
}

/** Long stretches are kept as they are, short ones are copied together. */
class StretchList {
  readonly #long: Uint8Array[] = [];
  readonly #short: Uint8Array[] = [];
  #block = NO_BLOCK;
  #used = 0;

  add(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length >= LONG_STRETCH) {
      this.#long.push(bytes.subarray(from, to));
      return;
    }
    if (this.#used + length > this.#block.length) {
      this.#closeBlock();
      this.#block = new Uint8Array(Math.max(BLOCK_BYTES, length));
    }
    if (length > 256) this.#block.set(bytes.subarray(from, to), this.#used);
    else for (let i = 0; i < length; i++) this.#block[this.#used + i] = bytes[from + i]!;
    this.#used += length;
  }

  stretches(): Uint8Array[] {
    this.#closeBlock();
    return [...this.#long, ...this.#short];
  }

  #closeBlock(): void {
    if (this.#used > 0) this.#short.push(this.#block.subarray(0, this.#used));
    this.#block = NO_BLOCK;
    this.#used = 0;
  }
}

const LONG_STRETCH = 16 * 1024;
const BLOCK_BYTES = 64 * 1024;
const NO_BLOCK = new Uint8Array(0);

/** Opens, writes, closes: however many formats there are, one file is open at a time. */
function appendToFile(file: string, stretches: readonly Uint8Array[]): void {
  const fd = openSync(file, "a");
  try {
    for (const bytes of stretches) {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at);
    }
  } finally {
    closeSync(fd);
  }
}
