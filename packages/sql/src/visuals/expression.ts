/**
 * What is computed of the columns of a data set: a calculated field of QuickSight, or a column.
 *
 * It is a value and no text, so that whoever makes one can not write SQL.
 */
export type Expression =
  | { readonly type: "column"; readonly name: string }
  | { readonly type: "literal"; readonly value: string | number | boolean | null }
  /** A moment of UTC, in Unix seconds. */
  | { readonly type: "time"; readonly seconds: number }
  | { readonly type: "not" | "negative"; readonly operand: Expression }
  | {
      readonly type: "operator";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: "call";
      /** A name of {@link expressionFunction}. */
      readonly name: string;
      readonly args: readonly Expression[];
      /** Of functions of time: the period that they are about. */
      readonly period?: Granularity;
    };

export type Operator = "+" | "-" | "*" | "/" | "%" | "^" | Comparison | "and" | "or";

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** What a time can be cut to. */
export type Granularity =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "millisecond";
