import type { Problem } from "@turnaway/core";

import { describeTally } from "./describe-tally.ts";
import type { FileOutcome, FileProblem } from "./file-outcome.ts";
import type { FileResult } from "./settle-claims.ts";
import type { SourceFile } from "./source-file.ts";

/** What was read and what was not, over all files. Counts are of contents read once. */
export interface FileCoverage {
  /** Files looked at, whatever came of them. */
  readonly files: number;
  /** Bytes of these files as stored, compressed. */
  readonly bytes: number;
  /** Lines of plain text, blank ones too; an event of a wrapper and a Parquet row are one line. */
  readonly lines: number;
  readonly headers: number;
  /** Good and malformed records; NODATA, SKIPDATA and transit gateway records are good here. */
  readonly records: number;
  readonly malformed: number;
  /** Files whose content had already been read from another file. */
  readonly duplicates: number;
  /** Good records by the field list they were logged with, most records first. */
  readonly formats: readonly {
    readonly fields: string;
    readonly files: number;
    readonly records: number;
  }[];
  /** In the order of the files. */
  readonly problems: readonly Problem[];
}

/** What the files of a source came to, in their order. */
export class CoverageSum {
  readonly #byFile = new Map<string, FileCoverage>();
  readonly #readable = new Set<string>();

  /** Counts a file, or counts it anew when more was found out about it. */
  set(result: FileResult): void {
    const { identity } = result.file;
    this.#byFile.set(identity, coverageOf(result));
    if (result.outcome.status === "refused") this.#readable.delete(identity);
    else this.#readable.add(identity);
  }

  /** Whether anything could be read. */
  get readable(): boolean {
    return this.#readable.size > 0;
  }

  /** What each file came to, by its identity. */
  byFile(): ReadonlyMap<string, FileCoverage> {
    return this.#byFile;
  }

  coverage(): FileCoverage {
    return addCoverage([...this.#byFile.values()]);
  }
}

function coverageOf({ file, outcome, original }: FileResult): FileCoverage {
  const { tally, parquet, status } = outcome;
  const ownProblems = outcome.problems.map((problem) => named(file, problem));
  if (original !== undefined) {
    const detail = `it holds the same as ${original.name} and is read once`;
    const duplicate = named(file, { code: "DUPLICATE_FILE", detail, partial: false });
    return { ...of(file), duplicates: 1, problems: [...ownProblems, duplicate] };
  }
  // A refused file has said what is wrong with all of its lines.
  const told = status === "read" && tally !== null ? describeTally(tally) : [];
  return {
    ...of(file),
    lines: (tally?.lines ?? 0) + (parquet?.records ?? 0),
    headers: tally?.headers ?? 0,
    records: (tally?.records ?? 0) + (parquet?.records ?? 0),
    malformed: tally?.malformed ?? 0,
    formats: sortFormats(formatsOf(outcome)),
    problems: [...ownProblems, ...told.map((problem) => named(file, problem))],
  };
}

function of({ size }: SourceFile): FileCoverage {
  const none = { lines: 0, headers: 0, records: 0, malformed: 0, duplicates: 0 };
  return { files: 1, bytes: size, ...none, formats: [], problems: [] };
}

function formatsOf({
  tally,
  parquet,
}: FileOutcome): Map<string, { files: number; records: number }> {
  const formats = Object.entries(tally?.formats ?? {});
  if (parquet !== null) {
    formats.push([parquet.columns.map(({ field }) => field).join(" "), parquet.records]);
  }
  return new Map(formats.map(([fields, records]) => [fields, { files: 1, records }]));
}

function named(file: SourceFile, { code, detail, partial, line }: FileProblem): Problem {
  const where = line === undefined ? file.name : `${file.name}:${line}`;
  return { code, where, detail, partial };
}

/** The coverage of several files, from that of each, in their order. */
export function addCoverage(parts: readonly FileCoverage[]): FileCoverage {
  const formats = new Map<string, { files: number; records: number }>();
  for (const { fields, files, records } of parts.flatMap((part) => part.formats)) {
    const sum = formats.get(fields) ?? { files: 0, records: 0 };
    formats.set(fields, { files: sum.files + files, records: sum.records + records });
  }
  const total = (
    key: "files" | "bytes" | "lines" | "headers" | "records" | "malformed" | "duplicates",
  ) => parts.reduce((sum, part) => sum + part[key], 0);
  return {
    files: total("files"),
    bytes: total("bytes"),
    lines: total("lines"),
    headers: total("headers"),
    records: total("records"),
    malformed: total("malformed"),
    duplicates: total("duplicates"),
    formats: sortFormats(formats),
    problems: parts.flatMap((part) => part.problems),
  };
}

function sortFormats(
  formats: ReadonlyMap<string, { readonly files: number; readonly records: number }>,
): FileCoverage["formats"] {
  return [...formats]
    .map(([fields, counts]) => ({ fields, ...counts }))
    .toSorted((a, b) => b.records - a.records || (a.fields < b.fields ? -1 : 1));
}
