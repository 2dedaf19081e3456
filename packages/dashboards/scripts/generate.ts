import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { grafanaFiles } from "./grafana-files.ts";

/** Writes the dashboards that ship as JSON of Grafana. */
const root = join(import.meta.dirname, "..");
const files = grafanaFiles(root);

const folder = join(root, "grafana");
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) {
  if (file.endsWith(".gen.json")) rmSync(join(folder, file));
}
for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
