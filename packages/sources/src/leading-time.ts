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
const ZERO = 48;
const NINE = 57;

/** `yyyy-mm-dd`, and whatever follows. */
function isDate(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 10 || bytes[from + 4] !== HYPHEN || bytes[from + 7] !== HYPHEN) return false;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i]!;
    if (i !== 4 && i !== 7 && (byte < ZERO || byte > NINE)) return false;
  }
  return true;
}
