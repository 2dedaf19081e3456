import type { Comparison, Expression, Granularity, QueryFilter } from "@turnaway/sql";

import type { Dashboard } from "../dashboard.ts";
import { type Group, isGroup, partAt } from "../model/tree.ts";
import type { DataSetNames } from "./data-set-names.ts";
import { type DateSpan, shifted, spanOfPeriods } from "./date-spans.ts";
import type { FilterChoice, VisualAsk } from "./filter-choice.ts";
import type { FoundVisual } from "./find-visual.ts";
import { allFilters, type FoundFilter, reaches } from "./found-filters.ts";
import { Undrawable } from "./undrawable.ts";
import { aggregatedValue } from "./visual-fields.ts";

/** The filters that a visual is under, as they are set. @throws Undrawable */
export function queryFilters(
  dashboard: Dashboard,
  visual: Pick<FoundVisual, "id" | "sheet">,
  { names, ask }: { readonly names: DataSetNames; readonly ask: VisualAsk },
): readonly QueryFilter[] {
  return allFilters(dashboard)
    .filter((filter) => concerns(filter, visual, names))
    .flatMap((filter) => queryFilter(filter, names, ask));
}

/** Whether the filter is about that visual, and about what its data set has. */
export function concerns(
  filter: FoundFilter,
  visual: Pick<FoundVisual, "id" | "sheet">,
  names: DataSetNames,
): boolean {
  if (!reaches(filter, visual)) return false;
  const { dataSet, column, group } = filter;
  if (dataSet === names.dataSet || dataSet === undefined) return true;
  return group["CrossDataset"] === "ALL_DATASETS" && names.has(column ?? "");
}

function queryFilter(
  filter: FoundFilter,
  names: DataSetNames,
  ask: VisualAsk,
): readonly QueryFilter[] {
  const { id, member, body, column } = filter;
  const read = FILTERS[member];
  if (read === undefined || column === undefined) {
    throw new Undrawable(`the filter ${id} is a ${member}, which is not computed here`);
  }
  if (body["AggregationFunction"] !== undefined) {
    throw new Undrawable(`the filter ${id} goes by an aggregate, which is not computed here`);
  }
  const value = names.column(column);
  const chosen = ask.filters?.[id];
  return chosen === undefined
    ? read(body, value, { names, ask })
    : choiceFilter(value, chosen, ask);
}

/** What a choice leaves. */
function choiceFilter(
  value: Expression,
  choice: FilterChoice,
  ask: VisualAsk,
): readonly QueryFilter[] {
  if ("values" in choice) {
    return choice.values.length === 0 ? [] : [{ type: "one-of", value, values: choice.values }];
  }
  if ("last" in choice) return within(value, lastPeriods(choice.last, choice.unit, ask));
  return within(value, choice);
}

/** The last so many periods, that of now included. */
function lastPeriods(count: number, unit: Granularity, ask: VisualAsk): DateSpan {
  return spanOfPeriods(unit, [1 - count, 0], ask);
}

interface Scope {
  readonly names: DataSetNames;
  readonly ask: VisualAsk;
}

type ReadFilter = (body: Group, value: Expression, scope: Scope) => readonly QueryFilter[];

const FILTERS: Readonly<Record<string, ReadFilter>> = {
  CategoryFilter: categoryFilter,
  NumericRangeFilter: (body, value, { names }) =>
    rangeFilters(value, {
      low: bound(body["RangeMinimum"], names),
      high: bound(body["RangeMaximum"], names),
      body,
    }),
  NumericEqualityFilter: (body, value, { names }) => {
    if (body["SelectAllOptions"] === "FILTER_ALL_VALUES") return [];
    const operator = body["MatchOperator"] === "DOES_NOT_EQUAL" ? "<>" : "=";
    const other = bound({ StaticValue: body["Value"], Parameter: body["ParameterName"] }, names);
    return other === undefined ? [] : [where(operator, value, other)];
  },
  TimeEqualityFilter: (body, value, { names }) => {
    const { Value: StaticValue, ParameterName: Parameter, RollingDate } = body;
    const other = bound({ StaticValue, Parameter, RollingDate }, names);
    const period = granularityOf(body) ?? "day";
    const cut = (time: Expression): Expression => ({
      type: "call",
      name: "truncdate",
      args: [time],
      period,
    });
    return other === undefined ? [] : [where("=", cut(value), cut(other))];
  },
  TimeRangeFilter: (body, value, { names }) => {
    const high = bound(body["RangeMaximumValue"], names);
    const period = granularityOf(body);
    // The last day of a range is part of it to its end.
    const isWhole = body["IncludeMaximum"] === true && period !== null && high?.type === "time";
    const end: Expression | undefined = isWhole
      ? { type: "time", seconds: shifted(high.seconds, period, 1) }
      : high;
    return rangeFilters(value, {
      low: bound(body["RangeMinimumValue"], names),
      high: end,
      body: isWhole ? { ...body, IncludeMaximum: false } : body,
    });
  },
  RelativeDatesFilter: relativeFilter,
  TopBottomFilter: topFilter,
};

