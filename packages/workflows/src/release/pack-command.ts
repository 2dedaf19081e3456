import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";

import { build, type OutputChunk } from "rolldown";

import { lockedVersions } from "./locked-versions.ts";

export interface PackOptions {
  /** Root of the repository. */
  readonly checkout: string;
  /** Folder that is emptied, and holds the package afterwards. */
  readonly to: string;
  /** `owner/name` on GitHub, which provenance compares with where it was built. */
  readonly repository: string;
}

/** What `npm publish` is handed. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Exact versions, by name: those of the lockfile. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Makes the npm package of the command.
 *
 * Node strips no types below `node_modules`, so it is JavaScript: the packages of this repository
 * bundled, and everything of others a dependency, at the version that was tested.
 */
export async function packCommand({ checkout, to, repository }: PackOptions): Promise<Packed> {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const imported = await bundle(checkout, path.join(to, "dist"));
  const versions = lockedVersions(checkout);
  const dependencies = Object.fromEntries(
    imported.map((name) => [name, versionOf(name, versions)]),
  );
  const { name, version, description, license } = readManifest(checkout);
  const manifest = {
    name,
    version,
    description,
    license,
    repository: { type: "git", url: `git+https://github.com/${repository}.git` },
    type: "module",
    bin: { turnaway: "./dist/bin.js" },
    files: ["dist", "definitions"],
    engines: { node: ">=24" },
    dependencies,
  };
  writeFileSync(path.join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ["LICENSE", "README.md"])
    copyFileSync(path.join(checkout, file), path.join(to, file));
  const definitions = path.join(checkout, "packages/dashboards/definitions");
  cpSync(definitions, path.join(to, "definitions"), { recursive: true });
  return { name, version, dependencies };
}

/** @returns names of the packages of others that the bundle imports */
async function bundle(checkout: string, dir: string): Promise<string[]> {
  const { output } = await build({
    cwd: checkout,
    input: {
      bin: path.join(checkout, "apps/cli/src/bin.ts"),
      // Threads are started from a file beside their starter.
      "read-worker": path.join(checkout, "packages/sources/src/read-worker.ts"),
    },
    platform: "node",
    external: isOfOthers,
    logLevel: "warn",
    output: { dir, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
  });
  const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
  const own = new Set(output.map(({ fileName }) => fileName));
  const names = chunks
    .flatMap(({ imports, dynamicImports, code }) => [
      ...imports,
      ...dynamicImports,
      ...resolvedIn(code),
    ])
    .filter((id) => !own.has(id) && !isBuiltin(id))
    .map(packageOf);
  return [...new Set(names)].toSorted();
}

// Files of a package that are no modules, as those of a font.
function resolvedIn(code: string): string[] {
  const resolved = code.matchAll(/import\.meta\.resolve\(["'`]([^"'`$]+)/g);
  return [...resolved].map(([, id]) => id!).filter(isOfOthers);
}

function isOfOthers(id: string): boolean {
  return /^[a-z@]/.test(id) && !id.startsWith("@turnaway/");
}

function packageOf(id: string): string {
  return id
    .split("/")
    .slice(0, id.startsWith("@") ? 2 : 1)
    .join("/");
}

function versionOf(name: string, versions: ReadonlyMap<string, string>): string {
  const version = versions.get(name);
  if (version === undefined) throw new Error(`${name} is imported, and no package.json names it`);
  return version;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

function readManifest(checkout: string): Manifest {
  return JSON.parse(readFileSync(path.join(checkout, "apps/cli/package.json"), "utf8")) as Manifest;
}
