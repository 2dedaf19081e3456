export * from "./escape/index.ts";
export type { RenderOptions } from "./render/context.ts";
export { renderCsv } from "./render/csv.ts";
export { renderJson } from "./render/json.ts";
export {
  renderRowsCsv,
  renderRowsJson,
  renderRowsNdjson,
  type RowTable,
} from "./render/rows/row-files.ts";
export { renderTable } from "./render/rows/table.ts";
export { renderText, type TextOptions } from "./render/text/render-text.ts";
export { SAMPLE_KINDS, sampleReport, type SampleKind } from "./sample-report.ts";
