import {
  type Comparison,
  type Expression,
  expressionFunction,
  type Granularity,
  type Operator,
} from "@turnaway/sql";

import { Undrawable } from "../undrawable.ts";
import { type Token, tokens } from "./tokens.ts";

/** What names in an expression stand for. */
export interface Names {
  /** A column or another calculated field. @throws Undrawable */
  column(name: string): Expression;
  /** A parameter. @throws Undrawable */
  parameter(name: string): Expression;
  /** Unix seconds. */
  readonly now: number;
}

/**
 * The value that a calculated field of QuickSight stands for: columns, literals, operators and
 * the functions of packages/sql.
 *
 * @throws Undrawable for whatever else the language has, such as table calculations
 */
export function parseExpression(text: string, names: Names): Expression {
  const reader = new Reader(tokens(text));
  const expression = readOr(reader, names);
  if (reader.next.kind !== "end") throw unexpected(reader.next);
  return expression;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    return this.#tokens[this.#at]!;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== "end") this.#at += 1;
    return token;
  }

  /** Takes the next piece if it is that sign or word. */
  takeIf(...values: readonly string[]): string | undefined {
    const { kind, value } = this.next;
    const word = value.toLowerCase();
    if ((kind !== "sign" && kind !== "name") || !values.includes(word)) return undefined;
    this.#at += 1;
    return word;
  }

  expect(value: string): void {
    if (this.takeIf(value) === undefined) throw unexpected(this.next);
  }
}

type Read = (reader: Reader, names: Names) => Expression;

function leftToRight(operators: readonly string[], inner: Read): Read {
  return (reader, names) => {
    let left = inner(reader, names);
    for (;;) {
      const operator = reader.takeIf(...operators);
      if (operator === undefined) return left;
      const right = inner(reader, names);
      left = { type: "operator", operator: operator as Operator, left, right };
    }
  };
}

const readProduct = leftToRight(["*", "/", "%"], readUnary);
const readSum = leftToRight(["+", "-"], readProduct);
const readAnd = leftToRight(["and"], readNot);
const readOr = leftToRight(["or"], readAnd);

function readNot(reader: Reader, names: Names): Expression {
  if (reader.takeIf("not") === undefined) return readComparison(reader, names);
  return { type: "not", operand: readNot(reader, names) };
}

function readComparison(reader: Reader, names: Names): Expression {
  const left = readSum(reader, names);
  const sign = reader.takeIf("=", "<>", "!=", "<", "<=", ">", ">=");
  if (sign === undefined) return left;
  const operator = (sign === "!=" ? "<>" : sign) as Comparison;
  return { type: "operator", operator, left, right: readSum(reader, names) };
}

function readUnary(reader: Reader, names: Names): Expression {
  if (reader.takeIf("-") === undefined) return readPower(reader, names);
  return { type: "negative", operand: readUnary(reader, names) };
}

function readPower(reader: Reader, names: Names): Expression {
  const left = readValue(reader, names);
  if (reader.takeIf("^") === undefined) return left;
  return { type: "operator", operator: "^", left, right: readUnary(reader, names) };
}

function readValue(reader: Reader, names: Names): Expression {
  const token = reader.take();
  switch (token.kind) {
    case "column":
      return names.column(token.value);
    case "parameter":
      return names.parameter(token.value);
    case "text":
      return { type: "literal", value: token.value };
    case "number":
      return { type: "literal", value: Number(token.value) };
    case "name":
      return readNamed(token, reader, names);
    default: {
      if (token.kind !== "sign" || token.value !== "(") throw unexpected(token);
      const inner = readOr(reader, names);
      reader.expect(")");
      return inner;
    }
  }
}

function readNamed(token: Token, reader: Reader, names: Names): Expression {
  const word = token.value.toLowerCase();
  if (reader.takeIf("(") !== undefined) return readCall(token.value, reader, names);
  if (word === "null") return { type: "literal", value: null };
  if (word === "true" || word === "false") return { type: "literal", value: word === "true" };
  // Columns without a space may stand without braces.
  return names.column(token.value);
}

function readCall(name: string, reader: Reader, names: Names): Expression {
  if (name.toLowerCase() === "now" && reader.takeIf(")") !== undefined) {
    return { type: "time", seconds: names.now };
  }
  const known = expressionFunction(name);
  if (known === undefined) throw new Undrawable(`the function ${name} is not computed here`);
  const args = readArguments(name, reader, names);
  const period = known.period === undefined ? undefined : args[known.period];
  const others = args.filter((arg) => arg !== period);
  const [least, most] = known.args;
  if (others.length < least || others.length > most) {
    throw new Undrawable(`${name}(…) is not computed with ${args.length} arguments`);
  }
  const called = { type: "call", name: name.toLowerCase(), args: others } as const;
  return period === undefined ? called : { ...called, period: granularityOf(name, period) };
}

function readArguments(name: string, reader: Reader, names: Names): readonly Expression[] {
  const args: Expression[] = [];
  const takesList = ["in", "notin"].includes(name.toLowerCase());
  while (reader.takeIf(")") === undefined) {
    if (args.length > 0) reader.expect(",");
    if (reader.next.value === "[" && reader.next.kind === "sign") {
      // Elsewhere a list says at which level a value is aggregated.
      if (!takesList)
        throw new Undrawable(`${name}(…) with a level of its own is not computed here`);
      args.push(...readList(reader, names));
    } else args.push(readOr(reader, names));
  }
  return args;
}

function readList(reader: Reader, names: Names): readonly Expression[] {
  const items: Expression[] = [];
  reader.expect("[");
  while (reader.takeIf("]") === undefined) {
    if (items.length > 0) reader.expect(",");
    items.push(readOr(reader, names));
  }
  return items;
}

const GRANULARITIES: Readonly<Record<string, Granularity>> = {
  YYYY: "year",
  Q: "quarter",
  MM: "month",
  WK: "week",
  DD: "day",
  HH: "hour",
  MI: "minute",
  SS: "second",
  MS: "millisecond",
};

function granularityOf(name: string, written: Expression): Granularity {
  const word = written.type === "literal" ? String(written.value).toUpperCase() : "";
  const found = Object.hasOwn(GRANULARITIES, word) ? GRANULARITIES[word] : undefined;
  if (found !== undefined) return found;
  throw new Undrawable(`${name}(…) is only computed for ${Object.keys(GRANULARITIES).join(", ")}`);
}

function unexpected({ kind, value }: Token): Undrawable {
  const what = kind === "end" ? "ends too early" : `is not understood at "${value}"`;
  return new Undrawable(`the calculated field ${what}`);
}
