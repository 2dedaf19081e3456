// oxlint-disable-next-line typescript/triple-slash-reference -- who imports this file from another package needs the declaration too
/// <reference path="./echarts-build.d.ts" />
import type * as echarts from "echarts";

import { round } from "../svg/elements.ts";
import { type Canvas, type ChartOption } from "./chart.ts";

/** The inside of an SVG: what a charting library draws, without the frame around it. */
export async function drawOption(option: ChartOption, canvas: Canvas): Promise<string> {
  const { init } = await loadEcharts();
  const { width, height } = canvas;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return inside(chart.renderToSVGString(), canvas.id);
  } finally {
    chart.dispose();
  }
}

type Echarts = typeof echarts;

// The one-file build loads in a third of the time of the modules.
function loadEcharts(): Promise<Echarts> {
  return import("echarts/dist/echarts.esm.min.mjs");
}

// Classes serve the pointer, and names count up through the life of a process: several charts
// stand in one document. Only tags are touched, since an address is no number of a path.
function inside(svg: string, id: string): string {
  return svg
    .replace(/^<svg [^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<style[\s\S]*?<\/style>\s*/g, "")
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, "")
    .replaceAll(/<[^>]*>/g, (tag) =>
      tag
        .replaceAll(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, "")
        .replaceAll(/\bzr\d+-/g, `${id}-`)
        .replaceAll(/-?\d+\.\d{3,}/g, (number) => String(round(Number(number)))),
    );
}
