import { FUNCTIONS } from "./functions.ts";
import { MalformedQuery } from "./malformed-query.ts";
import type { Expression } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** An expression, by the usual precedence: or, and, not, comparison, sum, product. */
export function parseExpression(tokens: TokenReader): Expression {
  let left = parseAnd(tokens);
  while (tokens.takeName("or")) left = binary("or", left, parseAnd(tokens));
  return left;
}

function parseAnd(tokens: TokenReader): Expression {
  let left = parseNot(tokens);
  while (tokens.takeName("and")) left = binary("and", left, parseNot(tokens));
  return left;
}

function parseNot(tokens: TokenReader): Expression {
  return tokens.takeName("not")
    ? { kind: "not", operand: parseNot(tokens) }
    : parseComparison(tokens);
}

function parseComparison(tokens: TokenReader): Expression {
  const left = parseSum(tokens);
  const negated = tokens.takeName("not");
  if (tokens.takeName("in"))
    return { kind: "in", operand: left, values: parseArray(tokens), negated };
  if (negated) tokens.expectName("in");
  const operator = tokens.takeSign("=", "!=", "<", "<=", ">", ">=");
  return operator === undefined ? left : binary(operator, left, parseSum(tokens));
}

function parseSum(tokens: TokenReader): Expression {
  let left = parseProduct(tokens);
  for (let sign = tokens.takeSign("+", "-"); sign !== undefined; sign = tokens.takeSign("+", "-")) {
    left = binary(sign, left, parseProduct(tokens));
  }
  return left;
}

function parseProduct(tokens: TokenReader): Expression {
  let left = parseOperand(tokens);
  const take = (): string | undefined => tokens.takeSign("*", "/", "%");
  for (let sign = take(); sign !== undefined; sign = take()) {
    left = binary(sign, left, parseOperand(tokens));
  }
  return left;
}

function parseOperand(tokens: TokenReader): Expression {
  if (tokens.takeSign("(")) {
    const inner = parseExpression(tokens);
    tokens.expectSign(")");
    return inner;
  }
  const token = tokens.peek();
  if (token.kind === "number" || token.kind === "text")
    return { kind: "value", value: parseValue(tokens) };
  const name = tokens.expect("name");
  if (!tokens.takeSign("(")) return { kind: "field", name };
  const rule = FUNCTIONS[name];
  if (rule === undefined)
    throw new MalformedQuery(`unknown function ${name}`, token.start, token.end);
  const args = [parseExpression(tokens)];
  while (tokens.takeSign(",")) args.push(parseExpression(tokens));
  tokens.expectSign(")");
  const [least, most] = rule.args;
  if (args.length < least || args.length > most) {
    throw new MalformedQuery(`wrong number of arguments for ${name}`, token.start, token.end);
  }
  return { kind: "call", name, args };
}

function parseArray(tokens: TokenReader): (string | number)[] {
  tokens.expectSign("[");
  const values = [parseValue(tokens)];
  while (tokens.takeSign(",")) values.push(parseValue(tokens));
  tokens.expectSign("]");
  return values;
}

function parseValue(tokens: TokenReader): string | number {
  return tokens.peek().kind === "number" ? Number(tokens.expect("number")) : tokens.expect("text");
}

function binary(operator: string, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right };
}
