export * from "./build/index.ts";
export * from "./escape/index.ts";
export * from "./mask/index.ts";
export type { RenderOptions } from "./render/context.ts";
export { renderCsv, renderCsvChunks } from "./render/csv.ts";
export { renderHtml } from "./render/html/render-html.ts";
export * from "./render/issue/index.ts";
export { renderJson, renderJsonChunks } from "./render/json.ts";
export { markdownSections, type MarkdownOptions } from "./render/markdown/markdown-sections.ts";
export { renderMarkdown } from "./render/markdown/render-markdown.ts";
export {
  joinMarkdownSections,
  type MarkdownRow,
  type MarkdownSection,
  type MarkdownSectionId,
} from "./render/markdown/section.ts";
export {
  renderRowsCsv,
  renderRowsJson,
  renderRowsNdjson,
  type RowTable,
} from "./render/rows/row-files.ts";
export { renderTable } from "./render/rows/table.ts";
export { renderNotice, type Notice, type NoticeOptions } from "./render/notice/render-notice.ts";
export { renderText, type TextOptions } from "./render/text/render-text.ts";
export { SAMPLE_KINDS, sampleReport, type SampleKind } from "./sample-report.ts";
