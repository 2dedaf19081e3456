import {
  ACTION,
  ADDRESS,
  BIGINT,
  INTEGER,
  STATUS,
  TEXT,
  TIME,
  type Columns,
} from "./column-class.ts";
import {
  ADDRESS_WEIGHT,
  OUTSIDE,
  actionEnd,
  dashEnd,
  isAddressShape,
  isEarlier,
  statusEnd,
  timeEnd,
} from "./token-ends.ts";

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
 * Every byte of every log passes through this loop. It takes no slices, makes no
 * strings, and leaves each doubt to `repair-token.ts`: what it accepts, the repair
 * would pass through unchanged. The classes that fill most of a line are written out
 * here, because a call for each token would make the whole third of it slower again.
 *
 * `limit` must be just behind a line feed and at most {@link cleanLimit}.
 */
export function cleanRun(
  bytes: Uint8Array,
  columns: Columns,
  { from, limit, maxLineBytes }: { from: number; limit: number; maxLineBytes: number },
): CleanRun {
  const { classes, limits, last, endFirst } = columns;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let records = 0;
  let lineStart = from;
  for (let i = from; i < limit;) {
    let time = -1;
    for (let column = 0; column <= last; column++) {
      const start = i;
      let c = bytes[i]!;
      switch (classes[column]!) {
        case TEXT:
          // Four bytes at once, while none of them is a space or below.
          while (((view.getInt32(i) - LOWEST_TEXT) & HIGH_BITS) === 0) i += 4;
          while (bytes[i]! > SPACE) i++;
          if (i === start) i = -1;
          break;
        case ADDRESS: {
          let shape = 0;
          let weight = ADDRESS_WEIGHT[c]!;
          while (weight < OUTSIDE) {
            shape += weight;
            weight = ADDRESS_WEIGHT[bytes[++i]!]!;
          }
          if (!isAddressShape(shape)) i = i === start ? dashEnd(bytes, i) : -1;
          break;
        }
        case INTEGER: {
          let value = 0;
          while (c >= ZERO && c <= NINE) {
            value = (value * 10 + c - ZERO) | 0;
            c = bytes[++i]!;
          }
          // Nine digits can not have wrapped round; more are left to the closer look.
          if (value > limits[column]! || i - start > 9) i = -1;
          else if (i === start) i = dashEnd(bytes, i);
          break;
        }
        case BIGINT:
          while (c >= ZERO && c <= NINE) c = bytes[++i]!;
          if (i - start > 18) i = -1;
          else if (i === start) i = dashEnd(bytes, i);
          break;
        case TIME:
          i = timeEnd(view, bytes, i);
          if (i !== start + 10) break;
          if (
            time !== -1 &&
            (endFirst ? isEarlier(view, time, start) : isEarlier(view, start, time))
          )
            i = -1;
          time = start;
          break;
        case ACTION:
          i = actionEnd(view, bytes, i);
          break;
        case STATUS:
          i = statusEnd(view, bytes, i);
          break;
        default:
      }
      if (i === -1 || bytes[i] !== (column === last ? LINE_FEED : SPACE))
        return { to: lineStart, records };
      i++;
    }
    if (i - lineStart > maxLineBytes) break;
    records++;
    lineStart = i;
  }
  return { to: lineStart, records };
}

/**
 * How far {@link cleanRun} may go in these bytes: behind the last line feed that three
 * bytes follow, for it reads four at once.
 */
export function cleanLimit(bytes: Uint8Array): number {
  return bytes.length < 4 ? 0 : bytes.lastIndexOf(LINE_FEED, bytes.length - 4) + 1;
}

const LINE_FEED = 10;
const SPACE = 32;
const ZERO = 48;
const NINE = 57;

/** Subtracted from four bytes, it leaves all high bits clear when none is a space or below. */
const LOWEST_TEXT = 0x21212121;
const HIGH_BITS = 0x80808080 | 0;
