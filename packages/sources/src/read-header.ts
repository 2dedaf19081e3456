import { findField } from "@turnaway/core/fields";

import type { Tokens } from "./tokens.ts";

/** A header line as a list of fields. */
export interface Header {
  readonly fields: readonly string[];
  /** Names that AWS's documentation does not have; kept as text columns. */
  readonly unknown: readonly string[];
  /** The first name that stands twice: then no record below can be mapped. */
  readonly twice: string | undefined;
}

/**
 * The header that the tokens are, or undefined when they are a record.
 *
 * A header begins with a letter, holds no number, and at least half of its names
 * are flow-log fields; hyphens, underscores and `${…}` are all accepted.
 */
export function readHeader(bytes: Uint8Array, tokens: Tokens): Header | undefined {
  if (tokens.count < 2 || tokens.count * 2 > tokens.bounds.length) return undefined;
  if (!startsLikeName(bytes[tokens.bounds[0]!]!)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = Array.from({ length: tokens.count }, (_, i) =>
    text.toString("utf8", tokens.bounds[i * 2], tokens.bounds[i * 2 + 1]),
  );
  return headerOf(names);
}

/** The header that the names are; undefined when less than half are flow-log fields. */
export function headerOf(names: readonly string[]): Header | undefined {
  const known = names.filter((name) => findField(bare(name)) !== undefined).length;
  if (names.length < 2 || known * 2 < names.length) return undefined;
  if (names.some((name) => /^\d+$/.test(name))) return undefined;
  const fields = names.map(fieldName);
  return {
    fields,
    unknown: fields.filter((name) => findField(name) === undefined),
    twice: fields.find((name, i) => fields.indexOf(name) !== i),
  };
}

function fieldName(token: string): string {
  const name = bare(token);
  // Control characters and spaces would break the clean text's own one-line format names.
  // oxlint-disable-next-line no-control-regex
  return findField(name)?.name ?? name.toLowerCase().replaceAll(/[\s\u0000-\u001f]/g, "_");
}

function bare(token: string): string {
  return /^\$\{(.+)\}$/.exec(token)?.[1] ?? token;
}

function startsLikeName(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 97 && letter <= 122) || byte === 36;
}
