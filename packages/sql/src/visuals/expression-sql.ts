import { TurnawayError } from "@turnaway/core";

import { quotedName } from "../quoted-name.ts";
import { trinoLiteral } from "../trino-parameters.ts";
import type { Expression, Operator } from "./expression.ts";
import { expressionFunction } from "./functions.ts";

/** The expression in Trino's dialect. A division by zero is NULL, as in QuickSight. */
export function expressionSql(expression: Expression): string {
  switch (expression.type) {
    case "column":
      return quotedName(expression.name);
    case "literal":
      return trinoLiteral(expression.value);
    case "time":
      return timeLiteral(expression.seconds);
    case "not":
      return `(NOT ${expressionSql(expression.operand)})`;
    case "negative":
      return `(-${expressionSql(expression.operand)})`;
    case "operator":
      return operatorSql(
        expression.operator,
        operandSql(expression.left, expression.operator),
        operandSql(expression.right, expression.operator),
      );
    case "call":
      return knownFunction(expression.name).sql(expression.args.map(expressionSql), expression);
  }
}

/** Whether one value is made of many rows. */
export function isAggregated(expression: Expression): boolean {
  if (expression.type === "call" && knownFunction(expression.name).isAggregate) return true;
  return expressionParts(expression).some(isAggregated);
}

/** The columns that it reads, each once. */
export function expressionColumns(expression: Expression): readonly string[] {
  if (expression.type === "column") return [expression.name];
  return [...new Set(expressionParts(expression).flatMap(expressionColumns))];
}

/** What an expression is made of. */
export function expressionParts(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case "not":
    case "negative":
      return [expression.operand];
    case "operator":
      return [expression.left, expression.right];
    case "call":
      return expression.args;
    default:
      return [];
  }
}

/** A moment as a timestamp without zone, which the times of the data sets are. */
export function timeLiteral(seconds: number): string {
  return `TIMESTAMP '${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")}'`;
}

// Whole numbers have 64 bits in QuickSight; as they stand here, SQL would count with 32.
function operandSql(operand: Expression, operator: Operator): string {
  const isWhole = operand.type === "literal" && Number.isInteger(operand.value);
  return isWhole && COUNTS.has(operator) ? `BIGINT '${operand.value}'` : expressionSql(operand);
}

const COUNTS: ReadonlySet<Operator> = new Set(["+", "-", "*", "%"]);

function operatorSql(operator: Operator, left: string, right: string): string {
  switch (operator) {
    // Whole numbers are divided into fractions, which SQL would cut off.
    case "/":
      return `(CAST(${left} AS double) / nullif(CAST(${right} AS double), 0))`;
    case "%":
      return `mod(${left}, nullif(${right}, 0))`;
    case "^":
      return `power(${left}, ${right})`;
    case "and":
    case "or":
      return `(${left} ${operator.toUpperCase()} ${right})`;
    default:
      return `(${left} ${operator} ${right})`;
  }
}

function knownFunction(name: string): NonNullable<ReturnType<typeof expressionFunction>> {
  const found = expressionFunction(name);
  if (found !== undefined) return found;
  throw new TurnawayError("BUG", {
    what: "unknown function of an expression",
    where: name,
    why: "whoever reads expressions has to refuse it",
  });
}
