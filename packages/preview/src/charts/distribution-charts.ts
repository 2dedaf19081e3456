import { type Figure, fieldsOf, keyOf, numberFormat, valueText } from "../figure.ts";
import { numberText, PLAIN_NUMBER, toNumber } from "../text/number-text.ts";
import { axisText, valueAxis } from "./axes.ts";
import { type Canvas, type ChartOption, textStyle } from "./chart.ts";

/** How often values lie in each of some equal ranges. */
export function histogram(figure: Figure, canvas: Canvas): ChartOption {
  const measure = fieldsOf(figure, "value")[0];
  if (measure === undefined) return {};
  const values = figure.rows.flatMap((row) => toNumber(row[measure.id]) ?? []);
  const bins = binsOf(values, BINS);
  return {
    animation: false,
    grid: { left: 52, right: 12, top: 10, bottom: 26 },
    xAxis: {
      type: "category",
      data: bins.map(({ from }) => axisText(from, numberFormat(measure))),
      axisLabel: { ...textStyle(canvas), hideOverlap: true },
      axisLine: { lineStyle: { color: canvas.palette.line } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(canvas, { ...PLAIN_NUMBER, decimals: 0 }, canvas.height),
    series: [
      {
        type: "bar",
        silent: true,
        barCategoryGap: "4%",
        itemStyle: { color: canvas.palette.accepted },
        data: bins.map(({ count }) => count),
      },
    ],
  };
}

/** Least, quarters and most of the values of each group. */
export function boxPlot(figure: Figure, canvas: Canvas): ChartOption {
  const group = fieldsOf(figure, "group", "category")[0];
  const measure = fieldsOf(figure, "value")[0];
  if (measure === undefined) return {};
  const groups = new Map<string, { label: string; values: number[] }>();
  for (const row of figure.rows) {
    const value = toNumber(row[measure.id]);
    if (value === null) continue;
    const key = group === undefined ? "" : keyOf(row[group.id]);
    const label = group === undefined ? measure.label : valueText(row[group.id], group);
    const entry = groups.get(key) ?? { label, values: [] };
    entry.values.push(value);
    groups.set(key, entry);
  }
  const { palette } = canvas;
  return {
    animation: false,
    grid: { left: 56, right: 12, top: 10, bottom: 26 },
    xAxis: {
      type: "category",
      data: [...groups.values()].map(({ label }) => label),
      axisLabel: { ...textStyle(canvas), hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(canvas, numberFormat(measure), canvas.height),
    series: [
      {
        type: "boxplot",
        silent: true,
        itemStyle: { color: palette.heat[1]!, borderColor: palette.accepted },
        data: [...groups.values()].map(({ values }) => quarters(values)),
      },
    ],
  };
}

/** Bars that begin where the one before ended, with the total behind them. */
export function waterfall(figure: Figure, canvas: Canvas): ChartOption {
  const category = fieldsOf(figure, "category")[0];
  const measure = fieldsOf(figure, "value")[0];
  if (category === undefined || measure === undefined) return {};
  const steps = figure.rows.map((row) => ({
    label: valueText(row[category.id], category),
    value: toNumber(row[measure.id]) ?? 0,
  }));
  const total = steps.reduce((sum, { value }) => sum + value, 0);
  let reached = 0;
  const bars = [...steps, { label: "Total", value: total }].map((step, i) => {
    const from = i === steps.length ? 0 : reached;
    reached = from + step.value;
    return { ...step, from: Math.min(from, reached), isTotal: i === steps.length };
  });
  const { palette } = canvas;
  return {
    animation: false,
    grid: { left: 52, right: 12, top: 20, bottom: 26 },
    xAxis: {
      type: "category",
      data: bars.map(({ label }) => label),
      axisLabel: { ...textStyle(canvas), hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(canvas, numberFormat(measure), canvas.height),
    series: [
      {
        type: "bar",
        silent: true,
        stack: "all",
        barMaxWidth: 40,
        itemStyle: { color: "transparent" },
        data: bars.map(({ from }) => from),
      },
      {
        type: "bar",
        silent: true,
        stack: "all",
        barMaxWidth: 40,
        label: {
          ...textStyle(canvas),
          show: true,
          position: "top",
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            numberText(bars[dataIndex]!.value, numberFormat(measure)),
        },
        data: bars.map(({ value, isTotal }) => ({
          value: Math.abs(value),
          itemStyle: {
            color: isTotal ? palette.soft : value < 0 ? palette.rejected : palette.accepted,
          },
        })),
      },
    ],
  };
}

const BINS = 12;

function binsOf(values: readonly number[], most: number): { from: number; count: number }[] {
  if (values.length === 0) return [];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const width = (high - low) / most || 1;
  const bins = Array.from({ length: high === low ? 1 : most }, (_, i) => ({
    from: low + i * width,
    count: 0,
  }));
  for (const value of values) {
    bins[Math.min(bins.length - 1, Math.floor((value - low) / width))]!.count++;
  }
  return bins;
}

function quarters(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return low + (high - low) * (at - Math.floor(at));
  });
}
