import { type Figure, fieldsOf, numberFormat, valueText } from "../figure.ts";
import { numberText, toNumber } from "../text/number-text.ts";
import { valueAxis } from "./axes.ts";
import { type Canvas, type ChartOption, FONT_SIZE, textStyle } from "./chart.ts";
import { seriesTable } from "./series-table.ts";

/** A point for each row: across by the first measure, up by the second, as large as the third. */
export function scatterPlot(figure: Figure, canvas: Canvas): ChartOption {
  const [x, y] = [fieldsOf(figure, "x")[0], fieldsOf(figure, "y")[0]];
  const size = fieldsOf(figure, "size")[0];
  const color = fieldsOf(figure, "category", "color")[0];
  if (x === undefined || y === undefined) return {};
  const most = Math.max(0, ...figure.rows.map((row) => toNumber(size && row[size.id]) ?? 0));
  return {
    animation: false,
    grid: { left: 56, right: 16, top: 12, bottom: 40 },
    xAxis: {
      ...valueAxis(canvas, numberFormat(x), canvas.width),
      name: x.label,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: textStyle(canvas),
    },
    yAxis: valueAxis(canvas, numberFormat(y), canvas.height),
    series: [
      {
        type: "scatter",
        silent: true,
        data: figure.rows.flatMap((row) => {
          const [across, up] = [toNumber(row[x.id]), toNumber(row[y.id])];
          if (across === null || up === null) return [];
          const share = size === undefined || most === 0 ? 0 : (toNumber(row[size.id]) ?? 0) / most;
          return [
            {
              value: [across, up],
              symbolSize: 8 + 24 * Math.sqrt(share),
              itemStyle: {
                color:
                  color === undefined
                    ? canvas.palette.accepted
                    : canvas.colorOf(valueText(row[color.id], color)),
                opacity: 0.75,
              },
            },
          ];
        }),
      },
    ],
  };
}

/** Steps that become fewer. */
export function funnelChart(figure: Figure, canvas: Canvas): ChartOption {
  const category = fieldsOf(figure, "category", "group")[0];
  const measure = fieldsOf(figure, "value")[0];
  if (category === undefined || measure === undefined) return {};
  const { heat, heatInk } = canvas.palette;
  return {
    animation: false,
    series: [
      {
        type: "funnel",
        silent: true,
        left: "8%",
        right: "8%",
        top: 4,
        bottom: 4,
        sort: "none",
        gap: 2,
        minSize: "8%",
        label: { position: "inside", fontFamily: canvas.fontFamily, fontSize: FONT_SIZE },
        data: figure.rows.map((row, i) => {
          const step = Math.max(0, heat.length - 2 - i);
          return {
            name: `${valueText(row[category.id], category)}  ${valueText(row[measure.id], measure)}`,
            value: toNumber(row[measure.id]) ?? 0,
            itemStyle: { color: heat[step]!, borderWidth: 0 },
            label: { color: heatInk[step]! },
          };
        }),
      },
    ],
  };
}

/** A value on an arc that ends at its target, or at the next round number. */
export function gaugeChart(figure: Figure, canvas: Canvas): ChartOption {
  const measure = fieldsOf(figure, "value")[0];
  const target = fieldsOf(figure, "target")[0];
  if (measure === undefined) return {};
  const value = toNumber(figure.rows[0]?.[measure.id]) ?? 0;
  const goal = target === undefined ? null : toNumber(figure.rows[0]?.[target.id]);
  const max = goal ?? roundUp(value);
  const { palette, fontFamily, height } = canvas;
  return {
    animation: false,
    series: [
      {
        type: "gauge",
        silent: true,
        startAngle: 200,
        endAngle: -20,
        min: 0,
        max,
        center: ["50%", "62%"],
        radius: Math.min(canvas.width / 2, height * 0.6) - 4,
        progress: { show: true, width: 14, itemStyle: { color: palette.accepted } },
        axisLine: { lineStyle: { width: 14, color: [[1, palette.code]] } },
        pointer: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        detail: {
          formatter: () => numberText(value, numberFormat(measure)),
          color: palette.ink,
          fontFamily,
          fontSize: 26,
          fontWeight: 600,
          offsetCenter: [0, 0],
        },
        data: [{ value }],
      },
    ],
  };
}

/** Categories as the arms of a star. */
export function radarChart(figure: Figure, canvas: Canvas): ChartOption {
  const { categories, series } = seriesTable(figure, canvas);
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const { palette } = canvas;
  return {
    animation: false,
    radar: {
      indicator: categories.map(({ label }) => ({ name: label, max: roundUp(most) })),
      radius: "68%",
      axisName: textStyle(canvas),
      axisLine: { lineStyle: { color: palette.line } },
      splitLine: { lineStyle: { color: palette.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: "radar",
        silent: true,
        symbol: "none",
        data: series.map(({ name, color, values }) => ({
          name,
          value: values.map((value) => value ?? 0),
          lineStyle: { color, width: 2 },
          areaStyle: { color, opacity: 0.15 },
          itemStyle: { color },
        })),
      },
    ],
  };
}

/** The next number with one digit that is not zero. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / step) * step;
}
