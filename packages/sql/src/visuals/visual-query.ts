import type { Expression, Granularity } from "./expression.ts";

/** What a visual asks of one data set. */
export interface VisualQuery {
  /** Columns of the answer, in their order. */
  readonly columns: readonly QueryColumn[];
  /** What rows have to fulfil, all of it. */
  readonly filters: readonly QueryFilter[];
  /** Which items of a dimension are shown, in which order. A dimension without one ascends. */
  readonly items: readonly ItemOrder[];
  /** Order of the rows, before that of the items. What it leaves open is decided by the dimensions. */
  readonly sort: readonly RowOrder[];
  /** Most rows; null is all. */
  readonly limit: number | null;
}

/**
 * - `dimension`: rows are grouped by it; without any measure each combination is one row.
 * - `measure`: one value of each group; its expression is aggregated.
 * - `detail`: a column as it is. Where one stands, nothing is grouped.
 */
export interface QueryColumn {
  readonly type: "dimension" | "measure" | "detail";
  /** Name in the answer. */
  readonly name: string;
  readonly value: Expression;
  /** Of a dimension of time: what it is cut to. */
  readonly granularity?: Granularity;
}

export interface ItemOrder {
  /** Name of the dimension. */
  readonly column: string;
  /** An aggregated expression; null is the dimension itself. */
  readonly by: Expression | null;
  readonly direction: SortDirection;
  /** Most items; null is all. */
  readonly limit: number | null;
  /** Whether what is beyond the limit is one more item, {@link OTHERS}; only for text. */
  readonly others: boolean;
}

export interface RowOrder {
  /** Aggregated where the query groups. */
  readonly by: Expression;
  /** Of a dimension of time: what it is cut to. */
  readonly granularity?: Granularity;
  readonly direction: SortDirection;
}

export type SortDirection = "ascending" | "descending";

/** What items beyond a limit are called together. */
export const OTHERS = "Other";

export type QueryFilter =
  | {
      readonly type: "one-of" | "none-of";
      readonly value: Expression;
      /** Null stands for rows without a value. */
      readonly values: readonly (string | number | null)[];
    }
  /** The condition holds. */
  | { readonly type: "where"; readonly condition: Expression }
  /** Only the first or last items of a dimension. */
  | {
      readonly type: "top";
      readonly value: Expression;
      readonly by: Expression;
      readonly direction: SortDirection;
      readonly limit: number;
    }
  /** What is chosen in Grafana: its time range, or a variable whose value for all is `'*'`. */
  | { readonly type: "grafana-time"; readonly value: Expression }
  | { readonly type: "grafana-variable"; readonly value: Expression; readonly variable: string };
