import type { SqlFile } from "../src/sql-file.ts";
import { detectionPages } from "./detection-pages.ts";
import type { InsightsFile } from "../src/insights-file.ts";
import { insightsPage } from "./insights-page.ts";
import { queryPage } from "./query-page.ts";
import { readInsightsFiles } from "./read-insights-files.ts";
import { readSqlFiles } from "./read-sql-files.ts";

/** Everything that is made from the SQL files of a package: path from its root to text. */
export function generateFiles(root: string): Readonly<Record<string, string>> {
  const files = readSqlFiles(root);
  const insights = readInsightsFiles(root);
  return {
    "src/catalogue.gen.ts": catalogue(files),
    "src/insights-catalogue.gen.ts": insightsCatalogue(insights),
    "../../docs/insights.gen.md": insightsPage(insights),
    "../../docs/queries.gen.md": queryPage(files),
    ...Object.fromEntries(
      detectionPages(files).map(({ path, text }) => [`../../docs/${path}`, text]),
    ),
  };
}

// Every file with its header as a module, so that a bundle needs no disk.
function catalogue(files: readonly SqlFile[]): string {
  return [
    "// Made by `pnpm generate` from the .sql files of this package. Do not edit.",
    'import type { SqlFile } from "./sql-file.ts";',
    "",
    `export const SQL_FILES: readonly SqlFile[] = ${JSON.stringify(files, null, 2)};`,
    "",
  ].join("\n");
}

function insightsCatalogue(files: readonly InsightsFile[]): string {
  return [
    "// Made by `pnpm generate` from the .insights files of this package. Do not edit.",
    'import type { InsightsFile } from "./insights-file.ts";',
    "",
    `export const INSIGHTS_FILES: readonly InsightsFile[] = ${JSON.stringify(files, null, 2)};`,
    "",
  ].join("\n");
}
