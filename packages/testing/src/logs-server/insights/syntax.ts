/** The part of Insights QL that the project's queries use, as a tree. */
export type Command =
  | { readonly kind: "fields"; readonly items: readonly Item[] }
  | { readonly kind: "filter"; readonly condition: Expression }
  | {
      readonly kind: "parse";
      readonly from: Expression;
      readonly glob: string;
      readonly names: readonly string[];
    }
  | {
      readonly kind: "stats";
      readonly aggregates: readonly Aggregate[];
      readonly by: readonly Item[];
    }
  | { readonly kind: "sort"; readonly keys: readonly SortKey[] }
  | { readonly kind: "limit"; readonly count: number };

/** An expression and the field that it becomes. */
export interface Item {
  readonly expression: Expression;
  readonly name: string;
}

export interface Aggregate {
  readonly name: string;
  readonly operation: string;
  /** Null for `count(*)`. */
  readonly of: Expression | null;
}

export interface SortKey {
  readonly name: string;
  readonly descending: boolean;
}

export type Expression =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "value"; readonly value: string | number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | {
      readonly kind: "in";
      readonly operand: Expression;
      readonly values: readonly (string | number)[];
      readonly negated: boolean;
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };
