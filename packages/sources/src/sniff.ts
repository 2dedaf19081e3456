import { headerOf } from "./read-header.ts";

/** What the first bytes of a file, or of what was packed in it, say that it is. */
export type Content =
  | { readonly kind: "gzip" | "parquet" | "text" | "utf16" | "json" | "empty" }
  | { readonly kind: "csv"; readonly delimiter: string }
  /** Something that is not read; `what` completes "looks like …". */
  | { readonly kind: "foreign"; readonly what: string; readonly mayHoldRecords: boolean };

/** How many bytes {@link sniff} wants to see. */
export const SNIFF_BYTES = 64 * 1024;

/** Tells by content, never by name, what it is. */
export function sniff(head: Uint8Array): Content {
  if (head.length === 0) return { kind: "empty" };
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SNIFF_BYTES));
  if (bytes[0] === 0x1f && (bytes[1] === 0x8b || bytes.length === 1)) return { kind: "gzip" };
  const magic = MAGICS.find((m) => bytes.subarray(m.at ?? 0).indexOf(m.bytes) === 0);
  if (magic?.what === PARQUET) return { kind: "parquet" };
  if (magic !== undefined) {
    const what =
      magic.what === ZIP && bytes.includes("xl/") ? "an Excel workbook (xlsx)" : magic.what;
    return { kind: "foreign", what, mayHoldRecords: magic.holds };
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { kind: "utf16" };
  }
  if (isBinary(bytes)) return { kind: "foreign", what: "binary data", mayHoldRecords: true };
  return sniffText(bytes.toString("utf8"));
}

const PARQUET = "a Parquet file";
const ZIP = "a zip archive";

interface Magic {
  readonly bytes: Buffer;
  readonly at?: number;
  readonly what: string;
  /** Whether flow-log records could be inside, so that not reading it leaves a gap. */
  readonly holds: boolean;
}

const MAGICS: readonly Magic[] = [
  magic("PAR1", PARQUET, true),
  magic("PARE", "an encrypted Parquet file", true),
  magic("PK\x03\x04", ZIP, true),
  magic("PK\x05\x06", "an empty zip archive", false),
  magic("BZh", "a bzip2 file", true),
  magic("\xfd7zXZ\x00", "an xz file", true),
  magic("\x28\xb5\x2f\xfd", "a Zstandard file", true),
  magic("\x04\x22\x4d\x18", "an LZ4 file", true),
  magic("\xff\x06\x00\x00sNaPpY", "a Snappy file", true),
  magic("7z\xbc\xaf\x27\x1c", "a 7-Zip archive", true),
  magic("Rar!\x1a\x07", "a RAR archive", true),
  { ...magic("ustar", "a tar archive", true), at: 257 },
  magic("Obj\x01", "an Avro file", true),
  magic("ORC", "an ORC file", true),
  magic("ARROW1", "an Arrow file", true),
  magic("SQLite format 3\x00", "a SQLite database", true),
  { ...magic("DUCK", "a DuckDB database", true), at: 8 },
  magic("\xd4\xc3\xb2\xa1", "a packet capture (pcap)", false),
  magic("\xa1\xb2\xc3\xd4", "a packet capture (pcap)", false),
  magic("\x0a\x0d\x0d\x0a", "a packet capture (pcapng)", false),
  magic("%PDF", "a PDF document", false),
  magic("\x89PNG", "a PNG image", false),
  magic("\xff\xd8\xff", "a JPEG image", false),
  magic("GIF8", "a GIF image", false),
  magic("\x7fELF", "a program (ELF)", false),
  magic("MZ\x90\x00", "a Windows program", false),
];

function magic(text: string, what: string, holds: boolean): Magic {
  return { bytes: Buffer.from(text, "latin1"), what, holds };
}

/** NUL bytes may stray into a log; text that is a third control characters is none. */
function isBinary(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 4096);
  let control = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) control++;
  return control * 10 > sample.length * 3;
}

function sniffText(text: string): Content {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (/^[[{]/.test(start)) return { kind: "json" };
  if (/^<(!doctype html|html|head|body)/i.test(start)) {
    return { kind: "foreign", what: "an HTML page", mayHoldRecords: false };
  }
  if (/^<\?xml|^<[A-Za-z]+[ >]/.test(start) && /<\/|\/>/.test(start)) {
    return { kind: "foreign", what: "an XML document", mayHoldRecords: false };
  }
  return sniffCsv(start) ?? { kind: "text" };
}

/** The columns that hold a whole flow-log line, in exports that wrap one. */
export const LINE_COLUMNS = ["@message", "message", "_raw"];

function sniffCsv(text: string): Content | undefined {
  const [line = ""] = text.split("\n", 1);
  for (const delimiter of [",", "\t", ";", "|"]) {
    const cells = csvNames(line, delimiter);
    if (cells.length < 2) continue;
    if (cells.some((cell) => LINE_COLUMNS.includes(cell.toLowerCase())))
      return { kind: "csv", delimiter };
    if (headerOf(cells) !== undefined) return { kind: "csv", delimiter };
    if (/^\d+$/.test(cells[0] ?? "") && cells.length >= 6 && !line.trim().includes(" ")) {
      return { kind: "csv", delimiter };
    }
    if (
      cells.length > 2 &&
      line.split(/\s+/).length < cells.length &&
      cells.every((c) => !/^\d/.test(c))
    ) {
      const shown = cells
        .slice(0, 4)
        .map((c) => c.slice(0, 40))
        .join(", ");
      return {
        kind: "foreign",
        what: `a CSV file with the columns ${shown}, …`,
        mayHoldRecords: true,
      };
    }
  }
  return undefined;
}

/** The names of a CSV's first line, without their quotes. */
function csvNames(line: string, delimiter: string): string[] {
  return line
    .replace(/\r$/, "")
    .split(delimiter)
    .map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
}
