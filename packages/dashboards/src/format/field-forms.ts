import { type Group, isGroup } from "../model/tree.ts";
import { type FieldText } from "./field-text.ts";
import { Misread } from "./lens.ts";

/** The members of the union that a field is, with what its text says of it. */
export interface FieldForm {
  /** `CategoricalDimensionField`; null where the well has no union. */
  readonly member: string | null;
  /** What the function becomes beside the column. */
  readonly extra: Group;
}

/** What the fields of a well are: groups, amounts, or columns as they are. */
export type Role = "dimension" | "measure" | "column";

/** The form of the API for a field that is written like this. */
export function formOf(role: Role, field: FieldText): FieldForm {
  if (role === "column") {
    if (field.func === null) return { member: null, extra: {} };
    throw new Misread(`expected a column, got ${field.func}(…)`);
  }
  return role === "dimension" ? dimensionForm(field) : measureForm(field);
}

/** The function and kind that a field of the API is written with, where that is possible. */
export function writtenForm(
  role: Role,
  member: string | null,
  body: Group,
): Pick<FieldText, "func" | "kind"> | undefined {
  if (role === "column") return { func: null, kind: null };
  return role === "dimension" ? writtenDimension(member, body) : writtenMeasure(member, body);
}

const GRANULARITIES = "year quarter month week day hour minute second millisecond".split(" ");

function dimensionForm({ func, kind }: FieldText): FieldForm {
  if (kind !== null) throw new Misread(`expected a column, number(…), date(…) or a period`);
  if (func === null) return { member: "CategoricalDimensionField", extra: {} };
  if (func === "number") return { member: "NumericalDimensionField", extra: {} };
  if (func === "date") return { member: "DateDimensionField", extra: {} };
  if (!GRANULARITIES.includes(func)) {
    throw new Misread(
      `got ${func}(…), expected a column, number(…), date(…) or one of ${GRANULARITIES.join(", ")}`,
    );
  }
  return { member: "DateDimensionField", extra: { DateGranularity: func.toUpperCase() } };
}

function writtenDimension(
  member: string | null,
  { DateGranularity }: Group,
): Pick<FieldText, "func" | "kind"> | undefined {
  if (member === "CategoricalDimensionField") return { func: null, kind: null };
  if (member === "NumericalDimensionField") return { func: "number", kind: null };
  if (member !== "DateDimensionField") return undefined;
  return {
    func: typeof DateGranularity === "string" ? DateGranularity.toLowerCase() : "date",
    kind: null,
  };
}

const NUMBERS = "sum average min max count distinct_count var varp stdev stdevp median".split(" ");
const TEXTS = ["count", "distinct_count"];
const DATES = ["count", "distinct_count", "min", "max"];

const MEASURES = {
  number: { member: "NumericalMeasureField", functions: NUMBERS },
  text: { member: "CategoricalMeasureField", functions: TEXTS },
  date: { member: "DateMeasureField", functions: DATES },
} as const;

type Kind = keyof typeof MEASURES;

/** What people mostly count is text, and what they mostly add up is numbers. */
function usualKind(func: string): Kind {
  return TEXTS.includes(func) ? "text" : "number";
}

function measureForm({ func, kind }: FieldText): FieldForm {
  if (func === null) return { member: "NumericalMeasureField", extra: {} };
  const percentile = /^p(\d{1,3})$/.exec(func);
  if (percentile !== null && kind === null) {
    const PercentileAggregation = { PercentileValue: Number(percentile[1]) };
    return {
      member: "NumericalMeasureField",
      extra: { AggregationFunction: { PercentileAggregation } },
    };
  }
  if (func === "plain" && (kind === "text" || kind === "date")) {
    return { member: MEASURES[kind].member, extra: {} };
  }
  const { member, functions } = MEASURES[kind ?? usualKind(func)];
  if (!functions.includes(func)) {
    throw new Misread(`got ${func}(…), expected one of ${functions.join(", ")}`);
  }
  const name = func.toUpperCase();
  const isNumber = member === "NumericalMeasureField";
  return {
    member,
    extra: { AggregationFunction: isNumber ? { SimpleNumericalAggregation: name } : name },
  };
}

function writtenMeasure(
  member: string | null,
  { AggregationFunction }: Group,
): Pick<FieldText, "func" | "kind"> | undefined {
  const kind = (Object.keys(MEASURES) as Kind[]).find((kind) => MEASURES[kind].member === member);
  if (kind === undefined) return undefined;
  if (AggregationFunction === undefined) {
    return kind === "number" ? { func: null, kind: null } : { func: "plain", kind };
  }
  const func = functionName(AggregationFunction);
  if (func === undefined) return undefined;
  const isUsual = func.startsWith("p") || usualKind(func) === kind;
  return { func, kind: isUsual ? null : kind };
}

function functionName(aggregation: unknown): string | undefined {
  if (typeof aggregation === "string") return aggregation.toLowerCase();
  if (!isGroup(aggregation)) return undefined;
  const { SimpleNumericalAggregation: simple, PercentileAggregation: percentile } = aggregation;
  if (typeof simple === "string") return simple.toLowerCase();
  return isGroup(percentile) ? `p${String(percentile["PercentileValue"])}` : undefined;
}
