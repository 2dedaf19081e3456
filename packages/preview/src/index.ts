export type { Figure } from "./figure.ts";
export {
  CONTENT_SECURITY_POLICY,
  type PageOptions,
  renderPage,
  renderSheetPage,
  type SheetLink,
} from "./page/render-page.ts";
export { renderPng } from "./png/render-png.ts";
export { type NamedDashboard, readSheet, type SheetSource, sourcesOf } from "./read/read-sheet.ts";
export { NO_VALUE } from "./read/shown-filter.ts";
export type { Sheet, SheetDashboard, SheetFilter, Tile } from "./sheet/sheet.ts";
export { type PictureOptions, renderSheetSvg } from "./sheet/sheet-svg.ts";
