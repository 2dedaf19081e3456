import { svgRect, svgText } from "../svg/elements.ts";
import type { Palette } from "../style/palette.ts";
import { shorten, textWidth } from "../text/text-width.ts";
import { restText, type Table, type TableColumn } from "./table.ts";

/** The inside of an SVG: as many rows as fit, and how many there are besides. */
export function tableSvg(
  table: Table,
  { width, height, palette }: { width: number; height: number; palette: Palette },
): string {
  const widths = columnWidths(table, width);
  const most = Math.max(1, Math.floor((height - ROW) / ROW));
  const isCut = table.rows.length > most;
  const shown = table.rows.slice(0, isCut ? most - 1 : most);
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, one) => sum + one, 0));
  const cell = (text: string, i: number, y: number, how: { fill: string; isBold?: boolean }) => {
    const { isNumber } = table.columns[i]!;
    const room = widths[i]! - PADDING;
    return svgText(shorten(text, room, SIZE), {
      x: isNumber ? lefts[i]! + room : lefts[i]!,
      y: y + 17,
      anchor: isNumber ? "end" : "start",
      size: SIZE,
      ...how,
    });
  };
  const parts = table.columns.map(({ label }, i) =>
    cell(label, i, 0, { fill: palette.soft, isBold: true }),
  );
  for (const [at, cells] of shown.entries()) {
    const y = (at + 1) * ROW;
    parts.push(svgRect({ x: 0, y, width, height: 1, fill: palette.line }));
    for (const [i, { text, color, isRepeated }] of cells.entries()) {
      if (isRepeated || text === "") continue;
      parts.push(
        cell(text, i, y, color === null ? { fill: palette.ink } : { fill: color, isBold: true }),
      );
    }
  }
  if (isCut) {
    const y = (shown.length + 1) * ROW;
    parts.push(
      svgRect({ x: 0, y, width, height: 1, fill: palette.line }),
      svgText(restText(table, shown.length), { x: 0, y: y + 17, fill: palette.soft, size: SIZE }),
    );
  }
  return parts.join("");
}

const ROW = 25;
const SIZE = 12;
const PADDING = 14;

/** What each column wants, shrunk or stretched to the width that there is. */
function columnWidths({ columns, rows }: Table, width: number): number[] {
  const sample = rows.slice(0, 40);
  const wanted = columns.map((column, i) =>
    wantedWidth(
      column,
      sample.map((cells) => cells[i]?.text ?? ""),
    ),
  );
  const total = wanted.reduce((sum, one) => sum + one, 0);
  if (total <= width) {
    const spare = (width - total) / columns.length;
    return wanted.map((one) => one + spare);
  }
  // The widest give way first.
  let [low, high] = [0, Math.max(...wanted)];
  for (let step = 0; step < 30; step++) {
    const cap = (low + high) / 2;
    const capped = wanted.reduce((sum, one) => sum + Math.min(one, cap), 0);
    if (capped > width) high = cap;
    else low = cap;
  }
  return wanted.map((one) => Math.min(one, low));
}

function wantedWidth({ label, width }: TableColumn, texts: readonly string[]): number {
  const own = Math.max(
    textWidth(label, SIZE) * 1.08,
    ...texts.map((text) => textWidth(text, SIZE)),
  );
  return Math.max(width === null ? 0 : Math.min(width, own + 40), own) + PADDING;
}
