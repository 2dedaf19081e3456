import type { Row, SqlValue } from "@turnaway/core";
import type { PlannedField } from "@turnaway/dashboards";
import { visibleText } from "@turnaway/report";

import { type Figure, fieldsOf, granularityOf, keyOf, meaningText, valueText } from "../figure.ts";
import { everyStep, tickText, toTime } from "../text/time-text.ts";
import { toNumber } from "../text/number-text.ts";
import { measureColor } from "../style/value-colors.ts";
import type { Canvas } from "./chart.ts";

/** Rows as series over categories: what bars, lines and radars are drawn from. */
export interface SeriesTable {
  readonly categories: readonly Category[];
  readonly series: readonly Series[];
  /** Set where the categories are times. */
  readonly times: readonly number[] | null;
}

export interface Category {
  readonly key: string;
  readonly label: string;
}

export interface Series {
  readonly name: string;
  readonly color: string;
  readonly field: PlannedField;
  /** One for each category; null where there is no row. */
  readonly values: readonly (number | null)[];
}

export interface SeriesOptions {
  readonly measures?: readonly PlannedField[];
  /** Whether each colour is a series of its own; else they are added up. */
  readonly isSplit?: boolean;
}

/** The rows by category, and by colour or measure. Times have every step from first to last. */
export function seriesTable(
  figure: Figure,
  { palette, colorOf }: Canvas,
  { measures = fieldsOf(figure, "value"), isSplit = true }: SeriesOptions = {},
): SeriesTable {
  const category = fieldsOf(figure, "category")[0];
  const color = isSplit ? fieldsOf(figure, "color")[0] : undefined;
  const { categories, times } = categoriesOf(figure.rows, category);
  const place = new Map(categories.map(({ key }, i) => [key, i]));
  const spread = (rows: readonly Row[], measure: PlannedField): (number | null)[] => {
    const values: (number | null)[] = categories.map(() => null);
    for (const row of rows) {
      const at = category === undefined ? 0 : place.get(categoryKey(row[category.id], category));
      const value = toNumber(row[measure.id]);
      if (at !== undefined && value !== null) values[at] = (values[at] ?? 0) + value;
    }
    return values;
  };
  if (color === undefined) {
    return {
      categories,
      times,
      series: measures.map((field, i) => ({
        name: visibleText(field.label),
        color: colorOfMeasure(i, figure, { measures, palette }),
        field,
        values: spread(figure.rows, field),
      })),
    };
  }
  const [field] = measures;
  if (field === undefined) return { categories, times, series: [] };
  return {
    categories,
    times,
    series: [...grouped(figure.rows, color)].map(([name, rows]) => ({
      name,
      color: colorOf(name),
      field,
      values: spread(rows, field),
    })),
  };
}

function categoriesOf(
  rows: readonly Row[],
  field: PlannedField | undefined,
): { categories: readonly Category[]; times: readonly number[] | null } {
  if (field === undefined) return { categories: [{ key: "", label: "" }], times: null };
  if (field.type === "date") {
    const granularity = granularityOf(field) ?? "day";
    const times = everyStep(
      rows.flatMap((row) => toTime(row[field.id]) ?? []),
      granularity,
    );
    return {
      times,
      categories: times.map((time) => ({ key: String(time), label: tickText(time, granularity) })),
    };
  }
  const labels = new Map<string, string>();
  for (const row of rows) labels.set(keyOf(row[field.id]), valueText(row[field.id], field));
  return { times: null, categories: [...labels].map(([key, label]) => ({ key, label })) };
}

function categoryKey(value: SqlValue | undefined, field: PlannedField): string {
  return field.type === "date" ? String(toTime(value)) : keyOf(value);
}

function grouped(rows: readonly Row[], field: PlannedField): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = valueText(row[field.id], field);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  // The same colours lie in the same order on every visual.
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

// Two measures of one meaning would have one colour.
function colorOfMeasure(
  index: number,
  figure: Figure,
  { measures, palette }: { measures: readonly PlannedField[]; palette: Canvas["palette"] },
): string {
  // Of several measures each means something else than the visual as a whole.
  const colors = measures.map((field) => {
    const meaning =
      measures.length === 1 ? meaningText(figure, field) : `${field.id} ${field.label}`;
    return measureColor(meaning, palette);
  });
  const own = colors[index]!;
  return colors.indexOf(own) === index ? own : palette.series[(index + 1) % palette.series.length]!;
}
