import type { NotDrawable } from "@turnaway/dashboards";

import { FONT_SIZE, type Canvas } from "../charts/chart.ts";
import { type Figure, meaningText } from "../figure.ts";
import { kpiOf } from "../kpi/kpi.ts";
import { sparkline } from "../kpi/sparkline.ts";
import { measureColor } from "../style/value-colors.ts";
import { svgRect, svgText } from "../svg/elements.ts";
import { tableOf } from "../tables/table.ts";
import { tableSvg } from "../tables/table-svg.ts";
import { shorten, shortenEnd, textWidth, wrap } from "../text/text-width.ts";
import { BESIDE_LINE, cardFrame, headOf, PADDING, SWATCH, TEXT_SIZE, TITLE_SIZE } from "./card.ts";
import { EMPTY } from "./describe.ts";
import { drawFigure, isEmpty, isTable } from "./draw-figure.ts";
import { notDrawnText } from "./not-drawn.ts";

/** A visual as a card, from 0, 0 to the size of the canvas. */
export async function cardSvg(figure: Figure, canvas: Canvas): Promise<string> {
  const { palette, width, height } = canvas;
  const edge = svgRect({
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    fill: palette.card,
    stroke: palette.line,
    radius: 10,
  });
  if (figure.plan.type === "kpi") return edge + kpiSvg(figure, canvas);
  const frame = cardFrame(figure, canvas);
  const head = headSvg(frame, canvas);
  if (isEmpty(figure)) return edge + head + middle(EMPTY, canvas);
  const { chart } = frame;
  const own = { ...canvas, width: chart.width, height: chart.height };
  const inside = isTable(figure.plan.type)
    ? tableSvg(tableOf(figure), own)
    : await drawFigure(figure, own);
  return [
    edge,
    head,
    legendSvg(frame, canvas),
    `<g transform="translate(${chart.x} ${chart.y})">${inside}</g>`,
  ].join("");
}

/** A visual that is not drawn: a box that says what it is, and why. */
export function notDrawnSvg(visual: NotDrawable, canvas: Canvas): string {
  const { palette, width, height } = canvas;
  const room = width - 2 * PADDING;
  const lines = wrap(notDrawnText(visual), { room, fontSize: TEXT_SIZE, most: 4 });
  return [
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="none" stroke="${palette.soft}" stroke-dasharray="5 4"/>`,
    headSvg(headOf(visual, room), canvas),
    ...lines.map((line, i) =>
      svgText(line, {
        x: PADDING,
        y: headOf(visual, room).top + 14 + i * 18,
        fill: palette.soft,
        size: TEXT_SIZE,
      }),
    ),
  ].join("");
}

function headSvg(
  { title, subtitle }: { title: readonly string[]; subtitle: readonly string[] },
  { palette }: Canvas,
): string {
  const titles = title.map((line, i) =>
    svgText(line, {
      x: PADDING,
      y: PADDING + 14 + i * 20,
      isBold: true,
      fill: palette.ink,
      size: TITLE_SIZE,
    }),
  );
  const top = PADDING + title.length * 20;
  const subtitles = subtitle.map((line, i) =>
    svgText(line, { x: PADDING, y: top + 13 + i * 17, fill: palette.soft, size: TEXT_SIZE }),
  );
  return [...titles, ...subtitles].join("");
}

function legendSvg(
  { legend, legendRest, chart }: ReturnType<typeof cardFrame>,
  { palette, width }: Canvas,
): string {
  const parts = legend.map(({ label, color, detail, x, y }) => {
    const room = width - PADDING - x - SWATCH;
    const below =
      detail === undefined
        ? ""
        : svgText(detail, { x: x + SWATCH, y: y + 29, fill: palette.soft, size: TEXT_SIZE });
    return (
      svgRect({ x, y: y + 3, width: 10, height: 10, fill: color, radius: 2 }) +
      svgText(shorten(label, room, TEXT_SIZE), {
        x: x + SWATCH,
        y: y + 12,
        size: TEXT_SIZE,
        fill: detail === undefined ? palette.soft : palette.ink,
      }) +
      below
    );
  });
  const last = legend.at(-1);
  if (legendRest > 0 && last !== undefined) {
    const place =
      last.detail === undefined
        ? { x: chart.x + chart.width, y: last.y + 12, anchor: "end" as const }
        : { x: last.x + SWATCH, y: last.y + BESIDE_LINE + 12 };
    parts.push(svgText(`${legendRest} more`, { ...place, fill: palette.soft, size: TEXT_SIZE }));
  }
  return parts.join("");
}

function kpiSvg(figure: Figure, canvas: Canvas): string {
  const { palette, width, height } = canvas;
  const { title, top } = headOf({ title: figure.plan.title, subtitle: null }, width - 2 * PADDING);
  const head = headSvg({ title, subtitle: [] }, canvas) + besideTitle(figure, title[0], canvas);
  const kpi = kpiOf(figure);
  if (kpi === null) return head + middle(EMPTY, canvas);
  const size = kpi.value.length > 12 ? 20 : 26;
  const base = top + 22;
  const text = (line: string, x: number, y: number, fill: string): string =>
    svgText(line, { x, y, fill, size: TEXT_SIZE });
  const value = svgText(kpi.value, {
    x: PADDING,
    y: base,
    size,
    isBold: true,
    fill: palette.ink,
  });
  const end = PADDING + textWidth(kpi.value, size) * 1.03 + 8;
  const isWide = kpi.points.length > 1 && width > 240;
  return [
    head,
    value,
    text(kpi.when, end, base, palette.soft),
    kpi.change === null
      ? ""
      : text(kpi.change.text, PADDING, base + 22, changeColor(kpi.change.isGood, palette)),
    isWide
      ? sparkline(kpi.points, {
          x: width * 0.58,
          y: top - 6,
          width: width * 0.42 - PADDING,
          height: Math.min(64, Math.max(20, height - top - PADDING - 18)),
          color: measureColor(meaningText(figure, figure.plan.fields[0]!), palette),
        })
      : "",
    isWide && kpi.total !== null
      ? svgText(kpi.total, {
          x: width - PADDING,
          y: height - PADDING + 3,
          anchor: "end",
          size: TEXT_SIZE,
          fill: palette.soft,
        })
      : "",
  ].join("");
}

// A card of figures is low: what is said besides stands behind its title, where there is room.
function besideTitle(
  { plan: { subtitle } }: Figure,
  title: string | undefined,
  { palette, width }: Canvas,
): string {
  const x = PADDING + textWidth(title ?? "", TITLE_SIZE) * 1.06 + (title === undefined ? 0 : 10);
  const room = width - PADDING - x;
  if (subtitle === null || room < 60) return "";
  const text = shortenEnd(subtitle, room, TEXT_SIZE);
  return svgText(text, { x, y: PADDING + 14, fill: palette.soft, size: TEXT_SIZE });
}

/** The colour of good news, bad news and no news. */
function changeColor(isGood: boolean | null, { good, bad, soft }: Canvas["palette"]): string {
  if (isGood === null) return soft;
  return isGood ? good : bad;
}

function middle(text: string, { palette, width, height }: Canvas): string {
  return svgText(text, {
    x: width / 2,
    y: height / 2 + 12,
    anchor: "middle",
    size: FONT_SIZE + 1,
    fill: palette.soft,
  });
}
