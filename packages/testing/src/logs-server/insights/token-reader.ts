import { MalformedQuery } from "./malformed-query.ts";
import { type Token, tokenize } from "./tokens.ts";

/** Tokens of a query, one after the other. */
export class TokenReader {
  readonly length: number;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(query: string) {
    this.length = query.length;
    this.tokens = tokenize(query);
  }

  peek(): Token {
    return this.tokens[this.at]!;
  }

  /** The value of the next token, which has to be of that kind. */
  expect(kind: Token["kind"]): string {
    const { kind: found, value } = this.peek();
    if (found !== kind) this.refuse(kind);
    this.at += 1;
    return value;
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) this.refuse(sign);
  }

  expectName(name: string): void {
    if (!this.takeName(name)) this.refuse(name);
  }

  expectEnd(): void {
    if (this.peek().kind !== "end") this.refuse("the end of the query");
  }

  takeSign(...signs: readonly string[]): string | undefined {
    return this.take("sign", signs);
  }

  takeName(name: string): boolean {
    return this.take("name", [name]) !== undefined;
  }

  private take(kind: Token["kind"], values: readonly string[]): string | undefined {
    const token = this.peek();
    if (token.kind !== kind || !values.includes(token.value)) return undefined;
    this.at += 1;
    return token.value;
  }

  private refuse(expected: string): never {
    const { value, start, end } = this.peek();
    throw new MalformedQuery(`unexpected symbol found ${value}, expected ${expected}`, start, end);
  }
}
