import { ACTION, ADDRESS, BIGINT, INTEGER, STATUS, TEXT, TIME, type Columns } from "./column-class.ts";

/** The longest run of clean lines, and how many records it holds. */
export interface CleanRun {
  /** Offset behind the last clean line: the first line that needs a closer look, or the limit. */
  to: number;
  records: number;
}

/**
 * The longest run of lines, from `from` on, that are already what the reader wants:
 * the right number of tokens, one space between them, each of its column's class,
 * and no `end` before its `start`.
 *
 * This is the loop that every byte of every log passes through. It takes no slices,
 * makes no strings, looks at four bytes at once where it can, and leaves every doubt
 * to `repair-line.ts`: what it accepts, the repair would pass through unchanged.
 * `limit` must be just behind a line feed.
 */
export function cleanRun(
  bytes: Uint8Array,
  columns: Columns,
  { from, limit, maxLineBytes }: { from: number; limit: number; maxLineBytes: number },
): CleanRun {
  const { classes, limits, last, endFirst } = columns;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Reading four bytes at the last line feed must not leave the buffer.
  const to = limit + 3 <= bytes.length ? limit : bytes.lastIndexOf(LINE_FEED, limit - 2) + 1;
  let records = 0;
  let i = from;
  let lineStart = from;
  scan: while (i < to) {
    let timeHigh = 0;
    let timeMiddle = 0;
    let timeLow = 0;
    for (let column = 0; column <= last; column++) {
      const tokenStart = i;
      let c = bytes[i]!;
      switch (classes[column]) {
        case TEXT:
          while (((view.getInt32(i) - LOWEST_TEXT) & HIGH_BITS) === 0) i += 4;
          c = bytes[i]!;
          while (c > SPACE) c = bytes[++i]!;
          if (i === tokenStart) break scan;
          break;
        case ADDRESS: {
          let shape = 0;
          let weight = ADDRESS_WEIGHT[c]!;
          while (weight < OUTSIDE) {
            shape += weight;
            c = bytes[++i]!;
            weight = ADDRESS_WEIGHT[c]!;
          }
          if (!isAddressShape(shape)) {
            if (c !== DASH || i !== tokenStart) break scan;
            c = bytes[++i]!;
          }
          break;
        }
        case INTEGER: {
          let value = 0;
          while (c >= ZERO && c <= NINE) {
            value = (value * 10 + c - ZERO) | 0;
            c = bytes[++i]!;
          }
          // Nine digits can not have wrapped round; more are left to the closer look.
          if (value > limits[column]! || i - tokenStart > 9) break scan;
          if (i === tokenStart) {
            if (c !== DASH) break scan;
            c = bytes[++i]!;
          }
          break;
        }
        case BIGINT:
          while (c >= ZERO && c <= NINE) c = bytes[++i]!;
          if (i - tokenStart > 18) break scan;
          if (i === tokenStart) {
            if (c !== DASH) break scan;
            c = bytes[++i]!;
          }
          break;
        case TIME: {
          if (c === DASH) {
            c = bytes[++i]!;
            break;
          }
          // Ten digits, most significant first, so that times compare as numbers do.
          const high = view.getInt32(i);
          if (!isFourDigits(high)) break scan;
          const middle = view.getInt32(i + 4);
          if (!isFourDigits(middle)) break scan;
          const low = view.getInt16(i + 8);
          if (!isFourDigits((low << 16) | 0x3030)) break scan;
          if (timeHigh !== 0) {
            const rise = high - timeHigh || middle - timeMiddle || low - timeLow;
            if (endFirst ? rise > 0 : rise < 0) break scan;
          }
          timeHigh = high;
          timeMiddle = middle;
          timeLow = low;
          i += 10;
          c = bytes[i]!;
          break;
        }
        case ACTION: {
          const word = view.getInt32(i);
          if (word === ACCE && view.getInt16(i + 4) === PT) i += 6;
          else if (word === REJE && view.getInt16(i + 4) === CT) i += 6;
          else if (c === DASH) i++;
          else break scan;
          c = bytes[i]!;
          break;
        }
        case STATUS: {
          if (view.getInt16(i) === OK) i += 2;
          else if (view.getInt32(i) === NODA && view.getInt16(i + 4) === TA) i += 6;
          else if (view.getInt32(i) === SKIP && view.getInt32(i + 4) === DATA) i += 8;
          else if (c === DASH) i++;
          else break scan;
          c = bytes[i]!;
          break;
        }
      }
      if (c !== (column === last ? LINE_FEED : SPACE)) break scan;
      i++;
    }
    if (i - lineStart > maxLineBytes) break;
    records++;
    lineStart = i;
  }
  return { to: lineStart, records };
}

/** Whether a token of that {@link ADDRESS_WEIGHT} sum is written like an address. */
export function isAddressShape(shape: number): boolean {
  return shape === THREE_DOTS || (shape & COLONS) >= TWO_COLONS;
}

/** The weight from which on a byte can not stand in an address. */
export const OUTSIDE = 1 << 24;

/**
 * What each byte adds to the shape of an address: dots count in the lowest byte,
 * colons in the next, hexadecimal letters above. Three dots and nothing else is
 * IPv4; two colons or more are IPv6.
 */
export const ADDRESS_WEIGHT = Int32Array.from({ length: 256 }, (_, c) => {
  const char = String.fromCharCode(c);
  if (char >= "0" && char <= "9") return 0;
  if (char === ".") return 1;
  if (char === ":") return 1 << 8;
  return /[a-fA-F]/.test(char) ? 1 << 16 : OUTSIDE;
});

const THREE_DOTS = 3;
const TWO_COLONS = 2 << 8;
const COLONS = 0xff00;

const LINE_FEED = 10;
const SPACE = 32;
const DASH = 45;
const ZERO = 48;
const NINE = 57;

/** Subtracted from four bytes, it leaves all high bits clear when none is a space or below. */
const LOWEST_TEXT = 0x21212121;
const HIGH_BITS = 0x80808080 | 0;

/** Words as the big-endian integers that a `DataView` reads. */
const [ACCE, REJE, NODA, SKIP, DATA] = ["ACCE", "REJE", "NODA", "SKIP", "DATA"].map((word) =>
  Buffer.from(word).readInt32BE(),
) as [number, number, number, number, number];
const [PT, CT, TA, OK] = ["PT", "CT", "TA", "OK"].map((word) => Buffer.from(word).readInt16BE()) as [
  number,
  number,
  number,
  number,
];

/** Digits are 0x30 to 0x39: the high half is 3, and adding 6 to the low half does not carry. */
function isFourDigits(word: number): boolean {
  return (((word & HIGH_HALVES) ^ DIGITS) | (((word + SIXES) & HIGH_HALVES) ^ DIGITS)) === 0;
}

const HIGH_HALVES = 0xf0f0f0f0 | 0;
const DIGITS = 0x30303030;
const SIXES = 0x06060606;
