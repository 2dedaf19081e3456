import type { SqlFile } from "../src/sql-file.ts";
import { detectionPages } from "./detection-pages.ts";
import { queryPage } from "./query-page.ts";
import { readSqlFiles } from "./read-sql-files.ts";

/** Everything that is made from the SQL files of a package: path from its root to text. */
export function generateFiles(root: string): Readonly<Record<string, string>> {
  const files = readSqlFiles(root);
  return {
    "src/catalogue.gen.ts": catalogue(files),
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
