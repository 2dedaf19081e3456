import type { Palette } from "../style/palette.ts";
import { type ColorOf, valueColors } from "../style/value-colors.ts";
import { type Figure, fieldsOf, valueText } from "../figure.ts";
import type { Sheet } from "./sheet.ts";

/** One colour for each value that has one, on all visuals of the sheets. */
export function sheetColors(sheets: readonly Sheet[], palette: Palette): ColorOf {
  const figures = sheets.flatMap(({ tiles }) =>
    tiles.flatMap(({ content }) => (content.kind === "figure" ? [content.figure] : [])),
  );
  return valueColors(figures.flatMap(coloredValues), palette);
}

// The slices of a pie are coloured by what they are, bars and lines by the field of colours.
function coloredValues(figure: Figure): string[] {
  const fields = [
    ...fieldsOf(figure, "color"),
    ...(figure.plan.type === "pie-chart" ? fieldsOf(figure, "category") : []),
  ].filter(({ type }) => type !== "number");
  return fields.flatMap((field) => figure.rows.map((row) => valueText(row[field.id], field)));
}
