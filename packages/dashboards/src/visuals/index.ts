export type { FieldFormat } from "./field-format.ts";
export type { FilterChoice, VisualAsk } from "./filter-choice.ts";
export { filtersOf, type NotOffered, type SheetFilter } from "./filters-of.ts";
export { type DateSpan, spanOfPeriods } from "./date-spans.ts";
export { planVisual } from "./plan-visual.ts";
export { GRID_COLUMNS, type SheetElement, type SheetPlan, sheetsOf } from "./sheets-of.ts";
export type {
  ConditionalColor,
  FieldRole,
  NotDrawable,
  PlannedField,
  VisualOptions,
  VisualPlan,
} from "./visual-plan.ts";
