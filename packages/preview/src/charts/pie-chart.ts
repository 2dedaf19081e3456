import { type Figure, fieldsOf, numberFormat, valueText } from "../figure.ts";
import { numberText, PERCENT, toNumber } from "../text/number-text.ts";
import type { Canvas, ChartOption, LegendItem } from "./chart.ts";

/** A pie or a ring with its total in the middle; names and shares are its legend. */
export function pieChart(
  figure: Figure,
  { palette, colorOf, fontFamily, ...size }: Canvas,
): ChartOption {
  const slices = slicesOf(figure);
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const hole = HOLES[figure.plan.options.hole ?? "whole"];
  const measure = fieldsOf(figure, "value")[0];
  return {
    animation: false,
    ...(hole === "0%" || measure === undefined
      ? {}
      : {
          title: {
            text: numberText(total, numberFormat(measure)),
            left: "center",
            top: "middle",
            textStyle: {
              color: palette.ink,
              fontFamily,
              fontWeight: 600 as const,
              fontSize: Math.round(Math.min(22, Math.min(size.width, size.height) / 8)),
            },
          },
        }),
    series: [
      {
        type: "pie",
        silent: true,
        radius: [hole, "94%"],
        startAngle: 90,
        label: { show: false },
        labelLine: { show: false },
        itemStyle: { borderColor: palette.card, borderWidth: 1.5 },
        data: slices.map(({ name, value }) => ({
          name,
          value,
          itemStyle: { color: colorOf(name) },
        })),
      },
    ],
  };
}

/** Names, values and shares of a pie. */
export function pieLegend(figure: Figure, { colorOf }: Pick<Canvas, "colorOf">): LegendItem[] {
  const slices = slicesOf(figure);
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  return slices.map(({ name, value, text }) => ({
    label: name,
    color: colorOf(name),
    detail: total > 0 ? `${text} · ${shareText(value / total)}` : text,
  }));
}

/** A share of a whole: never 0% of something, never 100% of less. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent < 100 && percent > 99.9) return ">99.9%";
  return numberText(share, { ...PERCENT, decimals: percent < 10 && percent !== 0 ? 1 : 0 });
}

function slicesOf(figure: Figure): { name: string; value: number; text: string }[] {
  const category = fieldsOf(figure, "category")[0];
  const measure = fieldsOf(figure, "value")[0];
  if (measure === undefined) return [];
  return figure.rows.flatMap((row) => {
    const value = toNumber(row[measure.id]);
    const name = category === undefined ? measure.label : valueText(row[category.id], category);
    return value === null || value <= 0
      ? []
      : [{ name, value, text: valueText(row[measure.id], measure) }];
  });
}

const HOLES = { whole: "0%", small: "72%", medium: "62%", large: "48%" } as const;