function categoryFilter(body: Group, value: Expression, { names }: Scope): readonly QueryFilter[] {
  const [entry] = Object.values(isGroup(body["Configuration"]) ? body["Configuration"] : {});
  if (!isGroup(entry)) return [];
  const nulls = nullFilter(value, entry["NullOption"]);
  if (entry["SelectAllOptions"] === "FILTER_ALL_VALUES") return nulls;
  const operator = String(entry["MatchOperator"]);
  const list = entry["CategoryValues"];
  const isNot = operator.startsWith("DOES_NOT");
  if (Array.isArray(list)) {
    return [{ type: isNot ? "none-of" : "one-of", value, values: list.map(String) }, ...nulls];
  }
  const text = bound(
    { StaticValue: entry["CategoryValue"], Parameter: entry["ParameterName"] },
    names,
  );
  if (text === undefined) return nulls;
  if (operator.endsWith("EQUAL") || operator === "EQUALS") {
    return [where(isNot ? "<>" : "=", value, text), ...nulls];
  }
  const name = operator
    .replace("DOES_NOT_", "")
    .replace(/S?_WITH$/, "SWITH")
    .toLowerCase();
  const test: Expression = {
    type: "call",
    name: name.startsWith("contain") ? "contains" : name,
    args: [value, text],
  };
  return [{ type: "where", condition: isNot ? { type: "not", operand: test } : test }, ...nulls];
}

function relativeFilter(body: Group, value: Expression, { ask }: Scope): readonly QueryFilter[] {
  if (partAt(body, ["AnchorDateConfiguration", "AnchorOption"]) !== "NOW") {
    throw new Undrawable("a date filter goes by a date that a parameter gives");
  }
  const unit = granularityOf(body) ?? "day";
  const count = Number(body["RelativeDateValue"] ?? 1);
  switch (body["RelativeDateType"]) {
    case "LAST":
      return within(value, lastPeriods(count, unit, ask));
    case "PREVIOUS":
      return within(value, spanOfPeriods(unit, [-1, -1], ask));
    case "NEXT":
      return within(value, spanOfPeriods(unit, [1, count], ask));
    case "NOW":
      return within(value, { ...spanOfPeriods(unit, [0, 0], ask), to: ask.now + 1 });
    default:
      return within(value, spanOfPeriods(unit, [0, 0], ask));
  }
}

function topFilter(body: Group, value: Expression, { names }: Scope): readonly QueryFilter[] {
  const orders: unknown = body["AggregationSortConfigurations"];
  const [order, ...more] = Array.isArray(orders) ? (orders as readonly Group[]) : [];
  if (order === undefined || more.length > 0 || typeof body["Limit"] !== "number") {
    throw new Undrawable("a filter of first or last items goes by none, or by several fields");
  }
  const { AggregationFunction: written } = order;
  const member = Object.keys(MEASURES).find((key) => partAt(written, [key]) !== undefined);
  if (member === undefined) throw new Undrawable("a filter of first items goes by no aggregate");
  const AggregationFunction = partAt(written, [member]);
  return [
    {
      type: "top",
      value,
      by: aggregatedValue(MEASURES[member]!, { ...order, AggregationFunction }, names),
      direction: order["SortDirection"] === "ASC" ? "ascending" : "descending",
      limit: body["Limit"],
    },
  ];
}

/** Members of `AggregationFunction` to the measure that has such a function. */
export const MEASURES: Readonly<Record<string, string>> = {
  NumericalAggregationFunction: "NumericalMeasureField",
  CategoricalAggregationFunction: "CategoricalMeasureField",
  DateAggregationFunction: "DateMeasureField",
};

function rangeFilters(
  value: Expression,
  range: { low: Expression | undefined; high: Expression | undefined; body: Group },
): readonly QueryFilter[] {
  const { low, high, body } = range;
  return [
    ...(low === undefined ? [] : [where(body["IncludeMinimum"] === true ? ">=" : ">", value, low)]),
    ...(high === undefined
      ? []
      : [where(body["IncludeMaximum"] === true ? "<=" : "<", value, high)]),
  ];
}

function within(
  value: Expression,
  { from, to }: { from: number | null; to: number | null },
): readonly QueryFilter[] {
  return [
    ...(from === null ? [] : [where(">=", value, { type: "time", seconds: from })]),
    ...(to === null ? [] : [where("<", value, { type: "time", seconds: to })]),
  ];
}

function where(operator: Comparison, left: Expression, right: Expression): QueryFilter {
  return { type: "where", condition: { type: "operator", operator, left, right } };
}

function nullFilter(value: Expression, option: unknown): readonly QueryFilter[] {
  if (option === "NON_NULLS_ONLY") return [{ type: "none-of", value, values: [null] }];
  return option === "NULLS_ONLY" ? [{ type: "one-of", value, values: [null] }] : [];
}

// A value that stands there, that a parameter begins with, or that is computed when somebody looks.
function bound(written: unknown, names: DataSetNames): Expression | undefined {
  if (!isGroup(written)) return undefined;
  const { StaticValue: value, Parameter: parameter, RollingDate: rolling } = written;
  if (value instanceof Date) return { type: "time", seconds: value.getTime() / 1000 };
  if (typeof value === "string" || typeof value === "number") return { type: "literal", value };
  if (typeof parameter === "string") return names.expression(`\${${parameter}}`);
  const expression = partAt(rolling, ["Expression"]);
  return typeof expression === "string" ? names.expression(expression) : undefined;
}

function granularityOf(body: Group): Granularity | null {
  const written = body["TimeGranularity"];
  return typeof written === "string" ? (written.toLowerCase() as Granularity) : null;
}
