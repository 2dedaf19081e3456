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

/** Adds up the outcomes of files, in their order. */
export class CoverageSum {
  #files = 0;
  #bytes = 0;
  #lines = 0;
  #headers = 0;
  #records = 0;
  #malformed = 0;
  #duplicates = 0;
  #readable = 0;
  readonly #formats = new Map<string, { files: number; records: number }>();
  readonly #problems: Problem[] = [];
  readonly #byFile = new Map<string, FileCoverage>();

  add(result: FileResult): void {
    const one = new CoverageSum();
    one.#count(result);
    this.#byFile.set(result.file.identity, one.coverage());
    this.#count(result);
  }

  #count({ file, outcome, original }: FileResult): void {
    this.#files++;
    this.#bytes += file.size;
    if (outcome.status !== "refused") this.#readable++;
    for (const problem of outcome.problems) this.#report(file, problem);
    if (original !== undefined) {
      this.#duplicates++;
      const detail = `it holds the same as ${original.name} and is read once`;
      this.#report(file, { code: "DUPLICATE_FILE", detail, partial: false });
      return;
    }
    this.#addText(file, outcome);
    this.#addParquet(outcome);
  }

  /** Whether anything could be read. */
  get readable(): boolean {
    return this.#readable > 0;
  }

  /** What each file came to, by its identity. */
  byFile(): ReadonlyMap<string, FileCoverage> {
    return this.#byFile;
  }

  coverage(): FileCoverage {
    return {
      files: this.#files,
      bytes: this.#bytes,
      lines: this.#lines,
      headers: this.#headers,
      records: this.#records,
      malformed: this.#malformed,
      duplicates: this.#duplicates,
      formats: sortFormats(this.#formats),
      problems: [...this.#problems],
    };
  }

  #addText(file: SourceFile, { tally, status }: FileOutcome): void {
    if (tally === null) return;
    this.#lines += tally.lines;
    this.#headers += tally.headers;
    this.#records += tally.records;
    this.#malformed += tally.malformed;
    for (const [fields, records] of Object.entries(tally.formats)) this.#addFormat(fields, records);
    // A refused file has said what is wrong with all of its lines.
    if (status === "read") for (const problem of describeTally(tally)) this.#report(file, problem);
  }

  #addParquet({ parquet }: FileOutcome): void {
    if (parquet === null) return;
    this.#lines += parquet.records;
    this.#records += parquet.records;
    this.#addFormat(parquet.columns.map(({ field }) => field).join(" "), parquet.records);
  }

  #addFormat(fields: string, records: number): void {
    const sum = this.#formats.get(fields) ?? { files: 0, records: 0 };
    this.#formats.set(fields, { files: sum.files + 1, records: sum.records + records });
  }

  #report(file: SourceFile, { code, detail, partial, line }: FileProblem): void {
    this.#problems.push({
      code,
      where: line === undefined ? file.name : `${file.name}:${line}`,
      detail,
      partial,
    });
  }
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
