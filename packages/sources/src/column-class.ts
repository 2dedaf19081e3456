import { findField } from "@turnaway/core/fields";

/**
 * What a column of a log format must hold, told per field name.
 *
 * The class decides how a token is checked; the limit is the largest value of
 * an `INTEGER` column.
 */
export interface Columns {
  /** Field names in the order of the file, hyphenated where AWS knows the field. */
  readonly fields: readonly string[];
  /** {@link fields} joined by one space: the name of the format. */
  readonly key: string;
  /** One class a column. */
  readonly classes: Uint8Array;
  /** Largest value of an `INTEGER` column; 0 elsewhere. */
  readonly limits: Int32Array;
  /** Index of the last column. */
  readonly last: number;
  /** True when `end` stands before `start` in the line. */
  readonly endFirst: boolean;
  /**
   * False when every column is free text: then a repeated header can't be told
   * from a record by its classes, and each line is looked at one by one.
   */
  readonly checkable: boolean;
}

/** Any bytes but white space and control characters. */
export const TEXT = 0;
/** `-` or digits up to the limit of the column. */
export const INTEGER = 1;
/** `-` or digits up to 2^63 - 1. */
export const BIGINT = 2;
/** `-` or Unix seconds; milliseconds are turned into seconds. */
export const TIME = 3;
/** `-` or something that is written like an IPv4 or IPv6 address. */
export const ADDRESS = 4;
/** `-`, ACCEPT or REJECT. */
export const ACTION = 5;
/** `-`, OK, NODATA, SKIPDATA; another word is kept and noticed. */
export const STATUS = 6;

/** The columns of a format; the same field list gives the same object. */
export function columnsOfFields(fields: readonly string[]): Columns {
  const key = fields.join(" ");
  const known = cache.get(key);
  if (known !== undefined) return known;
  const classes = Uint8Array.from(fields, classOf);
  const columns: Columns = {
    fields: [...fields],
    key,
    classes,
    limits: Int32Array.from(fields, (name, i) => (classes[i] === INTEGER ? limitOf(name) : 0)),
    last: fields.length - 1,
    endFirst: fields.indexOf("end") < fields.indexOf("start"),
    checkable: classes.some((c) => c !== TEXT),
  };
  // A hostile file can bring a new header on every line; the memory for that is bounded.
  if (cache.size >= 1000) cache.clear();
  cache.set(key, columns);
  return columns;
}

const cache = new Map<string, Columns>();

const ADDRESSES = new Set(["srcaddr", "dstaddr", "pkt-srcaddr", "pkt-dstaddr"]);
const LIMITS = new Map([
  ["srcport", 65_535],
  ["dstport", 65_535],
  ["protocol", 255],
]);

function classOf(name: string): number {
  if (ADDRESSES.has(name)) return ADDRESS;
  if (name === "start" || name === "end") return TIME;
  if (name === "action") return ACTION;
  if (name === "log-status") return STATUS;
  const type = findField(name)?.type;
  return type === "int" ? INTEGER : type === "bigint" ? BIGINT : TEXT;
}

function limitOf(name: string): number {
  return LIMITS.get(name) ?? 2_147_483_647;
}
