/** A piece of Athena's DDL: a bare word, a quoted name, a text, or a sign. */
export interface Token {
  readonly kind: "word" | "name" | "text" | "sign";
  /** Without its quotes. */
  readonly value: string;
}

/** The tokens of a statement of Hive's DDL, comments left out. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(PATTERN)) {
    const { name, quoted, text, word, sign } = match.groups!;
    if (name !== undefined) tokens.push({ kind: "name", value: name });
    else if (quoted !== undefined)
      tokens.push({ kind: "name", value: quoted.replaceAll('""', '"') });
    else if (text !== undefined) tokens.push({ kind: "text", value: unescape(text) });
    else if (word !== undefined) tokens.push({ kind: "word", value: word });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
  }
  return tokens;
}

/**
 * The statement with double quotes where Hive has backquotes, and without a `;` at its end;
 * texts and comments stay as they are.
 */
export function toTrinoQuotes(sql: string): string {
  return sql
    .replaceAll(QUOTED, (token) =>
      token.startsWith("`") ? `"${token.slice(1, -1).replaceAll('"', '""')}"` : token,
    )
    .replace(/[\s;]+$/, "");
}

/** Reads tokens one after the other. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.next >= this.tokens.length;
  }

  /** Whether these words come next; then they are read. */
  skip(...words: readonly string[]): boolean {
    const found = words.every((word, i) => {
      const token = this.tokens[this.next + i];
      return token !== undefined && token.kind !== "text" && token.value.toUpperCase() === word;
    });
    if (found) this.next += words.length;
    return found;
  }

  expect(...words: readonly string[]): void {
    if (!this.skip(...words)) throw this.unexpected(words.join(" "));
  }

  peek(): Token | undefined {
    return this.tokens[this.next];
  }

  take(): Token {
    const token = this.tokens[this.next];
    if (token === undefined) throw this.unexpected("more");
    this.next += 1;
    return token;
  }

  text(): string {
    const token = this.take();
    if (token.kind !== "text") throw this.unexpected("a text");
    return token.value;
  }

  /** `a.b.c`, each part bare or quoted. */
  name(): string[] {
    const parts = [this.take().value];
    while (this.skip(".")) parts.push(this.take().value);
    return parts;
  }

  unexpected(wanted: string): Error {
    const rest = this.tokens.slice(this.next, this.next + 6).map(({ value }) => value);
    return new SyntaxError(`expected ${wanted} before: ${rest.join(" ") || "the end"}`);
  }
}

const PATTERN =
  /`(?<name>[^`]*)`|"(?<quoted>(?:[^"]|"")*)"|'(?<text>(?:[^'\\]|\\.|'')*)'|--[^\n]*|\/\*[\s\S]*?\*\/|(?<word>[\w$]+)|(?<sign>[^\s])/g;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

// Hive knows backslashes where SQL doubles a quote; both are met.
function unescape(text: string): string {
  return text.replaceAll("''", "'").replaceAll(/\\(.)/g, "$1");
}
