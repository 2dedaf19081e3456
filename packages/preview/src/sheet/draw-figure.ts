import type { Canvas } from "../charts/chart.ts";
import { CHART_TYPES } from "../charts/chart-types.ts";
import { type Figure, fieldsOf } from "../figure.ts";
import { kpiOf } from "../kpi/kpi.ts";
import { toNumber } from "../text/number-text.ts";

/** Whether a type of visual is drawn here at all. */
export function isDrawn(type: string): boolean {
  return type in CHART_TYPES || TABLES.has(type) || type === "kpi";
}

/** Whether it is written as rows and columns. */
export function isTable(type: string): boolean {
  return TABLES.has(type);
}

/** Whether there is nothing to draw: no rows, or none with a number. */
export function isEmpty(figure: Figure): boolean {
  if (figure.plan.type === "kpi") return kpiOf(figure) === null;
  if (figure.rows.length === 0) return true;
  if (isTable(figure.plan.type)) return false;
  const measures = fieldsOf(figure, ...MEASURES);
  return figure.rows.every((row) => measures.every(({ id }) => toNumber(row[id]) === null));
}

/** The inside of the chart's SVG, from 0, 0 to the size of the canvas. */
export async function drawFigure(figure: Figure, canvas: Canvas): Promise<string> {
  return (await CHART_TYPES[figure.plan.type]?.draw(figure, canvas)) ?? "";
}

/** How high a chart is best at a width, where height is free. */
export function naturalHeight(figure: Figure, canvas: Canvas): number {
  return CHART_TYPES[figure.plan.type]?.height(figure, canvas) ?? 220;
}

const TABLES = new Set(["table", "pivot-table"]);
const MEASURES = ["value", "weight", "size", "bar", "line", "x", "y"] as const;
