import type { Row } from "@turnaway/core";
import type { PlannedField, VisualOptions } from "@turnaway/dashboards";

import type { Figure } from "../src/figure.ts";

/** A field with what a test says about it. */
export function field(
  id: string,
  role: PlannedField["role"],
  rest: Partial<PlannedField> = {},
): PlannedField {
  return { id, role, label: id, type: "text", granularity: null, format: null, ...rest };
}

/** A measure. */
export function measure(id: string, role: PlannedField["role"] = "value"): PlannedField {
  return field(id, role, { type: "number", format: SHORT });
}

const SHORT = {
  type: "number",
  decimals: 1,
  scale: "auto",
  prefix: "",
  suffix: "",
  isGrouped: true,
} as const;

export interface FigureInput {
  readonly title?: string;
  readonly subtitle?: string;
  readonly rows: readonly Row[];
  readonly trend?: readonly Row[];
  readonly options?: Partial<VisualOptions>;
}

/** A visual of a type with its rows. */
export function figure(
  type: string,
  fields: readonly PlannedField[],
  { title = type, subtitle, rows, trend = [], options = {} }: FigureInput,
): Figure {
  const query = { columns: [], filters: [], items: [], sort: [], limit: 5000 };
  return {
    rows,
    trend,
    plan: {
      kind: "plan",
      id: type,
      type,
      title,
      subtitle: subtitle ?? null,
      dataSet: "rejects",
      source: "datasets/rejects",
      fields,
      query,
      trend: trend.length === 0 ? null : query,
      options: { ...OPTIONS, ...options },
      notes: [],
    },
  };
}

const OPTIONS: VisualOptions = {
  orientation: null,
  arrangement: null,
  hole: null,
  line: null,
  legend: true,
  dataLabels: false,
  hidden: [],
  widths: {},
  conditionalColors: [],
};
