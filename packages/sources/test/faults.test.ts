import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { HEADER, record, records, storedGzip, text, withTrailer } from "./fixtures.ts";
import { parquetFile } from "./parquet-fixture.ts";
import { readAll, type Everything, type ReadAllOptions } from "./read-all.ts";

/** One fault: the files that have it, and what is made of them. */
interface Fault {
  readonly row: string;
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly options?: ReadAllOptions;
  /** Good records. */
  readonly good: number;
  readonly malformed?: number;
  /** `CODE` or `CODE partial`, of all problems, in order, no code twice. */
  readonly problems?: readonly string[];
  readonly also?: (everything: Everything) => void;
}

const BIG = "9223372036854775807";
const ten = text(HEADER, ...records(10));

const FAULTS: readonly Fault[] = [
  {
    row: "A1 a gzip file cut within a line keeps the records before it",
    files: { "a.log.gz": storedGzip(ten).subarray(0, -100), "b.log": text(HEADER, record(50)) },
    good: 10,
    malformed: 1,
    problems: ["GZIP_TRUNCATED partial", "RECORD_CUT"],
    also: ({ coverage }) => {
      expect(coverage.problems[0]?.where).toMatch(/a\.log\.gz$/);
      expect(coverage.problems[0]?.detail).toMatch(/at byte \d+/);
    },
  },
  {
    row: "A2 a gzip file cut at a line end is noticed",
    files: { "a.log.gz": storedGzip(ten).subarray(0, -8 - record(9).length - 1) },
    good: 9,
    problems: ["GZIP_TRUNCATED partial"],
  },
  {
    row: "A3 a wrong checksum is noticed",
    files: { "a.log.gz": withTrailer(ten, (trailer) => (trailer.writeUInt32LE(1, 0), trailer)) },
    good: 10,
    problems: ["GZIP_CORRUPT partial"],
  },
  {
    row: "A3 a missing trailer is noticed",
    files: { "a.log.gz": withTrailer(ten, () => Buffer.alloc(0)) },
    good: 10,
    problems: ["GZIP_TRUNCATED partial"],
  },
  {
    row: "A3 bytes damaged in the middle are noticed, the records before them kept",
    files: { "a.log.gz": damaged(gzipSync(text(HEADER, ...records(2000)))) },
    good: 0,
    problems: ["GZIP_CORRUPT partial"],
    also: ({ records: found }) => expect(found.length).toBeGreaterThan(100),
  },
  {
    row: "A3 garbage behind the last member is noticed",
    files: { "a.log.gz": Buffer.concat([gzipSync(ten), Buffer.from("garbage")]) },
    good: 10,
    problems: ["GZIP_CORRUPT partial"],
  },
  {
    row: "A4 all members of a gzip file are read",
    files: {
      "a.log.gz": Buffer.concat([gzipSync(ten.subarray(0, 300)), gzipSync(ten.subarray(300))]),
    },
    good: 10,
  },
  {
    row: "A5 a zero-byte file is counted and passed over",
    files: { "a.log.gz": "", "b.log": ten },
    good: 10,
    problems: ["EMPTY_FILE"],
    also: ({ coverage }) => expect(coverage.files).toBe(2),
  },
  {
    row: "A6 gzip of nothing holds no records",
    files: { "a.log.gz": gzipSync("") },
    good: 0,
    problems: ["EMPTY_FILE"],
  },
  {
    row: "A7 a header alone holds no records",
    files: { "a.log": text(HEADER) },
    good: 0,
    also: ({ coverage }) => expect(coverage.headers).toBe(1),
  },
  {
    row: "A8 a file without header has the default format",
    files: { "a.log": text(...records(3)) },
    good: 3,
  },
  {
    row: "A8 a file without header and with other fields is refused",
    files: { "a.log": text("1 2 3 4", "1 2 3 4"), "b.log": ten },
    good: 10,
    malformed: 2,
    problems: ["FORMAT_UNKNOWN partial"],
    also: ({ coverage }) => expect(coverage.problems[0]?.detail).toContain("4 fields"),
  },
  {
    row: "A8 --fields says what the fields are",
    files: { "a.log": text("2 10.0.0.1 10.0.0.2 REJECT"), "b.log": text(record(1)) },
    options: { fields: "version srcaddr dstaddr action" },
    good: 2,
  },
  {
    row: "A9 columns are mapped by the names of the header",
    files: { "a.log": text("action dstport srcaddr dstaddr", "REJECT 22 10.0.0.1 10.0.0.2") },
    good: 1,
    also: ({ records: [found] }) =>
      expect(found).toEqual({
        action: "REJECT",
        dstport: "22",
        srcaddr: "10.0.0.1",
        dstaddr: "10.0.0.2",
      }),
  },
  {
    row: "A10 fields of later versions are read",
    files: { "a.log": text(`${HEADER} tcp-flags reject-reason`, `${record(1)} 2 BPA`) },
    good: 1,
    also: ({ records: [found] }) =>
      expect(found).toMatchObject({ tcp_flags: "2", reject_reason: "BPA" }),
  },
  {
    row: "A11 an unknown field is kept and noticed once",
    files: { "a.log": text(`${HEADER} planet`, `${record(1)} mars`, `${record(2)} venus`) },
    good: 2,
    problems: ["FIELD_UNKNOWN"],
    also: ({ records: [found] }) => expect(found?.planet).toBe("mars"),
  },
  {
    row: "A12 a field named twice is refused by name",
    files: { "a.log": text("version srcaddr srcaddr", "2 10.0.0.1 10.0.0.2"), "b.log": ten },
    good: 10,
    malformed: 1,
    problems: ["HEADER_INVALID", "HEADER_DUPLICATE_FIELD partial"],
    also: ({ coverage }) => expect(coverage.problems[1]?.detail).toContain('"srcaddr"'),
  },
  {
    row: "A13 each file has its own format",
    files: { "a.log": ten, "b.log": text("srcaddr dstaddr action", "10.0.0.1 10.0.0.2 ACCEPT") },
    good: 11,
    also: ({ coverage }) =>
      expect(coverage.formats.map(({ files, records: n }) => [files, n])).toEqual([
        [1, 10],
        [1, 1],
      ]),
  },
  {
    row: "A14 a record with too few fields is rejected by file and line",
    files: { "a.log": text(HEADER, record(1), "2 123 eni-1", record(2)) },
    good: 2,
    malformed: 1,
    problems: ["RECORD_TOO_SHORT"],
    also: ({ coverage }) => {
      expect(coverage.problems[0]?.where).toMatch(/a\.log:3$/);
      expect(coverage.problems[0]?.detail).toBe("3 fields where the header names 14");
    },
  },
  {
    row: "A15 a record with too many fields is rejected",
    files: { "a.log": text(HEADER, record(1), `${record(2)} # a comment`) },
    good: 1,
    malformed: 1,
    problems: ["RECORD_TOO_LONG"],
  },
  {
    row: "A16 a last line that breaks off is rejected",
    files: { "a.log": Buffer.concat([ten, Buffer.from(record(11).slice(0, 60))]) },
    good: 10,
    malformed: 1,
    problems: ["RECORD_TOO_SHORT"],
  },
  {
    row: "A16 a whole last line without line feed is a record",
    files: { "a.log": Buffer.from(`${HEADER}\n${record(1)}`) },
    good: 1,
  },
  {
    row: "A17 a record of dashes is kept as logged",
    files: { "a.log": text(HEADER, HEADER.replaceAll(/\S+/g, "-")) },
    good: 1,
    also: ({ records: [found] }) =>
      expect(new Set(Object.values(found ?? {}))).toEqual(new Set(["-"])),
  },
  {
    row: "A18 NODATA is a good record",
    files: { "a.log": text(HEADER, "2 1 eni-1 - - - - - - - 1763510400 1763510460 - NODATA") },
    good: 1,
  },
  {
    row: "A19 SKIPDATA is a good record",
    files: { "a.log": text(HEADER, "2 1 eni-1 - - - - - - - 1763510400 1763510460 - SKIPDATA") },
    good: 1,
  },
  {
    row: "A20 a value that is not its field's is rejected",
    files: {
      "a.log": text(
        HEADER,
        ...["http", "65536", "-1", "1.5", "", "4294967297"].map((srcport) =>
          record(1, { srcport }),
        ),
        record(2, { protocol: "256" }),
        record(3, { srcaddr: "ten.0.0.1" }),
        record(4, { action: "DENY" }),
        record(5, { start: "yesterday" }),
        record(6, { "log-status": "0K" }),
        record(7),
      ),
    },
    good: 1,
    malformed: 11,
    problems: ["FIELD_INVALID", "RECORD_TOO_SHORT"],
    also: ({ coverage }) =>
      expect(coverage.problems[0]?.detail).toBe(
        'srcport is "http", not a whole number from 0 to 65535',
      ),
  },
  {
    row: "A21 numbers are never rounded",
    files: {
      "a.log": text(
        HEADER,
        record(1, { bytes: BIG }),
        record(2, { bytes: "9223372036854775808" }),
        record(3, { packets: "99999999999999999999" }),
      ),
    },
    good: 1,
    malformed: 2,
    problems: ["FIELD_INVALID"],
    also: ({ records: [found] }) => expect(found?.bytes).toBe(BIG),
  },
  {
    row: "A22 large counts keep all their digits",
    files: { "a.log": text(HEADER, record(1, { bytes: "9007199254740993" })) },
    good: 1,
    also: ({ records: [found] }) => expect(found?.bytes).toBe("9007199254740993"),
  },
  {
    row: "A23 bytes that are not UTF-8 are replaced and counted",
    files: {
      "a.log": Buffer.from(
        `${HEADER} instance-tag\n${record(1)} caf\xe9\n${record(2)} tea\n`,
        "latin1",
      ),
    },
    good: 2,
    problems: ["NOT_UTF8"],
    also: ({ records: [found] }) => expect(found?.instance_tag).toBe("caf\ufffd"),
  },
  {
    row: "A24 control characters do no harm",
    files: { "a.log": text(`${HEADER} instance-tag`, `${record(1)} a\u0000b\u001b[31m`) },
    good: 1,
    problems: ["CONTROL_CHARACTERS"],
    also: ({ records: [found] }) => expect(found?.instance_tag).toBe("a\ufffdb\ufffd[31m"),
  },
  {
    row: "A25 CRLF and a byte order mark are accepted",
    files: { "a.log": `\ufeff${[HEADER, record(1), record(2)].join("\r\n")}\r\n` },
    good: 2,
  },
  {
    row: "A26 a quote in a field swallows nothing",
    files: {
      "a.log": text(
        `${HEADER} instance-tag`,
        `${record(1)} a"b`,
        `${record(2)} c`,
        `${record(3)} d`,
      ),
    },
    good: 3,
    also: ({ records: [found] }) => expect(found?.instance_tag).toBe('a"b'),
  },
  {
    row: "A27 a line of megabytes is rejected",
    files: {
      "a.log": text(
        HEADER,
        record(1),
        "x".repeat(3_000_000),
        record(2, { "interface-id": "y".repeat(3_000_000) }),
        record(3),
      ),
    },
    good: 2,
    malformed: 2,
    problems: ["LINE_TOO_LONG"],
  },
  {
    row: "A28 a header between records is no record",
    files: { "a.log": text(HEADER, record(1), HEADER, record(2)) },
    good: 2,
    problems: ["HEADER_REPEATED"],
    also: ({ coverage }) => expect(coverage.headers).toBe(2),
  },
  { row: "A29 plain text named .gz is read as what it is", files: { "a.log.gz": ten }, good: 10 },
  {
    row: "A29 gzip without .gz is read as what it is",
    files: { "a.log": gzipSync(ten) },
    good: 10,
  },
  {
    row: "A30 a gzip bomb is stopped by its ratio",
    files: { "a.log.gz": gzipSync(Buffer.concat([ten, Buffer.alloc(80 * 1024 * 1024, 10)])) },
    good: 10,
    problems: ["GZIP_RATIO partial"],
  },
  {
    row: "A31 IPv6, mapped and zoned addresses are accepted",
    files: {
      "a.log": text(
        HEADER,
        ...["2001:db8::1", "::ffff:10.0.0.1", "fe80::1%eth0", "::"].map((srcaddr) =>
          record(1, { srcaddr }),
        ),
      ),
    },
    good: 4,
    also: ({ records: found }) =>
      expect(
        found.map(({ srcaddr }) => srcaddr ?? "").toSorted((a, b) => (a < b ? -1 : 1)),
      ).toEqual(["2001:db8::1", "::", "::ffff:10.0.0.1", "fe80::1%eth0"]),
  },
  {
    row: "A32 milliseconds become seconds",
    files: { "a.log": text(HEADER, record(1, { start: "1763510400123", end: "1763510460456" })) },
    good: 1,
    problems: ["TIME_IN_MILLISECONDS"],
    also: ({ records: [found] }) =>
      expect([found?.start, found?.end]).toEqual(["1763510400", "1763510460"]),
  },
  {
    row: "A33 unlikely times are kept and noticed",
    files: {
      "a.log": text(
        HEADER,
        record(1, { start: "1763510460", end: "1763510400" }),
        record(2, { start: "0", end: "59" }),
        record(3, { end: "4294967296" }),
      ),
    },
    good: 3,
    problems: ["TIME_BACKWARDS", "TIME_UNLIKELY"],
  },
  {
    row: "A34 the same content is read once, however it is packed",
    files: {
      "a.log": ten,
      "b.log.gz": gzipSync(ten),
      "c.log.gz": gzipSync(ten, { level: 1 }),
      "d.log": ten,
    },
    good: 10,
    problems: ["DUPLICATE_FILE"],
    also: ({ coverage }) => {
      expect(coverage.duplicates).toBe(3);
      expect(coverage.problems.map(({ detail }) => /a\.log and/.test(detail))).toEqual([
        true,
        true,
        true,
      ]);
    },
  },
  {
    row: "A35 a Parquet file that is cut off, empty or damaged is named and passed over",
    files: {
      "a.parquet": parquetFile(["srcaddr", "dstaddr", "action"], 5).subarray(0, -20),
      "b.parquet": "",
      "c.parquet": Buffer.concat([Buffer.from("PAR1garbage\x07\x00\x00\x00PAR1")]),
      "d.parquet": parquetFile(["srcaddr", "dstaddr", "log-status"], 5),
    },
    good: 5,
    problems: ["PARQUET_DAMAGED partial", "EMPTY_FILE"],
  },
  {
    row: "A36 a Parquet file of something else is refused, schemas are kept apart",
    files: {
      "a.parquet": parquetFile(["id", "price", "type"], 5),
      "b.parquet": parquetFile(["srcaddr", "dstaddr", "action"], 3),
      "c.parquet": parquetFile(["action", "srcaddr", "dstaddr"], 2),
    },
    good: 5,
    problems: ["FORMAT_UNSUPPORTED partial"],
    also: ({ coverage }) => expect(coverage.formats.length).toBe(2),
  },
  {
    row: "A37 transit gateway records stand in a format of their own",
    files: {
      "a.log": ten,
      "b.log": text(
        "version tgw-id srcaddr dstaddr packets-lost-blackhole",
        "6 tgw-1 10.0.0.1 10.0.0.2 0",
      ),
    },
    good: 11,
    also: ({ coverage }) =>
      expect(coverage.formats.map(({ fields }) => fields.includes("tgw-id"))).toEqual([
        false,
        true,
      ]),
  },
  {
    row: "A38 a time before each record is taken away",
    files: {
      "a.log": text(
        `2025-11-19T00:00:00.000Z ${record(1)}`,
        `2025-11-19T00:00:01.000Z ${record(2)}`,
      ),
      "b.log": text(
        `2025-11-19T00:00:00+00:00 eni-1-all ${record(3)}`,
        `2025-11-19 00:00:00 ${record(4)}`,
      ),
    },
    good: 4,
  },
];

