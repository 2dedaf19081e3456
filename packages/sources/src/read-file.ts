import { crc32 } from "node:zlib";

import type { Claims, ContentKey } from "./claims.ts";
import { HeldOutput, SpooledOutput, type CleanOutput } from "./clean-output.ts";
import type { Columns } from "./column-class.ts";
import { describeUnknownFormat, isFormatUnknown } from "./describe-tally.ts";
import { NOTHING, refused, type FileOutcome, type FileProblem } from "./file-outcome.ts";
import { gunzip } from "./gunzip.ts";
import { TextScanner, type ByteSink } from "./scan-text.ts";
import { sniff, type Content } from "./sniff.ts";
import { openSource, type ByteLimits, type SourceBytes } from "./source-bytes.ts";
import { CsvUnwrapper } from "./unwrap-csv.ts";
import { JsonUnwrapper } from "./unwrap-json.ts";
import { Utf16Unwrapper } from "./unwrap-utf16.ts";

/** What reading a file needs beside the file. */
export interface ReadSettings {
  readonly fallbacks: readonly Columns[];
  readonly limits: ByteLimits & { readonly maxLineBytes: number };
  readonly claims: Claims;
  /** Names the batch's shared file of a format. */
  readonly sharedPath: (format: string) => string;
  /** Names a new file of a format that nothing else writes to. */
  readonly ownPath: (format: string) => string;
}

/**
 * Reads one source file to its end: unpacks, verifies, unwraps, checks every line,
 * and writes the clean ones, unless the same content was claimed by another file.
 *
 * `claim: false` writes the lines whoever has the claim.
 *
 * @throws the system's error when the file can not be read or the lines not be written.
 */
export async function readSourceFile(
  file: string,
  settings: ReadSettings,
  { claim }: { claim: boolean },
): Promise<FileOutcome> {
  const input = openSource(file, settings.limits);
  const output = input.held
    ? new HeldOutput(settings.sharedPath)
    : new SpooledOutput(settings.ownPath);
  let kept = false;
  try {
    const outcome = await judge(await readBytes(input, { file, settings, output }), input);
    if (outcome.status === "refused") return outcome;
    if (outcome.content !== null && claim && !settings.claims.claim(outcome.content)) {
      return { ...outcome, claimed: true };
    }
    const clean = output.keep();
    kept = true;
    return { ...outcome, clean };
  } finally {
    if (!kept) output.drop();
  }
}

/** What came out of the bytes of a file, before it is judged. */
interface Reading {
  readonly file: string;
  readonly content: Content;
  readonly key: ContentKey;
  readonly scanner: TextScanner;
  readonly sink: ByteSink | undefined;
}

async function readBytes(
  input: SourceBytes,
  { file, settings, output }: { file: string; settings: ReadSettings; output: CleanOutput },
): Promise<Reading> {
  const { fallbacks, limits } = settings;
  const scanner = new TextScanner(output, { fallbacks, maxLineBytes: limits.maxLineBytes });
  let content: Content = { kind: "empty" };
  let sink: ByteSink | undefined;
  let crc = input.crc ?? 0;
  let length = 0;
  for await (const piece of input.pieces) {
    if (piece.length === 0) continue;
    const plain = length === 0 && input.held ? unpackAgain(piece, limits) : piece;
    if (length === 0) {
      content = sniff(plain);
      sink = sinkFor(content, scanner, limits);
    }
    if (input.crc === undefined) crc = crc32(piece, crc);
    length += piece.length;
    if (content.kind === "foreign" || content.kind === "gzip") break;
    sink?.write(plain);
    if (output instanceof SpooledOutput) output.flush();
  }
  sink?.end(input.damage() !== null);
  return { file, content, key: { crc, length }, scanner, sink };
}

/** Logs that Firehose packs are often gzip within gzip. */
function unpackAgain(bytes: Uint8Array, limits: ByteLimits): Uint8Array {
  if (sniff(bytes).kind !== "gzip") return bytes;
  const inner = gunzip(bytes, limits.holdBytes);
  return inner === "too-large" || inner.damage !== null ? bytes : inner.bytes;
}

const MAX_JSON_VALUE = 128 * 1024 * 1024;

function sinkFor(content: Content, scanner: TextScanner, limits: ByteLimits): ByteSink | undefined {
  switch (content.kind) {
    case "text":
      return scanner;
    case "csv":
      return new CsvUnwrapper(scanner, content.delimiter);
    case "json":
      return new JsonUnwrapper(scanner, Math.min(MAX_JSON_VALUE, limits.maxBytes));
    case "utf16":
      return new Utf16Unwrapper(scanner);
    default:
      return undefined;
  }
}

async function judge(reading: Reading, input: SourceBytes): Promise<FileOutcome> {
  const damage = input.damage();
  const problems: FileProblem[] = damage === null ? [] : [{ ...damage, partial: true }];
  const { content, key, sink } = reading;
  switch (content.kind) {
    case "empty":
      if (damage !== null) return { ...NOTHING, status: "refused", problems };
      return {
        ...NOTHING,
        problems: [{ code: "EMPTY_FILE", detail: "the file is empty", partial: false }],
      };
    case "foreign":
      return refused(unsupported(content.what, content.mayHoldRecords));
    case "gzip":
      return refused(unsupported("gzip within gzip that is damaged or too large", true));
    case "parquet":
      if (input.packed) return refused(unsupported("a Parquet file inside a gzip file", true));
      return judgeParquet(reading);
    default:
  }
  if (sink instanceof JsonUnwrapper) {
    if (sink.foreign !== undefined) return refused(unsupported(sink.foreign, true));
    if (sink.damaged > 0) problems.push(damagedJson(sink.damaged));
  }
  const { tally } = reading.scanner;
  if (isFormatUnknown(tally)) {
    return {
      ...NOTHING,
      tally,
      status: "refused",
      problems: [...problems, describeUnknownFormat(tally)],
      // Its lines are counted as malformed: those of a copy must not be, again.
      content: key,
    };
  }
  return { ...NOTHING, status: "read", problems, tally, content: tally.records > 0 ? key : null };
}

async function judgeParquet({ file, key }: Reading): Promise<FileOutcome> {
  // Most runs see no Parquet and need not wait for its parser.
  const { readParquetFooter } = await import("./parquet.ts");
  const footer = readParquetFooter(file);
  if ("code" in footer) return refused(footer);
  return { ...NOTHING, status: "read", parquet: footer, content: footer.records > 0 ? key : null };
}

function unsupported(what: string, partial: boolean): FileProblem {
  return {
    code: "FORMAT_UNSUPPORTED",
    detail: `it looks like ${what}, which is not read`,
    partial,
  };
}

function damagedJson(pieces: number): FileProblem {
  const detail = pieces === 1 ? "a piece of it is no JSON" : `${pieces} pieces of it are no JSON`;
  return { code: "JSON_DAMAGED", detail: `${detail}: what was in it is lost`, partial: true };
}
