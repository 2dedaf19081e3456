import { MalformedQuery } from "./malformed-query.ts";

export interface Token {
  readonly kind: "name" | "number" | "text" | "sign" | "end";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Splits a query into tokens; whole lines that begin with `#` are comments. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const isLineStart = /(^|\n)[ \t]*$/.test(query.slice(0, at));
    const skipped = /^\s+/.exec(rest) ?? (isLineStart ? /^#[^\n]*/.exec(rest) : null);
    if (skipped !== null) {
      at += skipped[0].length;
      continue;
    }
    const found = PATTERNS.map(([kind, pattern]) => [kind, pattern.exec(rest)] as const).find(
      ([, match]) => match !== null,
    );
    if (found === undefined) throw new MalformedQuery(`unexpected character ${rest[0]}`, at);
    const [kind, match] = found;
    const [whole, value = whole] = match!;
    tokens.push({ kind, value, start: at, end: at + whole.length });
    at += whole.length;
  }
  tokens.push({ kind: "end", value: "", start: query.length, end: query.length });
  return tokens;
}

const PATTERNS: readonly (readonly [Exclude<Token["kind"], "end">, RegExp])[] = [
  ["text", /^"([^"\n]*)"/],
  ["text", /^'([^'\n]*)'/],
  ["name", /^`([^`\n]+)`/],
  ["name", /^[@A-Za-z_][A-Za-z0-9_.@]*/],
  ["number", /^\d+(?:\.\d+)?/],
  ["sign", /^(?:<=|>=|!=|[=<>()[\],|+\-*/%^])/],
];
