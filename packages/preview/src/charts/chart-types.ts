import { type Figure, fieldsOf } from "../figure.ts";
import { barChart, comboChart } from "./bar-chart.ts";
import type { Canvas, ChartOption, LegendItem } from "./chart.ts";
import { boxPlot, histogram, waterfall } from "./distribution-charts.ts";
import { drawOption } from "./draw-chart.ts";
import { heatMap, heatRows } from "./heat-map.ts";
import { lineChart } from "./line-chart.ts";
import { funnelChart, gaugeChart, radarChart, scatterPlot } from "./other-charts.ts";
import { pieChart, pieLegend } from "./pie-chart.ts";
import { sankey, sankeySide } from "./sankey.ts";
import { seriesTable } from "./series-table.ts";
import { treeMap } from "./tree-map.ts";

/** A kind of visual that is drawn as a chart. */
interface ChartType {
  readonly draw: (figure: Figure, canvas: Canvas) => string | Promise<string>;
  readonly legend?: (figure: Figure, canvas: Canvas) => readonly LegendItem[];
  /** Where the legend stands; above where nothing is said. */
  readonly legendPlace?: "above" | "beside";
  /** How high it is best, where height is free. */
  readonly height: (figure: Figure, canvas: Canvas) => number;
}

/** How each kind of visual is drawn, by the word of the files. */
export const CHART_TYPES: Readonly<Record<string, ChartType>> = {
  "bar-chart": {
    ...option(barChart),
    legend: seriesLegend,
    height: (figure, canvas) => {
      if (figure.plan.options.orientation !== "horizontal") return 220;
      const { categories, series } = seriesTable(figure, canvas);
      const isStacked = figure.plan.options.arrangement !== "clustered";
      return 36 + categories.length * (isStacked ? 26 : 12 + 15 * series.length);
    },
  },
  "combo-chart": { ...option(comboChart), legend: comboLegend, height: () => 220 },
  "line-chart": { ...option(lineChart), legend: seriesLegend, height: () => 220 },
  "pie-chart": {
    ...option(pieChart),
    legend: pieLegend,
    legendPlace: "beside",
    height: () => 190,
  },
  "heat-map": { draw: heatMap, height: (figure) => 24 + heatRows(figure) * 22 },
  "tree-map": { ...option(treeMap), height: () => 280 },
  "sankey-diagram": {
    ...option(sankey),
    height: (figure) => Math.max(180, sankeySide(figure) * 23 + 12),
  },
  "scatter-plot": { ...option(scatterPlot), legend: pointLegend, height: () => 260 },
  "funnel-chart": { ...option(funnelChart), height: (figure) => 20 + figure.rows.length * 34 },
  "gauge-chart": { ...option(gaugeChart), height: () => 180 },
  "radar-chart": { ...option(radarChart), legend: seriesLegend, height: () => 280 },
  histogram: { ...option(histogram), height: () => 220 },
  "box-plot": { ...option(boxPlot), height: () => 240 },
  waterfall: { ...option(waterfall), height: () => 240 },
};

function option(
  make: (figure: Figure, canvas: Canvas) => ChartOption,
): Pick<ChartType, "draw" | "height"> {
  return {
    draw: (figure, canvas) => drawOption(make(figure, canvas), canvas),
    height: () => 220,
  };
}

// One series that has the name of the visual needs no legend.
function seriesLegend(figure: Figure, canvas: Canvas): readonly LegendItem[] {
  const { series } = seriesTable(figure, canvas);
  if (series.length < 2 && fieldsOf(figure, "color").length === 0) return [];
  return series.map(({ name, color }) => ({ label: name, color }));
}

function comboLegend(figure: Figure, canvas: Canvas): readonly LegendItem[] {
  const bars = seriesTable(figure, canvas, { measures: fieldsOf(figure, "bar", "value") }).series;
  const lines = fieldsOf(figure, "line").map(({ label }, i) => ({
    label,
    color: canvas.palette.series[(i + 1) % 8]!,
  }));
  return [...bars.map(({ name, color }) => ({ label: name, color })), ...lines];
}

function pointLegend(figure: Figure, { colorOf }: Canvas): readonly LegendItem[] {
  const field = fieldsOf(figure, "category", "color")[0];
  if (field === undefined) return [];
  const names = new Set(figure.rows.map((row) => String(row[field.id] ?? "(none)")));
  return names.size > 12 ? [] : [...names].map((name) => ({ label: name, color: colorOf(name) }));
}
