import { type Figure, fieldsOf, granularityOf, numberFormat } from "../figure.ts";
import { numberText, PERCENT } from "../text/number-text.ts";
import { textWidth } from "../text/text-width.ts";
import { axisText, bottomAxis, nameAxis, nameRoom, valueAxis } from "./axes.ts";
import { type Canvas, type ChartOption, FONT_SIZE, textStyle } from "./chart.ts";
import { type Series, seriesTable, type SeriesTable } from "./series-table.ts";

/** Bars up or to the right, beside or on top of each other. */
export function barChart(figure: Figure, canvas: Canvas): ChartOption {
  const table = shares(seriesTable(figure, canvas), figure);
  return figure.plan.options.orientation === "vertical"
    ? upward(figure, table, canvas)
    : sideways(figure, table, canvas);
}

/** Bars with lines over them, on a scale of their own where they measure something else. */
export function comboChart(figure: Figure, canvas: Canvas): ChartOption {
  const bars = seriesTable(figure, canvas, { measures: fieldsOf(figure, "bar", "value") });
  const lines = seriesTable(figure, canvas, {
    measures: fieldsOf(figure, "line"),
    isSplit: false,
  });
  const category = fieldsOf(figure, "category")[0];
  const ofBars = numberFormat(bars.series[0]?.field);
  const ofLines = numberFormat(lines.series[0]?.field);
  return {
    animation: false,
    grid: { left: 52, right: 52, top: 10, bottom: 26 },
    xAxis: bottomAxis(canvas, bars, granularityOf(category)),
    yAxis: [
      valueAxis(canvas, ofBars, canvas.height),
      {
        ...valueAxis(canvas, ofLines, canvas.height),
        splitLine: { show: false },
      },
    ],
    series: [
      ...bars.series.map((series) => bar(series, figure)),
      ...lines.series.map((series, i) => ({
        type: "line" as const,
        silent: true,
        yAxisIndex: 1,
        name: series.name,
        data: points(series),
        symbolSize: 5,
        lineStyle: { color: canvas.palette.series[(i + 1) % 8]!, width: 2 },
        itemStyle: { color: canvas.palette.series[(i + 1) % 8]! },
      })),
    ],
  };
}

function upward(figure: Figure, table: SeriesTable, canvas: Canvas): ChartOption {
  const category = fieldsOf(figure, "category")[0];
  const format = formatOf(figure, table);
  return {
    animation: false,
    grid: { left: 52, right: 12, top: 10, bottom: 26 },
    xAxis: bottomAxis(canvas, table, granularityOf(category)),
    yAxis: valueAxis(canvas, format, canvas.height),
    series: table.series.map((series) => bar(series, figure)),
  };
}

function sideways(figure: Figure, table: SeriesTable, canvas: Canvas): ChartOption {
  const labels = table.categories.map(({ label }) => label);
  const format = formatOf(figure, table);
  const isLabelled = !isStacked(figure) || table.series.length === 1;
  const ends = table.series.flatMap(({ values }) =>
    values.map((value) => textWidth(value === null ? "" : axisText(value, format), FONT_SIZE)),
  );
  const right = isLabelled ? Math.ceil(Math.max(16, ...ends)) + 10 : 16;
  return {
    animation: false,
    grid: { left: nameRoom(canvas, labels) + 12, right, top: 4, bottom: 24 },
    yAxis: nameAxis(canvas, labels),
    xAxis: valueAxis(canvas, format, canvas.width - nameRoom(canvas, labels)),
    series: table.series.map((series) => ({
      ...bar(series, figure),
      label: {
        ...textStyle(canvas),
        show: isLabelled,
        position: "right" as const,
        distance: 4,
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          numberText(series.values[dataIndex] ?? null, numberFormat(series.field)),
      },
    })),
  };
}

function bar(series: Series, figure: Figure) {
  return {
    type: "bar" as const,
    silent: true,
    name: series.name,
    data: points(series),
    barMaxWidth: 30,
    barCategoryGap: "28%",
    barGap: "10%",
    ...(isStacked(figure) ? { stack: "all" } : {}),
    itemStyle: { color: series.color, borderRadius: isStacked(figure) ? 0 : 2 },
  };
}

function points({ values }: Series): (number | "-")[] {
  return values.map((value) => value ?? "-");
}

function isStacked({ plan: { options } }: Figure): boolean {
  return options.arrangement === "stacked" || options.arrangement === "stacked-percent";
}

function formatOf(figure: Figure, { series }: SeriesTable) {
  if (figure.plan.options.arrangement === "stacked-percent") return PERCENT;
  return numberFormat(series[0]?.field);
}

// Each category to its whole, where the whole is what is compared.
function shares(table: SeriesTable, { plan: { options } }: Figure): SeriesTable {
  if (options.arrangement !== "stacked-percent") return table;
  const totals = table.categories.map((_, i) =>
    table.series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0),
  );
  return {
    ...table,
    series: table.series.map((series) => ({
      ...series,
      values: series.values.map((value, i) =>
        value === null || totals[i] === 0 ? null : value / totals[i]!,
      ),
    })),
  };
}
