import { stringifyExact, type Report } from "@turnaway/core";
import { jsonText } from "../escape/json-text.ts";

/** report.json: the report as it is, integers with all their digits, two spaces, a last newline. */
export function renderJson(report: Report): string {
  return `${jsonText(stringifyExact(report, 2))}\n`;
}
