import { describe, expect, it } from "vitest";

import { NOTHING, type FileOutcome } from "./file-outcome.ts";
import { settleClaims, type FileResult, type Holders } from "./settle-claims.ts";

/** A file as its content, who wrote it, and what is to come of it. */
interface Case {
  readonly name: string;
  /** In the order of the files; all have the same content key. */
  readonly files: readonly {
    readonly content: string;
    readonly stored?: string;
    readonly wrote: boolean;
  }[];
  /** For each file the index of its original, or null when it counts itself. */
  readonly originals: readonly (number | null)[];
  /** The files that are read again. */
  readonly again: readonly number[];
}

const CASES: readonly Case[] = [
  { name: "counts one file", files: [{ content: "a", wrote: true }], originals: [null], again: [] },
  {
    name: "takes the first file for the original though the second was written",
    files: [
      { content: "a", wrote: false },
      { content: "a", wrote: true },
    ],
    originals: [null, 0],
    again: [],
  },
  {
    name: "compares what is inside when the files are packed differently",
    files: [
      { content: "a", stored: "x", wrote: true },
      { content: "a", stored: "y", wrote: false },
    ],
    originals: [null, 0],
    again: [],
  },
  {
    name: "keeps both contents that share a key, and reads the one that was held back",
    files: [
      { content: "a", wrote: true },
      { content: "b", wrote: false },
      { content: "b", wrote: false },
    ],
    originals: [null, null, 1],
    again: [1],
  },
  {
    name: "reads the first file again when the writer turns out to hold something else",
    files: [
      { content: "a", wrote: false },
      { content: "b", wrote: true },
    ],
    originals: [null, null],
    again: [0],
  },
];

describe("settleClaims", () => {
  it.each(CASES)("$name", async ({ files, originals, again }) => {
    const { settled, readAgain } = await settle(files, 1);
    expect(settled.map(({ original }) => original?.name ?? null)).toEqual(
      originals.map((index) => (index === null ? null : `file-${index}`)),
    );
    expect(readAgain).toEqual(again.map((index) => `file-${index}`));
  });

  it.each(CASES)("$name, over several batches", async ({ files, originals }) => {
    const { settled } = await settle(files, files.length);
    expect(settled.map(({ original }) => original?.name ?? null)).toEqual(
      originals.map((index) => (index === null ? null : `file-${index}`)),
    );
  });
});

async function settle(files: Case["files"], batches: number) {
  const holders: Holders = new Map();
  const readAgain: string[] = [];
  const contentOf = new Map(files.map((file, i) => [`file-${i}`, file]));
  const settled: FileResult[] = [];
  const results = files.map(({ wrote }, i): FileResult => ({
    file: {
      name: `file-${i}`,
      path: `/file-${i}`,
      size: 1,
      identity: `${i}`,
      day: null,
      deliveredAt: null,
    },
    outcome: { ...NOTHING, status: "read", content: { crc: 1, length: 1 }, claimed: !wrote },
  }));
  const size = Math.ceil(results.length / batches);
  for (let at = 0; at < results.length; at += size) {
    const batch = await settleClaims(results.slice(at, at + size), holders, {
      digest: async ({ name }, of) => {
        const file = contentOf.get(name);
        return of === "stored" ? (file?.stored ?? file?.content ?? "") : (file?.content ?? "");
      },
      readAgain: async ({ name }): Promise<FileOutcome> => {
        readAgain.push(name);
        return { ...NOTHING, status: "read" };
      },
    });
    settled.push(...batch);
  }
  return { settled, readAgain };
}
