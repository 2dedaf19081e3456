import { is, isName, type Token } from "../tokens.ts";

/**
 * Why the tests, joined by AND, don't tell the engine which values of the column it needs;
 * null when they do.
 *
 * @param named the values have to be named one by one, since a projection does not know them
 */
export function judgePredicate(
  conjuncts: readonly (readonly Token[])[],
  column: string,
  named: boolean,
): string | null {
  const about = conjuncts.filter((test) => test.some((token) => isColumn(token, column)));
  if (about.length === 0) return "there is no predicate on it";
  const shapes = about.map((test) => shapeOf(test, column));
  const refused = named ? ["from", "to", "range"] : [];
  if (shapes.some((shape) => isBound(shape) && !refused.includes(shape))) return null;
  if (!named && shapes.includes("from") && shapes.includes("to")) return null;
  if (named && shapes.some((shape) => shape === "range" || shape === "from" || shape === "to"))
    return "only = and IN name its values";
  return (
    EXPLANATIONS[shapes.find((shape) => shape in EXPLANATIONS) ?? "other"] ?? EXPLANATIONS["other"]!
  );
}

type Shape = "values" | "range" | "from" | "to" | "wrapped" | "like" | "either" | "other";

const EXPLANATIONS: Readonly<Record<string, string>> = {
  from: "its range is open at the end",
  to: "its range is open at the beginning",
  wrapped: "it stands inside of an expression, which is evaluated for each folder or row",
  like: "LIKE does not say which folders there are",
  either: "its predicate stands beside OR, and need not hold",
  other: "it is compared with something that is no text literal",
};

function isBound(shape: Shape): boolean {
  return shape === "values" || shape === "range";
}

function shapeOf(test: readonly Token[], column: string): Shape {
  const { depth } = test[0]!;
  if (test.some((token) => token.depth === depth && is(token, "OR"))) return "either";
  const bare = withoutQualifier(test);
  if (bare.length === 3 && bare[0]!.kind === "text" && isColumn(bare[2], column)) {
    return comparison(MIRRORED[bare[1]!.value] ?? bare[1]!.value);
  }
  if (!isColumn(bare[0], column)) return "wrapped";
  const [, operator, ...operands] = bare;
  if (is(operator, "LIKE")) return "like";
  if (is(operator, "IN")) return isList(operands) ? "values" : "other";
  if (is(operator, "BETWEEN")) {
    const [low, and, high, ...more] = operands;
    const literal = low?.kind === "text" && is(and, "AND") && high?.kind === "text";
    return literal && more.length === 0 ? "range" : "other";
  }
  if (operands.length === 1 && operands[0]!.kind === "text") return comparison(operator!.value);
  return operator?.kind === "symbol" && COMPARISONS.has(operator.value) ? "other" : "wrapped";
}

const COMPARISONS = new Set(["=", "<", "<=", ">", ">="]);
const MIRRORED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function comparison(operator: string): Shape {
  if (operator === "=") return "values";
  if (operator === ">" || operator === ">=") return "from";
  return operator === "<" || operator === "<=" ? "to" : "other";
}

function isColumn(token: Token | undefined, column: string): boolean {
  return isName(token) && token.value.toLowerCase() === column;
}

// `r.log_date` is `log_date`.
function withoutQualifier(test: readonly Token[]): readonly Token[] {
  return test.filter((token, i) => !is(token, ".") && !(isName(token) && is(test[i + 1], ".")));
}

// `('a', 'b')`
function isList(tokens: readonly Token[]): boolean {
  const inner = tokens.slice(1, -1);
  return (
    is(tokens[0], "(") &&
    is(tokens.at(-1), ")") &&
    inner.length > 0 &&
    inner.every((token, i) => (i % 2 === 0 ? token.kind === "text" : is(token, ",")))
  );
}
