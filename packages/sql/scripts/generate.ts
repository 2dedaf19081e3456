import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

/** Writes `src/catalogue.gen.ts`: every SQL file with its header, so that a bundle needs no disk. */
const KINDS = ["parts", "views", "rollups", "queries", "detections", "reports", "insights"] as const;
const root = join(import.meta.dirname, "..");

export function generateCatalogue(): string {
  const entries = KINDS.flatMap((kind) =>
    readdirSync(join(root, kind))
      .filter((file) => file.endsWith(".sql"))
      .toSorted()
      .map((file) => {
        const { header, text } = splitHeader(
          readFileSync(join(root, kind, file), "utf8"),
          `${kind}/${file}`,
        );
        return { kind, name: file.slice(0, -".sql".length), ...header, text };
      }),
  );
  return [
    "// Made by `pnpm generate` from the .sql files of this package. Do not edit.",
    'import type { SqlFile } from "./sql-file.ts";',
    "",
    `export const SQL_FILES: readonly SqlFile[] = ${JSON.stringify(entries, null, 2)};`,
    "",
  ].join("\n");
}

/** A file starts with a YAML header between `-- ---` lines; what follows is the statement. */
function splitHeader(source: string, file: string): { header: object; text: string } {
  const match = /^-- ---\n((?:--.*\n)+?)-- ---\n([\s\S]*)$/.exec(source);
  if (match === null) throw new Error(`${file}: no header between "-- ---" lines`);
  const yaml = match[1]!.replaceAll(/^-- ?/gm, "");
  return { header: parse(yaml) as object, text: match[2]! };
}

if (import.meta.main) writeFileSync(join(root, "src/catalogue.gen.ts"), generateCatalogue());
