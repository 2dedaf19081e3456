/** Where the tokens of one line lie in its bytes: offset and end of each, in turn. */
export interface Tokens {
  count: number;
  readonly bounds: Int32Array;
}

/** More tokens than any format has; the rest of a longer line is counted, not kept. */
export const MAX_TOKENS = 512;

export function makeTokens(): Tokens {
  return { count: 0, bounds: new Int32Array(MAX_TOKENS * 2) };
}

/**
 * Splits a line at white space, leaving out a byte order mark and one pair of
 * quotes around the whole line. Control characters that are not white space stay
 * in their token: they may not change how many tokens there are.
 */
export function splitTokens(bytes: Uint8Array, from: number, to: number, tokens: Tokens): void {
  let [start, end] = [from, to];
  if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
  while (end > start && isWhiteSpace(bytes[end - 1]!)) end--;
  if (bytes[start] === QUOTE && end - start > 1 && bytes[end - 1] === QUOTE) {
    start++;
    end--;
  }
  let count = 0;
  for (let i = start; i < end;) {
    while (i < end && isWhiteSpace(bytes[i]!)) i++;
    if (i === end) break;
    const tokenStart = i;
    while (i < end && !isWhiteSpace(bytes[i]!)) i++;
    if (count < MAX_TOKENS) {
      tokens.bounds[count * 2] = tokenStart;
      tokens.bounds[count * 2 + 1] = i;
    }
    count++;
  }
  tokens.count = count;
}

/** Writes the tokens as a line: one space between them, a line feed at the end. Returns its length. */
export function joinTokens(bytes: Uint8Array, tokens: Tokens, out: Uint8Array): number {
  let length = 0;
  for (let token = 0; token < tokens.count; token++) {
    const end = tokens.bounds[token * 2 + 1]!;
    for (let i = tokens.bounds[token * 2]!; i < end; i++) out[length++] = bytes[i]!;
    out[length++] = SPACE;
  }
  out[length - 1] = LINE_FEED;
  return length;
}

/** Takes the first `n` tokens away. */
export function dropTokens(tokens: Tokens, n: number): void {
  tokens.bounds.copyWithin(0, n * 2);
  tokens.count -= n;
}

/** Takes the token at `index` away. */
export function dropToken(tokens: Tokens, index: number): void {
  tokens.bounds.copyWithin(index * 2, index * 2 + 2);
  tokens.count--;
}

const LINE_FEED = 10;
const SPACE = 32;
const QUOTE = 34;

function isWhiteSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}
