import type { Canvas, LegendItem } from "../charts/chart.ts";
import { CHART_TYPES } from "../charts/chart-types.ts";
import type { Figure } from "../figure.ts";
import { textWidth, wrap } from "../text/text-width.ts";

/** How the parts of a card lie in it, from its upper left corner. */
export interface CardFrame {
  readonly title: readonly string[];
  readonly subtitle: readonly string[];
  readonly legend: readonly LegendPlace[];
  /** How many entries of the legend there was no room for. */
  readonly legendRest: number;
  readonly chart: Box;
}

export interface LegendPlace extends LegendItem {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Edge of a card in pixels. */
export const PADDING = 16;
export const TITLE_SIZE = 14;
export const TEXT_SIZE = 12;
const LINE = 17;

/** Where title, legend and chart of a figure go in a card of that size. */
export function cardFrame(figure: Figure, canvas: Canvas): CardFrame {
  const { width, height } = canvas;
  const room = width - 2 * PADDING;
  const { title, subtitle, top } = headOf(figure.plan, room);
  const type = CHART_TYPES[figure.plan.type];
  const items = figure.plan.options.legend ? (type?.legend?.(figure, canvas) ?? []) : [];
  const bottom = height - PADDING + 2;
  const whole = { x: PADDING, y: top, width: room, height: Math.max(20, bottom - top) };
  if (items.length === 0) return { title, subtitle, legend: [], legendRest: 0, chart: whole };
  if (type?.legendPlace === "beside") return { title, subtitle, ...beside(items, whole) };
  return { title, subtitle, ...above(items, whole) };
}

/** Lines of the title and the subtitle, and where what is below them begins. */
export function headOf(
  { title, subtitle }: { readonly title: string | null; readonly subtitle: string | null },
  room: number,
): { title: readonly string[]; subtitle: readonly string[]; top: number } {
  const lines = {
    // Bold is wider.
    title: title === null ? [] : wrap(title, { room: room / 1.06, fontSize: TITLE_SIZE, most: 1 }),
    subtitle: subtitle === null ? [] : wrap(subtitle, { room, fontSize: TEXT_SIZE, most: 2 }),
  };
  const height = lines.title.length * 20 + lines.subtitle.length * LINE;
  return { ...lines, top: PADDING + height + (height === 0 ? 0 : 8) };
}

// Entries one behind the other; what does not fit into three lines is counted.
function above(items: readonly LegendItem[], whole: Box) {
  const legend: LegendPlace[] = [];
  let [x, line] = [0, 0];
  for (const item of items) {
    const size = SWATCH + textWidth(item.label, TEXT_SIZE) + 16;
    if (x > 0 && x + size > whole.width) [x, line] = [0, line + 1];
    if (line > 2) break;
    legend.push({ ...item, x: whole.x + x, y: whole.y + line * LINE });
    x += size;
  }
  const used = (Math.min(2, line) + 1) * LINE + 6;
  return {
    legend,
    legendRest: items.length - legend.length,
    chart: { ...whole, y: whole.y + used, height: Math.max(20, whole.height - used) },
  };
}

// A ring needs no width: its names and values stand to its right.
function beside(items: readonly LegendItem[], whole: Box) {
  const size = Math.min(whole.height, Math.floor(whole.width * 0.42));
  const left = whole.x + size + 20;
  const most = Math.max(1, Math.floor(whole.height / BESIDE_LINE));
  const shown = items.slice(0, items.length > most ? most - 1 : most);
  const rows = shown.length + (shown.length < items.length ? 1 : 0);
  const top = whole.y + Math.max(0, (whole.height - rows * BESIDE_LINE) / 2);
  return {
    legend: shown.map((item, i) => ({ ...item, x: left, y: top + i * BESIDE_LINE })),
    legendRest: items.length - shown.length,
    chart: { x: whole.x, y: whole.y + (whole.height - size) / 2, width: size, height: size },
  };
}

/** From the swatch of a legend to its text. */
export const SWATCH = 16;
/** A name and its value below it. */
export const BESIDE_LINE = 38;
