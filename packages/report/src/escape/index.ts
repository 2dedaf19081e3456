export { csvCell, csvLine } from "./csv-cell.ts";
export { htmlText } from "./html-text.ts";
export { jsonText } from "./json-text.ts";
export { markdownCode, markdownCodeCell } from "./markdown-code.ts";
export { markdownText, markdownTextCell } from "./markdown-text.ts";
export { terminalLine, terminalText } from "./terminal-text.ts";
export { visibleText } from "./visible-text.ts";
