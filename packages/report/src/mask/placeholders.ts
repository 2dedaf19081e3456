import { createHmac } from "node:crypto";
import { TurnawayError } from "@turnaway/core";
import { remember } from "./remember.ts";

/** Writes what stands in place of a value, by its kind: `ip`, `account`, `eni`. */
export type Placeholders = (kind: string, value: string) => string;

/**
 * Pseudonyms by a secret key: the same value is the same word on every day.
 *
 * All private IPv4 addresses are 18 million, which takes seconds to try, so the hash is keyed.
 * Its letters are neither digits nor hexadecimal: no placeholder looks like what is masked.
 *
 * @throws TurnawayError `USAGE` for a key that is short enough to be guessed
 */
export function pseudonyms(key: string): Placeholders {
  if (key.length < SHORTEST_KEY) throw weakKey(key.length);
  const word = remember((name) =>
    createHmac("sha256", key)
      .update(name)
      .digest("hex")
      .slice(0, LENGTH)
      .replace(/./g, (digit) => LETTERS[Number.parseInt(digit, 16)]!),
  );
  return (kind, value) => `${kind}-${word(`${kind} ${value}`)}`;
}

/** Without a key nothing tells one value from another, so nothing can be tried either. */
export function blanks(): Placeholders {
  return (kind) => `${BLANK}${kind}`;
}

/** Whether a finding's key lost what told it from others, so that no mute can name it. */
export function isBlankedKey(key: string): boolean {
  return key.split(/[/>:]/).some((part) => part.startsWith(BLANK));
}

function weakKey(length: number): TurnawayError {
  return new TurnawayError("USAGE", {
    what: "the key of the mask is too short",
    why: `it has ${length} characters, and whoever guesses it knows every name: at least ${SHORTEST_KEY} are needed`,
    fix: "make one with `openssl rand -hex 32`, and keep it as a secret",
  });
}

const BLANK = "masked-";
const SHORTEST_KEY = 16;
/** 40 bits: of a thousand addresses two share a word once in two million reports. */
const LENGTH = 10;
const LETTERS = "ghjkmnpqrstvwxyz";
