import { type Expression, type Granularity, isAggregated } from "@turnaway/sql";

import { writtenForm } from "../format/field-forms.ts";
import { type Group, isGroup, textAt } from "../model/tree.ts";
import type { DataSetNames } from "./data-set-names.ts";
import { fieldFormat } from "./field-format.ts";
import { Undrawable } from "./undrawable.ts";
import type { FieldRole, PlannedField } from "./visual-plan.ts";

/** A field of a visual, with what it computes. */
export interface VisualField extends Omit<PlannedField, "granularity"> {
  readonly granularity: Granularity | null;
  readonly column: "dimension" | "measure" | "detail";
  readonly value: Expression;
}

/** What a field of the API stands for. @throws Undrawable */
export function visualField(api: Group, role: FieldRole, names: DataSetNames): VisualField {
  if (api["FieldId"] !== undefined) return detailField(api, role, names);
  const [entry] = Object.entries(api);
  if (entry === undefined || !isGroup(entry[1])) throw new Undrawable("a field is empty");
  const [member, body] = entry;
  if (member === "CalculatedMeasureField") return calculatedField(body, role, names);
  return member.endsWith("DimensionField")
    ? dimensionField(body, { member, role, names })
    : measureField(body, { member, role, names });
}

/** The aggregated value of `AggregationFunction` over a column. @throws Undrawable */
export function aggregatedValue(member: string, body: Group, names: DataSetNames): Expression {
  const column = columnNameOf(body);
  const value = names.column(column);
  const func = writtenForm("measure", member, body)?.func ?? null;
  if (isAggregated(value)) {
    if (func === null) return value;
    throw new Undrawable(`${column} is aggregated already, and would be once more`);
  }
  if (func === null || func === "plain") {
    const usual = member === "NumericalMeasureField" ? "sum" : "count";
    return { type: "call", name: usual, args: [value] };
  }
  if (/^p\d+$/.test(func)) {
    const percent: Expression = { type: "literal", value: Number(func.slice(1)) };
    return { type: "call", name: "percentile", args: [value, percent] };
  }
  const name = func === "average" ? "avg" : func;
  return { type: "call", name, args: [value] };
}

function columnNameOf({ Column }: Group): string {
  return isGroup(Column) ? String(Column["ColumnName"]) : "";
}

interface Place {
  readonly member: string;
  readonly role: FieldRole;
  readonly names: DataSetNames;
}

function dimensionField(body: Group, { member, role, names }: Place): VisualField {
  const column = columnNameOf(body);
  const value = names.column(column);
  if (isAggregated(value))
    throw new Undrawable(`rows can not be grouped by ${column}, an aggregate`);
  const isDate = member === "DateDimensionField";
  const granularity = (textAt(body, "DateGranularity") ?? "DAY").toLowerCase() as Granularity;
  return {
    ...common(body, role),
    type: isDate ? "date" : member === "NumericalDimensionField" ? "number" : "text",
    granularity: isDate ? granularity : null,
    column: "dimension",
    value,
  };
}

function measureField(body: Group, { member, role, names }: Place): VisualField {
  const value = aggregatedValue(member, body, names);
  const keepsDate = ["MIN", "MAX"].includes(String(body["AggregationFunction"]));
  return {
    ...common(body, role),
    type: member === "DateMeasureField" && keepsDate ? "date" : "number",
    granularity: null,
    column: "measure",
    value,
  };
}

function calculatedField(body: Group, role: FieldRole, names: DataSetNames): VisualField {
  const value = names.expression(String(body["Expression"]));
  if (!isAggregated(value)) throw new Undrawable("a calculated measure aggregates nothing");
  return { ...common(body, role), type: "number", granularity: null, column: "measure", value };
}

function detailField(body: Group, role: FieldRole, names: DataSetNames): VisualField {
  const column = columnNameOf(body);
  const value = names.column(column);
  if (isAggregated(value))
    throw new Undrawable(`${column} is an aggregate, and the table has none`);
  return {
    ...common(body, role),
    type: names.typeOf(column),
    granularity: null,
    column: "detail",
    value,
  };
}

function common(
  body: Group,
  role: FieldRole,
): Pick<VisualField, "id" | "role" | "label" | "format"> {
  return {
    id: String(body["FieldId"]),
    role,
    label: readable(columnNameOf(body)),
    format: fieldFormat(body),
  };
}

/** `rejected_records` as people read it: "Rejected records". */
function readable(column: string): string {
  const words = column.replaceAll("_", " ").trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
