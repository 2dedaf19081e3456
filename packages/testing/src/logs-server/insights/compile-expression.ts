import { FUNCTIONS, toNumber, type Value } from "./functions.ts";
import type { Expression } from "./syntax.ts";

export type Fields = ReadonlyMap<string, Value>;
export type Compute = (fields: Fields) => Value;

/** An expression as a function of a row. A comparison with what is absent is false. */
export function compile(expression: Expression): Compute {
  switch (expression.kind) {
    case "field":
      return (fields) => fields.get(expression.name);
    case "value":
      return () => expression.value;
    case "call": {
      const { call } = FUNCTIONS[expression.name]!;
      const args = expression.args.map(compile);
      return (fields) => call(...args.map((arg) => arg(fields)));
    }
    case "not": {
      const operand = compile(expression.operand);
      return (fields) => operand(fields) !== true;
    }
    case "in": {
      const operand = compile(expression.operand);
      const values = new Set(expression.values.map(String));
      return (fields) => {
        const value = operand(fields);
        return value !== undefined && values.has(String(value)) !== expression.negated;
      };
    }
    case "binary":
      return compileBinary(
        expression.operator,
        compile(expression.left),
        compile(expression.right),
      );
  }
}

function compileBinary(operator: string, left: Compute, right: Compute): Compute {
  if (operator === "and") return (fields) => left(fields) === true && right(fields) === true;
  if (operator === "or") return (fields) => left(fields) === true || right(fields) === true;
  const arithmetic = ARITHMETIC[operator];
  if (arithmetic !== undefined) {
    return (fields) => {
      const [a, b] = [toNumber(left(fields)), toNumber(right(fields))];
      return a === undefined || b === undefined ? undefined : arithmetic(a, b);
    };
  }
  const holds = COMPARISONS[operator]!;
  return (fields) => {
    const [a, b] = [left(fields), right(fields)];
    return a !== undefined && b !== undefined && holds(compare(a, b));
  };
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** Numbers by size; a number and a text are never equal and in no order; absent comes last. */
export function compare(a: Value, b: Value): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [x, y] = [toNumber(a), toNumber(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return Number.NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}
