/** A piece of a statement. Comments and white space are none. */
export interface Token {
  readonly kind: "word" | "name" | "text" | "number" | "symbol";
  /** As written; of a quoted name and of a text the content. */
  readonly value: string;
  /** How many parentheses are open around it. */
  readonly depth: number;
}

/**
 * The tokens of a Trino statement: enough of a lexer to find clauses, names and literals.
 *
 * Not a parser: those for npm that know Trino weigh megabytes and choke on placeholders
 * that we don't have them see, while every question here is one of neighbours and depth.
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of sql.matchAll(PATTERN)) {
    const { text, name, number, word, symbol } = match.groups!;
    if (symbol === ")") depth--;
    if (text !== undefined) tokens.push({ kind: "text", value: text.replaceAll("''", "'"), depth });
    else if (name !== undefined)
      tokens.push({ kind: "name", value: name.replaceAll('""', '"'), depth });
    else if (number !== undefined) tokens.push({ kind: "number", value: number, depth });
    else if (word !== undefined) tokens.push({ kind: "word", value: word, depth });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", value: symbol, depth });
    if (symbol === "(") depth++;
  }
  return tokens;
}

const PATTERN = new RegExp(
  [
    String.raw`--[^\n]*|/\*[\s\S]*?\*/|\s+`,
    String.raw`'(?<text>(?:[^']|'')*)'`,
    String.raw`"(?<name>(?:[^"]|"")*)"`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[A-Za-z_]\w*)`,
    String.raw`(?<symbol><>|<=|>=|!=|\|\||->|::|[^\s])`,
  ].join("|"),
  "g",
);

/** Whether it is this keyword or symbol. */
export function is(token: Token | undefined, value: string): boolean {
  return (
    token !== undefined &&
    (token.kind === "word" || token.kind === "symbol") &&
    token.value.toUpperCase() === value
  );
}

/** Whether it is a word or a quoted name. */
export function isName(token: Token | undefined): token is Token {
  return token !== undefined && (token.kind === "word" || token.kind === "name");
}

/** Index of the parenthesis that closes the one at `open`; the number of tokens if none does. */
export function closing(tokens: readonly Token[], open: number): number {
  const { depth } = tokens[open]!;
  let at = open + 1;
  while (at < tokens.length && !(is(tokens[at], ")") && tokens[at]!.depth === depth)) at++;
  return at;
}
