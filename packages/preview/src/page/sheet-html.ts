import { htmlText } from "@turnaway/report";

import type { ColorOf } from "../style/value-colors.ts";
import { CSS } from "../style/palette.ts";
import type { Sheet, Tile } from "../sheet/sheet.ts";
import { boxOf } from "../sheet/sheet-svg.ts";
import { cardHtml, notDrawnHtml } from "./card-html.ts";
import { filterBar, filterForm } from "./filter-form.ts";

/** How a sheet stands on its page. */
export interface SheetHtmlOptions {
  readonly colorOf: ColorOf;
  /** Id of its section; unique on the page. */
  readonly id: string;
  /** Where the form of its filters goes; absent: they are only told. */
  readonly action?: string;
}

/** A sheet as a section: its name, its filters, and each visual in its place. */
export async function sheetHtml(sheet: Sheet, options: SheetHtmlOptions): Promise<string> {
  const { id, action } = options;
  const tiles: string[] = [];
  for (const [i, tile] of sheet.tiles.entries()) {
    tiles.push(await tileHtml(tile, { ...options, id: `${id}-${i}` }));
  }
  const { dashboard, name } = sheet;
  return [
    `<section class="sheet" id="${id}" aria-labelledby="${id}-title">`,
    `<p class="place">${htmlText(dashboard.description)}</p>`,
    `<h2 id="${id}-title">${htmlText(`${dashboard.name} · ${name}`)}</h2>`,
    action === undefined ? filterBar(sheet.filters) : filterForm(sheet.filters, action),
    '<div class="grid">',
    ...tiles,
    "</div>",
    "</section>",
  ].join("\n");
}

async function tileHtml(tile: Tile, { id, colorOf }: SheetHtmlOptions): Promise<string> {
  const { content } = tile;
  const style = `--at:${tile.column + 1};--columns:${tile.columns};--row:${tile.row + 1};--rows:${tile.rows}`;
  if (content.kind === "text") {
    const paragraphs = content.paragraphs.map((text) => `<p>${htmlText(text)}</p>`).join("");
    return `<div class="tile text" style="${style}">${paragraphs}</div>`;
  }
  // What a card is at 1440: wider and narrower screens scale it.
  const { width, height } = boxOf(tile, 1440);
  const canvas = {
    id,
    width,
    height,
    palette: CSS,
    colorOf,
    fontFamily: "inherit",
    fontStretch: 1.12,
  };
  const inside =
    content.kind === "figure"
      ? await cardHtml(content.figure, canvas)
      : notDrawnHtml(content.visual, canvas);
  const kind = content.kind === "figure" ? kindOf(content.figure.plan.type) : "not-drawn";
  return `<article class="tile card ${kind}" style="${style}" aria-labelledby="${id}">\n${inside}\n</article>`;
}

function kindOf(type: string): string {
  if (type === "table" || type === "pivot-table") return "table";
  return type === "kpi" ? "figures" : "chart";
}
