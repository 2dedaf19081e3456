import { type Figure, fieldsOf, granularityOf, numberFormat } from "../figure.ts";
import { bottomAxis, valueAxis } from "./axes.ts";
import type { Canvas, ChartOption } from "./chart.ts";
import { type Series, seriesTable, type SeriesTable } from "./series-table.ts";

/** Lines or areas; an hour without rows is a gap. */
export function lineChart(figure: Figure, canvas: Canvas): ChartOption {
  const table = seriesTable(figure, canvas);
  const category = fieldsOf(figure, "category")[0];
  const isStacked = figure.plan.options.line === "stacked-area";
  const format = numberFormat(table.series[0]?.field);
  return {
    animation: false,
    grid: { left: 52, right: 16, top: 10, bottom: 26 },
    xAxis: { ...bottomAxis(canvas, table, granularityOf(category)), boundaryGap: false },
    yAxis: valueAxis(canvas, format, canvas.height),
    series: table.series.map((series) => ({
      type: "line" as const,
      silent: true,
      name: series.name,
      data: isStacked ? filled(series, table) : series.values.map((value) => value ?? "-"),
      // A value between two gaps would be a line of no length.
      showSymbol: table.categories.length === 1 || hasLoneValues(series),
      symbolSize: 4,
      lineStyle: { color: series.color, width: isStacked ? 1 : 2 },
      itemStyle: { color: series.color },
      ...(isStacked ? { stack: "all" } : {}),
      ...(figure.plan.options.line === "line" || figure.plan.options.line === null
        ? {}
        : { areaStyle: { color: series.color, opacity: isStacked ? 0.75 : 0.22 } }),
    })),
  };
}

// Where others have rows this one has none of its own: zero. Where nobody has any it is a gap.
function filled({ values }: Series, { series }: SeriesTable): (number | "-")[] {
  return values.map((value, i) => {
    if (value !== null) return value;
    return series.some(({ values: others }) => others[i] !== null) ? 0 : "-";
  });
}

function hasLoneValues({ values }: Series): boolean {
  return values.some(
    (value, i) =>
      value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null,
  );
}
