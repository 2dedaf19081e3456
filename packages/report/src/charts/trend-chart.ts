// oxlint-disable-next-line typescript/triple-slash-reference -- who imports this file from another package needs the declaration too
/// <reference path="./echarts-build.d.ts" />
import type { Report } from "@turnaway/core";
import type * as echarts from "echarts";
import { shortDay } from "../render/times.ts";
import { roundedCount } from "../render/words.ts";

/** The canvas of one chart in CSS pixels, and the text that names it, HTML-escaped. */
export interface ChartFrame {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/**
 * Records a day as an SVG element: refused as bars, accepted as a line on its own
 * scale. Colours are the custom properties `--chart-*` of the page, so one chart
 * serves light, dark and paper. The same trend is the same bytes.
 */
export async function trendChart(trend: Report["trend"], frame: ChartFrame): Promise<string> {
  const { init } = await loadEcharts();
  const { width, height } = frame;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option(trend));
    return embeddable(chart.renderToSVGString(), frame);
  } finally {
    chart.dispose();
  }
}

type Echarts = typeof echarts;
type Option = Parameters<ReturnType<Echarts["init"]>["setOption"]>[0];

// The one-file build loads in a third of the time of the modules, and only a
// report in HTML needs it at all.
function loadEcharts(): Promise<Echarts> {
  return import("echarts/dist/echarts.esm.min.mjs");
}

const TEXT = { color: "var(--chart-text)", fontFamily: "inherit", fontSize: 12 };
const GRID_LINE = { lineStyle: { color: "var(--chart-grid)" } };
const VALUE_AXIS = {
  type: "value" as const,
  axisLabel: { ...TEXT, formatter: (value: number) => roundedCount(value) },
  nameTextStyle: TEXT,
  minInterval: 1,
  splitNumber: 3,
};

function option(trend: Report["trend"]): Option {
  return {
    animation: false,
    grid: { left: 48, right: 48, top: 34, bottom: 26 },
    xAxis: {
      type: "category",
      data: trend.map(({ day }) => shortDay(day)),
      axisLabel: { ...TEXT, hideOverlap: true },
      axisLine: GRID_LINE,
      axisTick: { show: false },
    },
    yAxis: [
      { ...VALUE_AXIS, name: "refused", splitLine: GRID_LINE },
      { ...VALUE_AXIS, name: "accepted", alignTicks: true, splitLine: { show: false } },
    ],
    series: [refusedBars(trend), acceptedLine(trend)],
  };
}

function refusedBars(trend: Report["trend"]) {
  return {
    type: "bar" as const,
    silent: true,
    barMaxWidth: 34,
    data: trend.map(({ rejected, covered }, index) => ({
      value: covered ? Number(rejected) : "-",
      itemStyle: {
        color: index === trend.length - 1 ? "var(--chart-today)" : "var(--chart-refused)",
        borderRadius: [3, 3, 0, 0],
      },
    })),
  };
}

function acceptedLine(trend: Report["trend"]) {
  return {
    type: "line" as const,
    silent: true,
    yAxisIndex: 1,
    symbol: "circle",
    symbolSize: 5,
    lineStyle: { color: "var(--chart-accepted)", width: 2 },
    itemStyle: { color: "var(--chart-accepted)" },
    data: trend.map(({ accepted, covered }) => (covered ? Number(accepted) : "-")),
  };
}

// Names count up through the life of a process: ids get ours, and classes go with
// the style block, which only serves a pointer.
function embeddable(svg: string, { id, width, height, title, description }: ChartFrame): string {
  const opening =
    `<svg role="img" aria-labelledby="${id}-title ${id}-description" viewBox="0 0 ${width} ${height}">` +
    `<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>`;
  return svg
    .replace(/^<svg [^>]*>/, opening)
    .replace(/<style[\s\S]*?<\/style>\s*/g, "")
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, "")
    .replace(/\bzr\d+-/g, `${id}-`);
}
