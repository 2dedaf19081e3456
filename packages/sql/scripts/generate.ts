import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { generateFiles } from "./generated-files.ts";

/** Writes the catalogue and the documentation that come out of the headers of the SQL files. */
const root = join(import.meta.dirname, "..");
const files = generateFiles(root);

const pages = join(root, "../../docs/detections");
mkdirSync(pages, { recursive: true });
for (const page of readdirSync(pages)) {
  if (page.endsWith(".gen.md")) rmSync(join(pages, page));
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
