import type { VisualQuery } from "@turnaway/sql";

import type { FieldFormat } from "./field-format.ts";

/** What it takes to draw a visual: what to ask of its data set, and what the answer means. */
export interface VisualPlan {
  readonly kind: "plan";
  readonly id: string;
  /** The word of the files: `bar-chart`. */
  readonly type: string;
  readonly title: string | null;
  readonly subtitle: string | null;
  /** What definitions call the data set. */
  readonly dataSet: string;
  /** The SQL file that the data set reads: `datasets/rejects`. */
  readonly source: string;
  /** The columns of the answers that are drawn, by well, in the order of the wells. */
  readonly fields: readonly PlannedField[];
  /**
   * The rows that are drawn. Each row has a value for the `id` of each field.
   *
   * Of a KPI: one row over all that the filters leave.
   */
  readonly query: VisualQuery;
  /**
   * Of a KPI with a trend: a row for each period, in order of time. QuickSight shows the value
   * of the last one, and compares it with that of the one before.
   */
  readonly trend: VisualQuery | null;
  readonly options: VisualOptions;
  /** What the definition asks for and is not drawn, in words. */
  readonly notes: readonly string[];
}

/** A visual that can not be drawn from its data. */
export interface NotDrawable {
  readonly kind: "not-drawable";
  readonly id: string;
  readonly type: string;
  readonly title: string | null;
  readonly subtitle: string | null;
  /** Why, in words: `the function runningSum is not computed here`. */
  readonly reason: string;
}

export interface PlannedField {
  /** Name of the column in the rows; the id of the field in the definition. */
  readonly id: string;
  readonly role: FieldRole;
  /** What people read: the heading where there is one. */
  readonly label: string;
  /** What the values are. Dates are text such as `2026-11-20T00:00:00.000Z`, as engines give them. */
  readonly type: "text" | "number" | "date";
  /** Of a date: what it is cut to, where it is. */
  readonly granularity: string | null;
  readonly format: FieldFormat | null;
}

/** The well that a field stands in. */
export type FieldRole =
  | "category"
  | "value"
  | "color"
  | "small-multiple"
  | "row"
  | "column"
  | "group"
  | "size"
  | "source"
  | "destination"
  | "weight"
  | "trend"
  | "target"
  | "bar"
  | "line"
  | "x"
  | "y"
  | "label"
  | "breakdown";

/** How it is drawn. What a visual does not have is null. */
export interface VisualOptions {
  readonly orientation: "horizontal" | "vertical" | null;
  readonly arrangement: "clustered" | "stacked" | "stacked-percent" | null;
  /** Of a pie chart: `whole` is no hole. */
  readonly hole: "small" | "medium" | "large" | "whole" | null;
  readonly line: "line" | "area" | "stacked-area" | null;
  readonly legend: boolean;
  readonly dataLabels: boolean;
  /** Of a table: fields that are not shown, and widths in pixels, by the id of the field. */
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** Colours of cells that have them under a condition. */
  readonly conditionalColors: readonly ConditionalColor[];
}

/** A cell of `field` has these colours in rows whose column `when` is true. */
export interface ConditionalColor {
  readonly field: string;
  readonly when: string;
  /** `#C0392B`. */
  readonly text: string | null;
  readonly background: string | null;
}
