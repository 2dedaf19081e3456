import { dropTokens, type Tokens } from "./tokens.ts";

/**
 * Takes away the time that CloudWatch exports put before each record, and says
 * whether there was one: `2024-12-20T18:23:02.000Z` or `2024-12-20 18:23:02`.
 */
export function dropLeadingTime(bytes: Uint8Array, tokens: Tokens): boolean {
  const { bounds } = tokens;
  if (tokens.count < 2 || !isDate(bytes, bounds[0]!, bounds[1]!)) return false;
  if (bytes[bounds[0]! + 10] === LETTER_T) {
    dropTokens(tokens, 1);
    return true;
  }
  if (bounds[1]! - bounds[0]! !== 10 || bytes[bounds[2]! + 2] !== COLON) return false;
  dropTokens(tokens, 2);
  return true;
}

const LETTER_T = 84;
const COLON = 58;
const HYPHEN = 45;

function isDate(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 10 || bytes[from + 4] !== HYPHEN || bytes[from + 7] !== HYPHEN) return false;
  return [0, 1, 2, 3, 5, 6, 8, 9].every((i) => bytes[from + i]! >= 48 && bytes[from + i]! <= 57);
}
