import type { Report } from "@turnaway/core";
import { shortDay } from "../render/times.ts";
import { roundedCount } from "../render/words.ts";

/**
 * Records a day as an SVG element: refused as bars, accepted as a line on its own
 * scale. Colours are the custom properties `--chart-*` of the page, so one chart
 * serves light, dark and paper. It has no title: the page names it.
 */
export async function trendChart(trend: Report["trend"]): Promise<string> {
  const { init } = await loadEcharts();
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(option(trend));
    return embeddable(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const WIDTH = 880;
const HEIGHT = 240;

type Echarts = typeof import("echarts");

// The one-file build loads in a tenth of the time of the modules, and only a
// report in HTML needs it at all.
function loadEcharts(): Promise<Echarts> {
  return import("echarts/dist/echarts.esm.min.mjs");
}

function option(trend: Report["trend"]): Parameters<ReturnType<Echarts["init"]>["setOption"]>[0] {
  const text = { color: "var(--chart-text)", fontFamily: "inherit", fontSize: 12 };
  const axis = {
    type: "value" as const,
    axisLabel: { ...text, formatter: (value: number) => roundedCount(value) },
    nameTextStyle: text,
    minInterval: 1,
    splitNumber: 3,
  };
  return {
    animation: false,
    grid: { left: 56, right: 60, top: 36, bottom: 28 },
    xAxis: {
      type: "category",
      data: trend.map(({ day }) => shortDay(day)),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: "var(--chart-grid)" } },
      axisTick: { show: false },
    },
    yAxis: [
      { ...axis, name: "refused", splitLine: { lineStyle: { color: "var(--chart-grid)" } } },
      { ...axis, name: "accepted", splitLine: { show: false } },
    ],
    series: [
      {
        type: "bar",
        silent: true,
        barMaxWidth: 34,
        data: trend.map(({ rejected, covered }, index) => ({
          value: covered ? Number(rejected) : null,
          itemStyle: {
            color: index === trend.length - 1 ? "var(--chart-today)" : "var(--chart-refused)",
            borderRadius: [3, 3, 0, 0],
          },
        })),
      },
      {
        type: "line",
        silent: true,
        yAxisIndex: 1,
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { color: "var(--chart-accepted)", width: 2 },
        itemStyle: { color: "var(--chart-accepted)" },
        data: trend.map(({ accepted, covered }) => (covered ? Number(accepted) : null)),
      },
    ],
  };
}

// Ids count up through the life of a process and the style block only serves a
// pointer: without both, the same report is the same bytes.
function embeddable(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>\s*/g, "")
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, "")
    .replace(/zr\d+-/g, "trend-")
    .replace(/^<svg [^>]*>/, `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">`);
}
