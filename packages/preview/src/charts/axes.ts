import { numberText, type NumberFormat } from "../text/number-text.ts";
import { shorten, textWidth } from "../text/text-width.ts";
import type { Granularity } from "../text/time-text.ts";
import { type Canvas, FONT_SIZE, textStyle } from "./chart.ts";
import type { SeriesTable } from "./series-table.ts";

/** An axis of numbers, in the format of what is measured, with few lines. */
export function valueAxis(canvas: Canvas, format: NumberFormat, room: number) {
  return {
    type: "value" as const,
    axisLabel: {
      ...textStyle(canvas),
      hideOverlap: true,
      formatter: (value: number) => axisText(value, format),
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: canvas.palette.line } },
    splitNumber: Math.max(2, Math.min(5, Math.round(room / 70))),
  };
}

/** Names down the side, each cut in its middle where there is no room. */
export function nameAxis(canvas: Canvas, labels: readonly string[]) {
  const room = nameRoom(canvas, labels);
  return {
    type: "category" as const,
    inverse: true,
    data: labels.map((label) => shorten(label, room / canvas.fontStretch, FONT_SIZE)),
    axisLabel: { ...textStyle(canvas), color: canvas.palette.ink, interval: 0 },
    axisLine: { lineStyle: { color: canvas.palette.line } },
    axisTick: { show: false },
  };
}

/** How wide the names down the side may be. */
export function nameRoom({ width, fontStretch }: Canvas, labels: readonly string[]): number {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, FONT_SIZE)));
  return Math.min(Math.ceil(widest * fontStretch) + 2, Math.floor(width * 0.42));
}

/** Names or times along the bottom; as many of them are written as there is room for. */
export function bottomAxis(
  canvas: Canvas,
  table: SeriesTable,
  granularity: Granularity | undefined,
) {
  const labels = table.categories.map(({ label }) => label);
  const shown = table.times === null ? null : shownTicks(table.times, canvas, granularity);
  const room = Math.max(40, canvas.width / Math.max(1, labels.length) - 8);
  return {
    type: "category" as const,
    data: shown === null ? labels.map((label) => shorten(label, room, FONT_SIZE)) : labels,
    axisLabel: {
      ...textStyle(canvas),
      ...(shown === null ? { hideOverlap: true } : { interval: (at: number) => shown.has(at) }),
    },
    axisLine: { lineStyle: { color: canvas.palette.line } },
    axisTick: { show: false },
  };
}

/** A number on an axis: never longer than it has to be. */
export function axisText(value: number, format: NumberFormat): string {
  if (format.type === "percent") {
    const decimals = Math.abs(value) < 0.1 && value !== 0 && (value * 100) % 1 !== 0 ? 1 : 0;
    return numberText(value, { ...format, decimals });
  }
  return numberText(value, { ...format, scale: "auto", decimals: 1 }).replace(/\.0(?=\D*$)/, "");
}

// Of hours over several days the midnights, of days each one that fits.
function shownTicks(
  times: readonly number[],
  { width }: Canvas,
  granularity: Granularity | undefined,
): Set<number> {
  const places = times.map((_, i) => i);
  const isFine = granularity === "hour" || granularity === "minute";
  const midnights = places.filter((i) => times[i]! % 86_400_000 === 0);
  const candidates = isFine && midnights.length >= 2 ? midnights : places;
  const every = Math.max(1, Math.ceil((candidates.length * 58) / Math.max(1, width - 60)));
  return new Set(candidates.filter((_, i) => i % every === 0));
}
