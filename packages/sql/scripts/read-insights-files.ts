import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { InsightsFile } from "../src/insights-file.ts";

/** Every `.insights` file of the package with its header parsed, by name. */
export function readInsightsFiles(root: string): readonly InsightsFile[] {
  const folder = join(root, "insights");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".insights"))
    .toSorted()
    .map((file) => parseInsightsFile(file, readFileSync(join(folder, file), "utf8")));
}

/** A file starts with a YAML header between `# ---` lines; what follows is the query. */
function parseInsightsFile(file: string, source: string): InsightsFile {
  const match = /^# ---\n((?:#.*\n)+?)# ---\n([\s\S]*)$/.exec(source);
  if (match === null) throw new Error(`insights/${file}: no header between "# ---" lines`);
  const header = parse(match[1]!.replaceAll(/^# ?/gm, "")) as Omit<InsightsFile, "name" | "text">;
  return { name: file.slice(0, -".insights".length), ...header, text: match[2]! };
}
