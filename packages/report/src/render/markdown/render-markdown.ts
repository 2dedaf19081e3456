import type { Report } from "@turnaway/core";
import { markdownSections, type MarkdownOptions } from "./markdown-sections.ts";
import { joinMarkdownSections } from "./section.ts";

/**
 * The report as GitHub Markdown, ending in a line break. Every value from the data
 * stands in a code span, so it mentions nobody and links nothing.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  return joinMarkdownSections(markdownSections(report, options));
}
