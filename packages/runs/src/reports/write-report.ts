import path from "node:path";

import type { Report } from "@turnaway/core";
import { renderCsvChunks, renderHtml, renderJsonChunks, renderMarkdown } from "@turnaway/report";

import { writeFile } from "../write-file.ts";

/** A report, and what it was asked of: its trace lines name the same source. */
export interface AskedReport {
  readonly report: Report;
  readonly sources: readonly string[];
}

/**
 * Writes the report in every format, and answers with the names of the files.
 *
 * @throws TurnawayError OUTPUT.
 */
export async function writeReport(
  { report, sources }: AskedReport,
  folder: string,
): Promise<string[]> {
  const files = {
    "report.md": renderMarkdown(report, { sources }),
    "report.html": await renderHtml(report, { sources }),
    "report.json": renderJsonChunks(report),
    "findings.csv": renderCsvChunks(report),
  };
  return Object.entries(files).map(([name, content]) => {
    const file = path.join(folder, name);
    writeFile(file, content);
    return file;
  });
}