describe("files that are damaged or unlike what AWS writes", () => {
  it.each(FAULTS)("$row", async ({ files, options, good, malformed = 0, problems = [], also }) => {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(dir, name), bytes);
    const everything = await readAll([dir], options);
    const { coverage, records: found } = everything;
    // Where damage decides how much can be kept, `also` says what to expect.
    if (good > 0 || coverage.records === malformed)
      expect(coverage.records - coverage.malformed).toBe(good);
    if (problems[0] !== "GZIP_CORRUPT partial") expect(coverage.malformed).toBe(malformed);
    expect(found.length).toBe(coverage.records - coverage.malformed);
    const codes = coverage.problems.map(({ code, partial }) =>
      partial ? `${code} partial` : code,
    );
    expect(
      [...new Set(codes)].filter((code) => code !== "RECORD_CUT" || problems.includes(code)),
    ).toEqual(problems);
    also?.(everything);
  });
});

describe("what is no file to read", () => {
  it("A39 links out of the folder and broken links are named and passed over", async () => {
    writeFileSync(path.join(dir, "a.log"), ten);
    symlinkSync("/etc/passwd", path.join(dir, "b.log"));
    symlinkSync("nowhere", path.join(dir, "c.log"));
    symlinkSync("a.log", path.join(dir, "d.log"));
    symlinkSync(".", path.join(dir, "loop"));
    const { listing, coverage } = await readAll([dir]);
    expect(listing.problems.map(({ code, where }) => [code, path.basename(where)])).toEqual([
      ["LINK_OUTSIDE", "b.log"],
      ["LINK_BROKEN", "c.log"],
    ]);
    expect(coverage.files).toBe(1);
  });

  it("A40 a file that may not be read is named, the others are read", async () => {
    writeFileSync(path.join(dir, "a.log"), ten);
    writeFileSync(path.join(dir, "b.log"), ten);
    chmodSync(path.join(dir, "b.log"), 0);
    if (process.getuid?.() === 0) return; // Root may read anything.
    const { coverage } = await readAll([dir]);
    expect(coverage.problems).toMatchObject([{ code: "SOURCE_UNREADABLE", partial: true }]);
  });

  it("A40 a folder for temporary files that can not be made ends the run by name", async () => {
    writeFileSync(path.join(dir, "a.log"), ten);
    const tempDir = path.join(dir, "a.log", "temp");
    await expect(readAll([dir], { tempDir })).rejects.toMatchObject({
      code: "OUTPUT",
      exitCode: 3,
    });
  });

  it("A41 pipes, devices and folders named like files are no files", async () => {
    mkdirSync(path.join(dir, "x.gz"));
    writeFileSync(path.join(dir, "x.gz", "a.log"), ten);
    execFileSync("mkfifo", [path.join(dir, "pipe.log")]);
    const { listing, coverage } = await readAll([dir]);
    expect(listing.problems.map(({ code }) => code)).toEqual(["NOT_A_FILE"]);
    expect(coverage.records).toBe(10);
    await expect(readAll(["/dev/zero"])).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "turnaway-faults-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The file with one byte changed, half-way through. */
function damaged(packed: Buffer): Buffer {
  const bytes = Buffer.from(packed);
  const middle = bytes.length >> 1;
  bytes.fill(0xff, middle, middle + 8);
  return bytes;
}
