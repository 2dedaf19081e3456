import type { Row, SqlValue } from "@turnaway/core";
import type { PlannedField, VisualPlan } from "@turnaway/dashboards";
import { visibleText } from "@turnaway/report";

import { numberText, type NumberFormat, PLAIN_NUMBER } from "./text/number-text.ts";
import { type Granularity, patternOf, timeText } from "./text/time-text.ts";

/** A visual and the rows that answer it: all that drawing needs. */
export interface Figure {
  readonly plan: VisualPlan;
  readonly rows: readonly Row[];
  /** Of a KPI: a row for each period, oldest first. */
  readonly trend: readonly Row[];
}

/** The fields of these wells, in the order of the visual. */
export function fieldsOf(
  { plan }: Figure,
  ...roles: readonly PlannedField["role"][]
): readonly PlannedField[] {
  return plan.fields.filter(({ role }) => roles.includes(role));
}

/** A value as a person reads it, safe to see: it may come from a log. */
export function valueText(value: SqlValue | undefined, field: PlannedField): string {
  if (value === undefined || value === null) return field.type === "number" ? "–" : "(none)";
  if (field.type === "number") return visibleText(numberText(value, numberFormat(field)));
  if (field.type === "date") {
    const pattern = field.format?.type === "date" ? field.format.pattern : null;
    return visibleText(timeText(value, pattern ?? patternOf(granularityOf(field))));
  }
  return visibleText(value === "" ? "(empty)" : String(value));
}

/** How the numbers of a field are written. */
export function numberFormat(field: PlannedField | undefined): NumberFormat {
  const format = field?.format ?? null;
  return format === null || format.type === "date" ? PLAIN_NUMBER : format;
}

/** What the times of a field are cut to; undefined where they are not, or finer than minutes. */
export function granularityOf(field: PlannedField | undefined): Granularity | undefined {
  const granularity = field?.granularity ?? null;
  return granularity === null || granularity === "second" || granularity === "millisecond"
    ? undefined
    : (granularity as Granularity);
}

/** All that a definition says of what a measure counts: its column, its name, the visual's title. */
export function meaningText({ plan }: Figure, { id, label }: PlannedField): string {
  return `${id} ${label} ${plan.title ?? ""}`;
}

/** The same value is the same key, whatever its type. */
export function keyOf(value: SqlValue | undefined): string {
  return value === null || value === undefined ? "\u0000" : String(value);
}
