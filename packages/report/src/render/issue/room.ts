/** How much text a place at GitHub takes, in the two units that GitHub counts. */
export interface Room {
  /** UTF-16 units, as `String.length`. */
  readonly units: number;
  readonly bytes: number;
}

/** What one issue body or comment may hold: below what GitHub refuses or silently drops. */
export const ISSUE_ROOM: Room = { units: 60_000, bytes: 250_000 };

/** Rows that were taken whole, and the room that is left after them. */
export interface Taken {
  readonly rows: readonly string[];
  readonly left: Room;
}

/**
 * Takes rows from the front for as long as the next one fits, with a line break or two after each.
 *
 * A row is never cut: cutting splits surrogates, tables and code fences. It stops at the first
 * row that does not fit, so what is left out is always less important than what is in. Rows are
 * pulled one by one, so those that are never reached are never rendered.
 */
export function takeRows(rows: Iterable<string>, room: Room, separator = "\n\n"): Taken {
  const taken: string[] = [];
  let left = room;
  for (const row of rows) {
    const after = minus(left, row + separator);
    if (after.units < 0 || after.bytes < 0) break;
    taken.push(row);
    left = after;
  }
  return { rows: taken, left };
}

export function minus(room: Room, text: string): Room {
  return { units: room.units - text.length, bytes: room.bytes - utf8Bytes(text) };
}

export function share(room: Room, part: number): Room {
  return { units: Math.floor(room.units * part), bytes: Math.floor(room.bytes * part) };
}

export function fits(text: string, room: Room): boolean {
  return text.length <= room.units && utf8Bytes(text) <= room.bytes;
}

/** Bytes of a text in UTF-8; a lone surrogate counts as the replacement character. */
function utf8Bytes(text: string): number {
  return ENCODER.encode(text).length;
}

const ENCODER = new TextEncoder();
