import type { NotDrawable } from "@turnaway/dashboards";
import { htmlText } from "@turnaway/report";

import type { Canvas, LegendItem } from "../charts/chart.ts";
import { CHART_TYPES } from "../charts/chart-types.ts";
import { heatScale } from "../charts/heat-map.ts";
import { type Figure, meaningText } from "../figure.ts";
import { kpiOf, type KpiChange } from "../kpi/kpi.ts";
import { sparkline } from "../kpi/sparkline.ts";
import { measureColor } from "../style/value-colors.ts";
import { cardFrame, PADDING } from "../sheet/card.ts";
import { describe, EMPTY } from "../sheet/describe.ts";
import { drawFigure, isEmpty, isTable, naturalHeight } from "../sheet/draw-figure.ts";
import { notDrawnText } from "../sheet/not-drawn.ts";
import { tableOf } from "../tables/table.ts";
import { tableHtml } from "../tables/table-html.ts";

/** A visual as a card of a page: drawn for its place on the grid, and for a narrow screen. */
export async function cardHtml(figure: Figure, canvas: Canvas): Promise<string> {
  const { plan } = figure;
  const notes = plan.notes.map((note) => `<p class="sub">${htmlText(note)}</p>`);
  if (isEmpty(figure)) return headHtml(plan, canvas) + `<p class="empty">${EMPTY}</p>`;
  if (plan.type === "kpi") return headHtml(plan, canvas) + kpiHtml(figure, canvas);
  const body = isTable(plan.type)
    ? tableHtml(tableOf(figure), plan.title ?? "Table")
    : await chartHtml(figure, canvas);
  return [headHtml(plan, canvas), ...notes, body].join("\n");
}

/** A visual that is not drawn. */
export function notDrawnHtml(visual: NotDrawable, canvas: Canvas): string {
  return `${headHtml(visual, canvas)}\n<p class="empty">${htmlText(notDrawnText(visual))}</p>`;
}

/** Width of a drawing for narrow screens, in pixels: 390 less the edges of page and card. */
const NARROW = 326;

async function chartHtml(figure: Figure, canvas: Canvas): Promise<string> {
  const isBeside = CHART_TYPES[figure.plan.type]?.legendPlace === "beside";
  const { chart } = cardFrame(figure, canvas);
  const wide = await drawing(figure, { ...canvas, width: chart.width, height: chart.height });
  const narrowCanvas = { ...canvas, id: `${canvas.id}n`, width: isBeside ? 150 : NARROW };
  const height = isBeside ? 150 : naturalHeight(figure, narrowCanvas);
  const narrow = await drawing(figure, { ...narrowCanvas, height });
  const items = figure.plan.options.legend
    ? (CHART_TYPES[figure.plan.type]?.legend?.(figure, canvas) ?? [])
    : [];
  const alt = htmlText(describe(figure));
  return [
    `<figure${isBeside ? ' class="beside"' : ""}>`,
    legendHtml(items),
    scaleHtml(figure, canvas),
    `<div class="wide" role="img" aria-label="${alt}">${wide}</div>`,
    `<div class="narrow" role="img" aria-label="${alt}">${narrow}</div>`,
    "</figure>",
  ].join("\n");
}

async function drawing(figure: Figure, canvas: Canvas): Promise<string> {
  const width = Math.round(canvas.width);
  const height = Math.round(canvas.height);
  const inside = await drawFigure(figure, { ...canvas, width, height });
  return `<svg viewBox="0 0 ${width} ${height}" style="max-width:${Math.round(width * 1.35)}px" aria-hidden="true">${inside}</svg>`;
}

function legendHtml(items: readonly LegendItem[]): string {
  if (items.length === 0) return "";
  const entries = items.map(({ label, color, detail }) => {
    const value = detail === undefined ? "" : ` <span>${htmlText(detail)}</span>`;
    return `<li><i style="background:${color}"></i>${htmlText(label)}${value}</li>`;
  });
  return `<ul class="legend">${entries.join("")}</ul>`;
}

function scaleHtml(figure: Figure, { palette }: Canvas): string {
  const scale = figure.plan.type === "heat-map" ? heatScale(figure) : null;
  if (scale === null) return "";
  const steps = palette.heat.map((color) => `<i style="background:${color}"></i>`);
  return `<p class="scale">${htmlText(scale.least)} ${steps.join("")} ${htmlText(scale.most)}</p>`;
}

function headHtml(
  { title, subtitle }: { readonly title: string | null; readonly subtitle: string | null },
  { id }: Canvas,
): string {
  const name = `<h3 id="${id}"${title === null ? ' class="unseen"' : ""}>${htmlText(title ?? "Untitled visual")}</h3>`;
  return subtitle === null ? name : `${name}\n<p class="sub">${htmlText(subtitle)}</p>`;
}

function kpiHtml(figure: Figure, { palette, width }: Canvas): string {
  const kpi = kpiOf(figure)!;
  const size = { width: Math.round(Math.min(180, (width - 2 * PADDING) * 0.45)), height: 44 };
  const line = sparkline(kpi.points, {
    x: 0,
    y: 0,
    ...size,
    color: measureColor(meaningText(figure, figure.plan.fields[0]!), palette),
  });
  return [
    '<div class="kpi">',
    `<p class="value"><b>${htmlText(kpi.value)}</b> <span>${htmlText(kpi.when)}</span></p>`,
    changeHtml(kpi.change),
    line === ""
      ? ""
      : `<svg class="spark" viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">${line}</svg>`,
    kpi.total === null ? "" : `<p class="total">${htmlText(kpi.total)}</p>`,
    "</div>",
  ].join("\n");
}

function changeHtml(change: KpiChange | null): string {
  if (change === null) return '<p class="change"></p>';
  const news = change.isGood === null ? "" : change.isGood ? " good" : " bad";
  return `<p class="change${news}">${htmlText(change.text)}</p>`;
}
