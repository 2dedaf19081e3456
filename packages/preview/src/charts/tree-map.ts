import { type Figure, fieldsOf, valueText } from "../figure.ts";
import { toNumber } from "../text/number-text.ts";
import { shorten } from "../text/text-width.ts";
import { type Canvas, type ChartOption, FONT_SIZE } from "./chart.ts";

/** Rectangles by size, the larger the darker. */
export function treeMap(figure: Figure, canvas: Canvas): ChartOption {
  const { palette, fontFamily } = canvas;
  const group = fieldsOf(figure, "group", "category")[0];
  const size = fieldsOf(figure, "size", "value")[0];
  if (group === undefined || size === undefined) return {};
  const nodes = figure.rows.flatMap((row) => {
    const value = toNumber(row[size.id]);
    if (value === null || value <= 0) return [];
    return [{ name: valueText(row[group.id], group), value, text: valueText(row[size.id], size) }];
  });
  const most = Math.max(...nodes.map(({ value }) => value));
  const texts = new Map(nodes.map(({ name, text }) => [name, text]));
  return {
    animation: false,
    series: [
      {
        type: "treemap",
        silent: true,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
        itemStyle: { borderColor: palette.card, borderWidth: 0, gapWidth: 2 },
        data: nodes.map(({ name, value }) => {
          const step = stepOf(value / most, palette.heat.length - 2);
          return {
            name,
            value,
            itemStyle: { color: palette.heat[step]! },
            label: { color: palette.heatInk[step]! },
          };
        }),
        label: {
          fontFamily,
          fontSize: FONT_SIZE,
          position: "insideTopLeft",
          overflow: "truncate",
          formatter: ({ name }: { name: string }) =>
            `${shorten(name, canvas.width / 2, FONT_SIZE)}\n${texts.get(name) ?? ""}`,
        },
      },
    ],
  };
}

/** The step of a scale that a share of the largest value has; the square root, since sizes are areas. */
export function stepOf(share: number, steps: number): number {
  return Math.max(0, Math.min(steps - 1, Math.ceil(Math.sqrt(share) * steps) - 1));
}
