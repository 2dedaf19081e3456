/*
 * How far a token of a class reaches. A function takes the offset of the token and
 * returns the offset behind it, or -1 when what stands there is not certainly clean.
 * They read up to three bytes beyond the line feed.
 */

/** `-`, or ten digits: the years 2001 to 2286. */
export function timeEnd(view: DataView, bytes: Uint8Array, at: number): number {
  const isTime =
    areDigits(view.getInt32(at)) &&
    areDigits(view.getInt32(at + 4)) &&
    areDigits((view.getInt16(at + 8) << 16) | 0x3030);
  return isTime ? at + 10 : dashEnd(bytes, at);
}

/** Whether the ten digits at one offset are a smaller number than those at the other. */
export function isEarlier(view: DataView, at: number, than: number): boolean {
  return (
    (view.getInt32(at) - view.getInt32(than) ||
      view.getInt32(at + 4) - view.getInt32(than + 4) ||
      view.getInt16(at + 8) - view.getInt16(than + 8)) < 0
  );
}

/** ACCEPT, REJECT or `-`. */
export function actionEnd(view: DataView, bytes: Uint8Array, at: number): number {
  const word = view.getInt32(at);
  if (word === ACCE && view.getInt16(at + 4) === PT) return at + 6;
  if (word === REJE && view.getInt16(at + 4) === CT) return at + 6;
  return dashEnd(bytes, at);
}

/** OK, NODATA, SKIPDATA or `-`. */
export function statusEnd(view: DataView, bytes: Uint8Array, at: number): number {
  if (view.getInt16(at) === OK) return at + 2;
  const word = view.getInt32(at);
  if (word === NODA && view.getInt16(at + 4) === TA) return at + 6;
  if (word === SKIP && view.getInt32(at + 4) === DATA) return at + 8;
  return dashEnd(bytes, at);
}

/** `-`, which stands for a value that there is not. */
export function dashEnd(bytes: Uint8Array, at: number): number {
  return bytes[at] === DASH ? at + 1 : -1;
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

const DASH = 45;

/** Words as the big-endian integers that a `DataView` reads. */
const ACCE = 0x41434345;
const PT = 0x5054;
const REJE = 0x52454a45;
const CT = 0x4354;
const OK = 0x4f4b;
const NODA = 0x4e4f4441;
const TA = 0x5441;
const SKIP = 0x534b4950;
const DATA = 0x44415441;

/** Digits are 0x30 to 0x39: the high half is 3, and adding 6 to the low half does not carry. */
function areDigits(word: number): boolean {
  return (((word & HIGH_HALVES) ^ DIGITS) | (((word + SIXES) & HIGH_HALVES) ^ DIGITS)) === 0;
}

const HIGH_HALVES = 0xf0f0f0f0 | 0;
const DIGITS = 0x30303030;
const SIXES = 0x06060606;
