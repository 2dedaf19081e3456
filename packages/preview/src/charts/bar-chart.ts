import { type Figure, fieldsOf, granularityOf, numberFormat } from "../figure.ts";
import { numberText, PERCENT } from "../text/number-text.ts";
import { textWidth } from "../text/text-width.ts";
import { bottomAxis, nameAxis, nameRoom, valueAxis } from "./axes.ts";
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
  const isLabelled = hasRoomForLabels(figure, table, canvas);
  const written = isLabelled ? endLabels(figure, table) : [];
  const ends = written.flatMap(({ texts }) => texts.map((text) => textWidth(text, FONT_SIZE)));
  return {
    animation: false,
    grid: {
      left: nameRoom(canvas, labels) + 12,
      right: Math.ceil(Math.max(16, ...ends)) + (isLabelled ? 8 : 0),
      top: 4,
      bottom: 24,
    },
    yAxis: nameAxis(canvas, labels),
    xAxis: valueAxis(canvas, format, canvas.width - nameRoom(canvas, labels)),
    series: labelledBars(figure, table, { written, canvas }),
  };
}

interface Written {
  readonly written: readonly { readonly texts: readonly string[] }[];
  readonly canvas: Canvas;
}

// A stack has its label at its end, which an empty bar on top of it carries.
function labelledBars(figure: Figure, table: SeriesTable, { written, canvas }: Written) {
  const bars = table.series.map((series) => bar(series, figure));
  const [first] = table.series;
  const top = first === undefined ? [] : [{ ...first, values: first.values.map(() => 0) }];
  const all =
    isStacked(figure) && written.length > 0
      ? [...bars, ...top.map((one) => bar(one, figure))]
      : bars;
  return all.map((one, i) => {
    const texts = written[isStacked(figure) ? i - bars.length : i]?.texts;
    if (texts === undefined) return one;
    const formatter = ({ dataIndex }: { dataIndex: number }): string => texts[dataIndex] ?? "";
    const label = { ...textStyle(canvas), show: true, position: "right" as const, distance: 4 };
    return { ...one, label: { ...label, formatter } };
  });
}

// What stands at the ends: each bar's value, or what a stack adds up to.
function endLabels(figure: Figure, table: SeriesTable) {
  if (!isStacked(figure)) {
    return table.series.map(({ values, field }) => ({
      texts: values.map((value) => (value === null ? "" : numberText(value, numberFormat(field)))),
    }));
  }
  const format = numberFormat(table.series[0]?.field);
  return [{ texts: totalsOf(table).map((total) => numberText(total, format)) }];
}

// A label is as high as its bar, or runs into the next one.
function hasRoomForLabels(figure: Figure, table: SeriesTable, { height }: Canvas): boolean {
  if (figure.plan.options.arrangement === "stacked-percent") return false;
  const bars = isStacked(figure) ? 1 : table.series.length;
  return (height - 28) / Math.max(1, table.categories.length * (bars + 0.3)) >= 11;
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

function totalsOf({ categories, series }: SeriesTable): number[] {
  return categories.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
}

// Each category to its whole, where the whole is what is compared.
function shares(table: SeriesTable, { plan: { options } }: Figure): SeriesTable {
  if (options.arrangement !== "stacked-percent") return table;
  const totals = totalsOf(table);
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
