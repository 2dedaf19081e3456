import { open } from "node:fs/promises";
import path from "node:path";
import { constants, gunzipSync } from "node:zlib";

import { DEFAULT_FORMAT, type Problem } from "@turnaway/core";

import { columnsOfFields } from "./column-class.ts";
import { isFormatUnknown } from "./describe-tally.ts";
import { mapConcurrent } from "./s3/map-concurrent.ts";
import { TextScanner } from "./scan-text.ts";
import { sniff } from "./sniff.ts";
import type { SourceFile } from "./source-file.ts";
import { JsonUnwrapper } from "./unwrap-json.ts";

/**
 * Splits files that a folder happened to hold into those to read and those that are
 * certainly something else: a README, a picture, the labels beside simulated logs.
 *
 * A file whose name says flow log is always read, so that damage in it is found. Of the
 * others a first piece is looked at; in doubt they are read too.
 */
export async function passOverForeign(
  files: readonly SourceFile[],
): Promise<{ kept: SourceFile[]; problems: Problem[] }> {
  const kept: SourceFile[] = [];
  const problems: Problem[] = [];
  const looks = await mapConcurrent(files, CONCURRENCY, (file) => foreignLook(file));
  for (const [i, file] of files.entries()) {
    const what = looks[i];
    if (what === undefined) kept.push(file);
    else {
      const detail = `it looks like ${what} and was passed over`;
      problems.push({ code: "FORMAT_UNSUPPORTED", where: file.name, detail, partial: false });
    }
  }
  return { kept, problems };
}

const CONCURRENCY = 16;

/** Enough for the labels of a year of simulated logs, and not felt when parsed. */
const HEAD_BYTES = 1024 * 1024;

async function foreignLook(file: SourceFile): Promise<string | undefined> {
  if (file.deliveredAt !== null || SAYS_FLOW_LOG.test(path.basename(file.path))) return undefined;
  try {
    const { head, whole } = await readHead(file);
    return describeForeign(head, whole);
  } catch {
    // Whoever reads the file will find and name what is wrong with it.
    return undefined;
  }
}

const SAYS_FLOW_LOG = /\.log(\.|$)|\.parquet(\.|$)|flow/i;

async function readHead({ path, size }: SourceFile): Promise<{ head: Uint8Array; whole: boolean }> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, HEAD_BYTES)), 0);
    const head = buffer.subarray(0, bytesRead);
    if (sniff(head).kind !== "gzip") return { head, whole: bytesRead === size };
    return { head: gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }), whole: false };
  } finally {
    await handle.close();
  }
}

function describeForeign(head: Uint8Array, whole: boolean): string | undefined {
  const content = sniff(head);
  if (content.kind === "foreign") return content.what;
  if (content.kind !== "text" && content.kind !== "json") return undefined;
  const scanner = new TextScanner(
    { append: () => undefined },
    { fallbacks: [columnsOfFields(DEFAULT_FORMAT.fields)], maxLineBytes: HEAD_BYTES },
  );
  const sink = content.kind === "json" ? new JsonUnwrapper(scanner, HEAD_BYTES) : scanner;
  sink.write(head);
  if (whole) sink.end(false);
  if (sink instanceof JsonUnwrapper) return sink.foreign;
  const hasRecords = !isFormatUnknown(scanner.tally) || TRACES_OF_RECORDS.test(latin1(head));
  return hasRecords ? undefined : "text without a flow-log record";
}

/** What a line of any log format has: an address, an interface, what became of the packet. */
const TRACES_OF_RECORDS =
  /\b(ACCEPT|REJECT|NODATA|SKIPDATA)\b|\beni-[0-9a-f]+|\b\d{1,3}(\.\d{1,3}){3}\b|\b[0-9a-f]{1,4}:[0-9a-f:]*:/i;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
