import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { columnName, parseLogFormat } from "@turnaway/core";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

import {
  listLocalSources,
  readBatches,
  type FileCoverage,
  type ReadOptions,
  type SourceListing,
} from "../src/index.ts";

// A reading thread then starts three times as fast, and every test starts some.
enableCompileCache();

/** Everything that reading some sources gave, small enough to compare. */
export interface Everything {
  readonly listing: SourceListing;
  readonly coverage: FileCoverage;
  /** All clean lines, each with the format it stands in, sorted. */
  readonly lines: readonly string[];
  /** The same as records, by column name; Parquet rows too. */
  readonly records: readonly Readonly<Record<string, string>>[];
  readonly batches: number;
}

export type ReadAllOptions = Partial<Omit<ReadOptions, "format">> & { readonly fields?: string };

/** Lists and reads the sources through the public interface, and takes all clean text together. */
export async function readAll(
  specs: readonly string[],
  { fields, ...options }: ReadAllOptions = {},
): Promise<Everything> {
  const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-sources-"));
  const signal = options.signal ?? new AbortController().signal;
  try {
    const listing = await listLocalSources(specs, { tempDir, signal });
    const format = fields === undefined ? {} : { format: parseLogFormat(fields) };
    const reader = readBatches(listing.files, {
      tempDir,
      signal,
      threads: 1,
      ...options,
      ...format,
    });
    const lines: string[] = [];
    const records: Record<string, string>[] = [];
    let batches = 0;
    for await (const batch of reader) {
      batches++;
      for (const group of batch.text) {
        const text = group.paths.map((file) => readFileSync(file, "utf8")).join("");
        const found = text.split("\n").slice(0, -1);
        if (found.length !== group.records)
          throw new Error(`${found.length} lines for ${group.records} records`);
        const names = group.format.fields.map(columnName);
        for (const line of found) {
          lines.push(`${names.join(" ")}: ${line}`);
          records.push(recordOf(names, line));
        }
      }
      for (const group of batch.parquet) {
        for (const file of group.paths) records.push(...(await parquetRecords(file)));
      }
      await batch.release();
    }
    return { listing, coverage: reader.coverage(), lines: lines.sort(), records, batches };
  } finally {
    rmSync(tempDir, { recursive: true, force: true });
  }
}

function recordOf(names: readonly string[], line: string): Record<string, string> {
  const tokens = line.split(" ");
  if (tokens.length !== names.length)
    throw new Error(`${tokens.length} tokens for ${names.length} fields: ${line}`);
  return Object.fromEntries(names.map((name, i) => [name, tokens[i] ?? ""]));
}

async function parquetRecords(file: string): Promise<Record<string, string>[]> {
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(file),
    compressors: { GZIP: (packed) => gunzipSync(packed) },
  });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [columnName(name), String(value ?? "-")]),
    ),
  );
}
