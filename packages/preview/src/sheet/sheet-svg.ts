import { LIGHT, type Palette } from "../style/palette.ts";
import { svgRect, svgText } from "../svg/elements.ts";
import { shortenEnd, textWidth, wrap } from "../text/text-width.ts";
import { cardSvg, notDrawnSvg } from "./card-svg.ts";
import { COLUMNS, type Place, type Sheet, type Tile } from "./sheet.ts";
import { sheetColors } from "./sheet-colors.ts";

/** Look and size of a picture. */
export interface PictureOptions {
  /** Pixels; 1440 where nothing is said. */
  readonly width?: number;
  readonly palette?: Palette;
}

/** Height of a row of the grid and distance between cards, in pixels: what 1440 asks for. */
export const ROW = 30;
export const GAP = 12;

/** The font of the pictures; see {@link FONT_FILES}. */
export const FONT_FAMILY = "IBM Plex Sans";

/**
 * A sheet as one SVG document: its name, what its filters are set to, and each visual in its
 * place on the grid.
 */
export async function renderSheetSvg(sheet: Sheet, options: PictureOptions = {}): Promise<string> {
  const { width = 1440, palette = LIGHT } = options;
  const colorOf = sheetColors([sheet], palette);
  const { parts: head, height: top } = headSvg(sheet, width, palette);
  const rows = Math.max(0, ...sheet.tiles.map(({ row, rows }) => row + rows));
  const height = top + rows * ROW + EDGE - GAP;
  const cards: string[] = [];
  for (const [i, tile] of sheet.tiles.entries()) {
    const box = boxOf(tile, width);
    const canvas = {
      ...box,
      id: `c${i}`,
      palette,
      colorOf,
      fontFamily: FONT_FAMILY,
      fontStretch: 1,
    };
    const inside = await tileSvg(tile, canvas);
    cards.push(`<g transform="translate(${box.x} ${box.y + top})">${inside}</g>`);
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}, sans-serif">`,
    svgRect({ x: 0, y: 0, width, height, fill: palette.page }),
    ...head,
    ...cards,
    "</svg>\n",
  ].join("\n");
}

/** Where a tile lies on a sheet of that width, from the top of the grid. */
export function boxOf(place: Place, width: number) {
  const unit = (width - 2 * EDGE + GAP) / COLUMNS;
  return {
    x: Math.round(EDGE + place.column * unit),
    y: place.row * ROW,
    width: Math.round(place.columns * unit - GAP),
    height: place.rows * ROW - GAP,
  };
}

const EDGE = 24;

type TileCanvas = Parameters<typeof cardSvg>[1];

function tileSvg({ content }: Tile, canvas: TileCanvas): string | Promise<string> {
  if (content.kind === "figure") return cardSvg(content.figure, canvas);
  if (content.kind === "not-drawn") return notDrawnSvg(content.visual, canvas);
  const most = Math.max(1, Math.floor(canvas.height / 19));
  const lines = content.paragraphs.flatMap((text) =>
    wrap(text, { room: canvas.width, fontSize: 14, most }),
  );
  const shown = lines.slice(0, most);
  const top = canvas.height / 2 - (shown.length - 1) * 9.5 + 5;
  return shown
    .map((line, i) => svgText(line, { x: 0, y: top + i * 19, fill: canvas.palette.soft, size: 14 }))
    .join("");
}

function headSvg(
  { dashboard, name, filters }: Sheet,
  width: number,
  palette: Palette,
): { parts: string[]; height: number } {
  const room = width - 2 * EDGE;
  const parts = [
    svgText(shortenEnd(dashboard.description, room, 13), {
      x: EDGE,
      y: 34,
      size: 13,
      fill: palette.soft,
    }),
    svgText(`${dashboard.name} · ${name}`, {
      x: EDGE,
      y: 64,
      size: 24,
      isBold: true,
      fill: palette.ink,
    }),
  ];
  let [x, y] = [EDGE, 80];
  for (const { label, text } of filters) {
    const written = shortenEnd(text, 320, 12);
    const size = textWidth(`${label}  `, 12) + textWidth(written, 12) * 1.03 + 24;
    if (x > EDGE && x + size > width - EDGE) [x, y] = [EDGE, y + 34];
    parts.push(
      svgRect({
        x: x + 0.5,
        y: y + 0.5,
        width: size,
        height: 26,
        radius: 13,
        fill: palette.card,
        stroke: palette.line,
      }),
      svgText(label, { x: x + 12, y: y + 17.5, fill: palette.soft, size: 12 }),
      svgText(written, {
        x: x + 12 + textWidth(`${label}  `, 12),
        y: y + 17.5,
        size: 12,
        isBold: true,
        fill: palette.ink,
      }),
    );
    x += size + 8;
  }
  return { parts, height: filters.length === 0 ? 84 : y + 44 };
}
