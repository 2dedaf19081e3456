import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { DefinitionFiles } from "../src/dashboard.ts";

const ROOT = join(import.meta.dirname, "../definitions");

/** The dashboards that this package ships, by name. */
export const SHIPPED: readonly string[] = readdirSync(ROOT).toSorted();

/** The files of one of them. */
export function shippedFiles(dashboard: string): DefinitionFiles {
  const folder = join(ROOT, dashboard);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith(".yml"))
      .toSorted()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}
