import { type Expression, expressionParts, isAggregated } from "@turnaway/sql";

import { sqlColumns } from "../check/sql-columns.ts";
import type { Dashboard } from "../dashboard.ts";
import { type Group, isGroup } from "../model/tree.ts";
import { parseExpression } from "./expression/parse-expression.ts";
import { Undrawable } from "./undrawable.ts";

/** What names mean in expressions over one data set of a dashboard. */
export interface DataSetNames {
  /** What definitions call the data set. */
  readonly dataSet: string;
  /** The SQL file that it reads. */
  readonly source: string;
  /** Whether the SQL, or a calculated field, has that column. */
  has(column: string): boolean;
  /** A column, or what a calculated field of that name computes. @throws Undrawable */
  column(name: string): Expression;
  /** The text of an expression over the data set. @throws Undrawable */
  expression(text: string): Expression;
  /** What a column holds; text where nothing here says it. */
  typeOf(column: string): "text" | "number" | "date";
}

/** @throws Undrawable where nothing here says what the data set reads. */
export function dataSetNames(dashboard: Dashboard, dataSet: string, now: number): DataSetNames {
  const source = sourceOf(dashboard, dataSet);
  const columns = source === undefined ? undefined : sqlColumns()[source];
  if (source === undefined || columns === undefined) {
    throw new Undrawable(`the data set ${dataSet} reads nothing that is known here`);
  }
  const calculated = new Map(
    (dashboard.definition.CalculatedFields ?? [])
      .filter(({ DataSetIdentifier }) => DataSetIdentifier === dataSet)
      .map(({ Name = "", Expression = "" }) => [Name, Expression]),
  );
  const read = (text: string, within: readonly string[]): Expression => {
    const expression = parseExpression(text, {
      now,
      column: (name) => resolve(name, within),
      parameter: (name) => parameterValue(dashboard, name),
    });
    requireOneLevel(expression, false);
    return expression;
  };
  const resolve = (name: string, within: readonly string[]): Expression => {
    const text = calculated.get(name);
    if (text === undefined) {
      if (Object.hasOwn(columns, name)) return { type: "column", name };
      throw new Undrawable(`the data set ${dataSet} has no column ${name}`);
    }
    if (within.includes(name)) throw new Undrawable(`the calculated field ${name} needs itself`);
    return read(text, [...within, name]);
  };
  return {
    dataSet,
    source,
    has: (name) => calculated.has(name) || Object.hasOwn(columns, name),
    column: (name) => resolve(name, []),
    expression: (text) => read(text, []),
    typeOf: (name) => columns[name] ?? "text",
  };
}

function sourceOf({ dataSets }: Dashboard, identifier: string): string | undefined {
  return Object.entries(dataSets).find(
    ([name, file]) => (file.identifier ?? name) === identifier,
  )?.[1].source;
}

/** An aggregate of aggregates has a level of its own, which SQL has no words for. */
function requireOneLevel(expression: Expression, isInside: boolean): void {
  const isAggregate = expression.type === "call" && isAggregated({ ...expression, args: [] });
  if (isAggregate && isInside)
    throw new Undrawable("an aggregate of an aggregate is not computed here");
  for (const part of expressionParts(expression)) requireOneLevel(part, isInside || isAggregate);
}

// Nobody chooses values of parameters here, so they have those that they begin with.
function parameterValue({ definition }: Dashboard, name: string): Expression {
  for (const declaration of (definition.ParameterDeclarations ??
    []) as unknown as readonly Group[]) {
    const [body] = Object.values(declaration);
    if (!isGroup(body) || body["Name"] !== name) continue;
    const defaults: unknown = body["DefaultValues"];
    const values: unknown = isGroup(defaults) ? defaults["StaticValues"] : undefined;
    const [first, ...more] = Array.isArray(values) ? (values as readonly unknown[]) : [];
    if (more.length === 0 && first instanceof Date) {
      return { type: "time", seconds: first.getTime() / 1000 };
    }
    if (more.length === 0 && (typeof first === "string" || typeof first === "number")) {
      return { type: "literal", value: first };
    }
    throw new Undrawable(`the parameter ${name} has no value to begin with, or several`);
  }
  throw new Undrawable(`there is no parameter ${name}`);
}
