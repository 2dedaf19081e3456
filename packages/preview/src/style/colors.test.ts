import { expect, test } from "vitest";

import { DARK, LIGHT, type Palette } from "./palette.ts";
import { measureColor, valueColors } from "./value-colors.ts";

test.each([
  ["accepted", LIGHT.accepted],
  ["REJECT", LIGHT.rejected],
  ["new", LIGHT.new],
  ["ongoing", LIGHT.ongoing],
  ["late", LIGHT.quiet],
])("%s has the colour of its meaning", (value, color) => {
  expect(valueColors([value, "other"], LIGHT)(value)).toBe(color);
});

test("a value keeps its colour, whatever other values come before it", () => {
  const few = valueColors(["payments", "web shop"], LIGHT);
  const again = valueColors(["web shop", "payments"], LIGHT);
  expect(few("payments")).toBe(again("payments"));
  expect(few("payments")).not.toBe(few("web shop"));
});

test("as many values as there are colours have one each", () => {
  const values = LIGHT.series.map((_, i) => `owner-${i}`);
  const colorOf = valueColors(values, LIGHT);
  expect(new Set(values.map(colorOf)).size).toBe(LIGHT.series.length);
});

test.each([
  ["rejected_records.sum Rejected records", LIGHT.rejected],
  ["connection.distinct_count Connection Connections refused", LIGHT.rejected],
  ["accepted_bytes.sum Accepted bytes", LIGHT.accepted],
  ["records.sum Records Latest", LIGHT.accepted],
])("the measure %s has its colour", (meaning, color) => {
  expect(measureColor(meaning, LIGHT)).toBe(color);
});

test.each([
  ["light", LIGHT],
  ["dark", DARK],
])("text on a %s page has the contrast of WCAG AA", (_, palette: Palette) => {
  const pairs = [
    ...[palette.ink, palette.soft, palette.link].flatMap((ink) => [
      [ink, palette.page],
      [ink, palette.card],
    ]),
    ...[palette.good, palette.bad].map((ink) => [ink, palette.card]),
    ...palette.heat.map((back, i) => [palette.heatInk[i]!, back]),
  ] as [string, string][];
  for (const [ink, back] of pairs) {
    expect(contrast(ink, back), `${ink} on ${back}`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each([
  ["light", LIGHT],
  ["dark", DARK],
])(
  "shapes on a %s card have the contrast that WCAG asks of them, or lie beside a label",
  (_, palette: Palette) => {
    for (const color of [palette.accepted, palette.rejected, palette.new]) {
      expect(contrast(color, palette.card), color).toBeGreaterThanOrEqual(3);
    }
  },
);

function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].toSorted((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

// WCAG 2.2, relative luminance.
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
