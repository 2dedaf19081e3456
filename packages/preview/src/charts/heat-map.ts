import type { Row } from "@turnaway/core";

import { type Figure, fieldsOf, granularityOf, keyOf, numberFormat, valueText } from "../figure.ts";
import type { Palette } from "../style/palette.ts";
import { svgRect, svgText } from "../svg/elements.ts";
import { axisText } from "./axes.ts";
import { numberText, toNumber } from "../text/number-text.ts";
import { shorten, textWidth } from "../text/text-width.ts";
import { everyStep, tickText, toTime } from "../text/time-text.ts";
import { type Canvas, FONT_SIZE } from "./chart.ts";
import { stepOf } from "./tree-map.ts";

/** Cells by row and column, the more the darker; written on where there is room for all. */
export function heatMap(figure: Figure, canvas: Canvas): string {
  const { width, height, palette } = canvas;
  const cells = cellsOf(figure);
  const { rows, columns } = cells;
  if (rows.length === 0 || columns.length === 0) return "";
  const widest = Math.max(...rows.map(({ label }) => textWidth(label, FONT_SIZE)));
  const left = Math.min(Math.ceil(widest * canvas.fontStretch) + 10, Math.floor(width * 0.4));
  const size = {
    width: (width - left) / columns.length,
    height: Math.min(40, (height - FOOT) / rows.length),
  };
  const drawCell = cellDrawing(cells, { size, palette });
  const parts = rows.flatMap((row, y) => [
    svgText(shorten(row.label, (left - 8) / canvas.fontStretch, FONT_SIZE), {
      x: left - 8,
      y: y * size.height + size.height / 2 + 4,
      anchor: "end",
      fill: palette.ink,
      size: FONT_SIZE,
    }),
    ...columns.map((column, x) =>
      drawCell(cells.valueAt(row.key, column.key), {
        x: left + x * size.width,
        y: y * size.height,
      }),
    ),
  ]);
  const bottom = rows.length * size.height;
  return [...parts, ...columnNames(columns, { left, bottom, cell: size.width }, canvas)].join("");
}

interface CellLook {
  readonly size: { readonly width: number; readonly height: number };
  readonly palette: Palette;
}

type DrawCell = (value: number | null, place: { x: number; y: number }) => string;

function cellDrawing(
  { rows, columns, valueAt, format }: ReturnType<typeof cellsOf>,
  { size, palette }: CellLook,
): DrawCell {
  const values = rows.flatMap((r) => columns.flatMap((c) => valueAt(r.key, c.key) ?? []));
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const gap = size.width > 12 ? 2 : 0;
  const texts = values.map((value) => textWidth(axisText(value, format), NUMBER_SIZE));
  const isWritten = size.height >= 14 && Math.max(0, ...texts) <= size.width - 6;
  return (value, { x, y }) => {
    const share = value === null || most <= 0 ? 0 : value / most;
    const step = stepOf(share ** 0.8, palette.heat.length);
    const box = svgRect({
      x,
      y,
      width: Math.max(0.5, size.width - gap),
      height: size.height - 2,
      fill: value === null ? palette.code : palette.heat[step]!,
      radius: gap,
    });
    if (value === null || value === 0 || !isWritten) return box;
    const middle = { x: x + (size.width - gap) / 2, y: y + size.height / 2 + 3 };
    const style = { anchor: "middle", fill: palette.heatInk[step]!, size: NUMBER_SIZE } as const;
    return box + svgText(axisText(value, format), { ...middle, ...style });
  };
}

const NUMBER_SIZE = 11;

/** How many rows a heat map has. */
export function heatRows(figure: Figure): number {
  return cellsOf(figure).rows.length;
}

/** What the lightest and the darkest cell stand for. */
export function heatScale(figure: Figure): { least: string; most: string } | null {
  const value = fieldsOf(figure, "value")[0];
  if (value === undefined) return null;
  const numbers = figure.rows.flatMap((row) => toNumber(row[value.id]) ?? []);
  if (numbers.length === 0) return null;
  const most = numbers.reduce((a, b) => Math.max(a, b));
  return { least: "0", most: numberText(most, numberFormat(value)) };
}

const FOOT = 22;

interface Line {
  readonly key: string;
  readonly label: string;
}

function cellsOf(figure: Figure) {
  const row = fieldsOf(figure, "row")[0];
  const column = fieldsOf(figure, "column")[0];
  const value = fieldsOf(figure, "value")[0];
  const values = new Map<string, number | null>();
  const keyAt = (field: typeof row, of: Row): string => {
    if (field === undefined) return "";
    return field.type === "date" ? String(toTime(of[field.id])) : keyOf(of[field.id]);
  };
  for (const one of figure.rows) {
    const key = `${keyAt(row, one)}\u0001${keyAt(column, one)}`;
    values.set(key, value === undefined ? null : toNumber(one[value.id]));
  }
  return {
    rows: linesOf(figure, row),
    columns: linesOf(figure, column),
    format: numberFormat(value),
    valueAt: (r: string, c: string): number | null => values.get(`${r}\u0001${c}`) ?? null,
  };
}

function linesOf(figure: Figure, field: ReturnType<typeof fieldsOf>[number] | undefined): Line[] {
  if (field === undefined) return figure.rows.length === 0 ? [] : [{ key: "", label: "" }];
  if (field.type === "date") {
    const granularity = granularityOf(field) ?? "day";
    const times = figure.rows.flatMap((row) => toTime(row[field.id]) ?? []);
    return everyStep(times, granularity).map((time) => ({
      key: String(time),
      label: tickText(time, granularity),
    }));
  }
  const lines = new Map<string, string>();
  for (const row of figure.rows) lines.set(keyOf(row[field.id]), valueText(row[field.id], field));
  return [...lines].map(([key, label]) => ({ key, label }));
}

// Each name that does not run into the one before; of hours the midnights, where there are some.
function columnNames(
  columns: readonly Line[],
  { left, bottom, cell }: { left: number; bottom: number; cell: number },
  { palette }: Canvas,
): string[] {
  const isTime = columns.every(({ key }) => /^\d{10,}$/.test(key));
  const days = columns.filter(({ key }) => Number(key) % 86_400_000 === 0).length;
  let free = left - 4;
  return columns.flatMap(({ key, label }, i) => {
    if (isTime && days > 1 && Number(key) % 86_400_000 !== 0) return [];
    const text = isTime ? label : shorten(label, Math.max(cell - 4, 24), 11);
    const size = textWidth(text, 11);
    // Under the middle of its column; of narrow ones where the column begins.
    const x = left + i * cell + (cell > 20 ? (cell - size) / 2 : 0);
    if (x < free || x + size > left + columns.length * cell + 2) return [];
    free = x + size + 8;
    return [svgText(text, { x, y: bottom + 15, fill: palette.soft, size: 11 })];
  });
}
