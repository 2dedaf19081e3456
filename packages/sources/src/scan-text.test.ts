import { DEFAULT_FIELDS } from "@turnaway/core/fields";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { HEADER, record, text } from "../test/fixtures.ts";
import { columnsOfFields } from "./column-class.ts";
import { TextScanner } from "./scan-text.ts";

const LINES: readonly string[] = [
  HEADER,
  "srcaddr dstaddr action planet",
  "10.0.0.1 10.0.0.2 REJECT mars",
  record(1),
  record(2, { srcaddr: "2001:db8::1" }),
  record(3, { bytes: "9223372036854775807" }),
  record(4, { start: "1763510400123" }),
  record(5, { srcport: "0443", packets: "-" }),
  ` ${record(6)} `,
  `2025-11-19T00:00:00.000Z ${record(7)}`,
  "too short",
  record(8, { dstport: "65536" }),
  record(9, { "account-id": "caf\u00e9\ud83d\ude00" }),
  "",
  "x".repeat(400),
  "version version",
];

describe("TextScanner", () => {
  it("gives the same however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength: 12 }),
        fc.boolean(),
        fc.array(fc.nat(3000)),
        (lines, closed, cuts) => {
          const whole = text(...lines).subarray(0, closed ? undefined : -1);
          const at = [0, ...cuts, whole.length]
            .map((cut) => Math.min(cut, whole.length))
            .toSorted((a, b) => a - b);
          const pieces = at.slice(1).map((end, i) => whole.subarray(at[i], end));
          expect(scan(pieces)).toEqual(scan([whole]));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("writes the same line whether it was clean or had to be mended", () => {
    fc.assert(
      fc.property(fc.constantFrom(...LINES.slice(3)), (line) => {
        // Two spaces send any line the long way round.
        const clean = scan([text(HEADER, line, record(99))]);
        const mended = scan([text(HEADER, line.replace(" ", "  "), record(99))]);
        expect(mended.lines).toEqual(clean.lines);
        expect(mended.tally.formats).toEqual(clean.tally.formats);
      }),
    );
  });

  it("counts every line as one thing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES)), (lines) => {
        const { tally, lines: clean } = scan([text(...lines)]);
        const blank = lines.filter((line) => line.trim() === "").length;
        expect(tally.lines).toBe(lines.length);
        expect(tally.headers + tally.records + blank).toBe(tally.lines);
        expect(clean.length + tally.malformed).toBe(tally.records);
      }),
    );
  });

  it("keeps five samples of each kind of malformed line", () => {
    const { tally } = scan([
      text(
        HEADER,
        ...Array.from({ length: 20 }, () => "1 2"),
        ...Array.from({ length: 3 }, () => `${record(1)} x`),
      ),
    ]);
    expect(tally.samples.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 5 }, () => "RECORD_TOO_SHORT"),
      ...Array.from({ length: 3 }, () => "RECORD_TOO_LONG"),
    ]);
    expect(tally.malformed).toBe(23);
  });
});

function scan(pieces: readonly Uint8Array[]) {
  const written: string[] = [];
  const scanner = new TextScanner(
    {
      append: (columns, bytes, from, to) =>
        written.push(...stretch(columns.key, bytes.subarray(from, to))),
    },
    { fallbacks: [columnsOfFields(DEFAULT_FIELDS)], maxLineBytes: 300 },
  );
  for (const piece of pieces) scanner.write(piece);
  scanner.end(false);
  return { lines: written, tally: scanner.tally };
}

function stretch(format: string, bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString()
    .split("\n")
    .slice(0, -1)
    .map((line) => `${format}: ${line}`);
}
