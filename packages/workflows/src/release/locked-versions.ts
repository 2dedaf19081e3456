import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import { z } from "zod";

/**
 * Exact version of each dependency that a package of the repository has, by name.
 *
 * @throws Error where two packages want different versions: a bundle of both has room for one
 */
export function lockedVersions(checkout: string): ReadonlyMap<string, string> {
  const read = (file: string): string => readFileSync(path.join(checkout, file), "utf8");
  const { catalog } = workspaceSchema.parse(parse(read("pnpm-workspace.yaml")));
  const found = new Map<string, string>();
  for (const folder of ["apps", "packages"]) {
    for (const name of readdirSync(path.join(checkout, folder))) {
      const manifest = manifestSchema.parse(JSON.parse(read(`${folder}/${name}/package.json`)));
      for (const [dependency, range] of Object.entries(manifest.dependencies)) {
        if (range.startsWith("workspace:")) continue;
        const version = range === "catalog:" ? (catalog[dependency] ?? range) : range;
        if ((found.get(dependency) ?? version) !== version) {
          throw new Error(`${dependency} is wanted as ${found.get(dependency)} and as ${version}`);
        }
        found.set(dependency, version);
      }
    }
  }
  return found;
}

const versions = z.record(z.string(), z.string());
const workspaceSchema = z.object({ catalog: versions });
const manifestSchema = z.object({ dependencies: versions.default({}) });
