import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";

import { describeSystemError, didYouMean, TurnawayError } from "@turnaway/core";
import type { DefinitionFiles } from "@turnaway/dashboards";
import { type Options, readConfig, text, usage, writeFile } from "@turnaway/runs";

/** The files of several dashboards, by name, in the order of the names. */
export type Definitions = ReadonlyMap<string, DefinitionFiles>;

/** Where definitions are kept. */
export interface DefinitionsFolder {
  readonly path: string;
  /** Whether it is the one that ships with turnaway, because nothing names another. */
  readonly isShipped: boolean;
}

/** The folder of `--definitions`, else of `dashboards.definitions`, else the one that ships. */
export function definitionsFolder(options: Options): DefinitionsFolder {
  const given = text(options, "definitions");
  if (given !== undefined) return { path: path.resolve(given), isShipped: false };
  const { config, configDir } = readConfig(options);
  const { definitions } = config.dashboards;
  if (definitions === null) return { path: shippedFolder(), isShipped: true };
  return { path: path.resolve(configDir ?? "", definitions), isShipped: false };
}

/**
 * Reads every dashboard of a folder: a folder each, whose `.yml` files are taken.
 *
 * @throws TurnawayError USAGE where there is no such folder, or none in it is a dashboard.
 */
export function readDefinitions(folder: string): Definitions {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw noDefinitions(folder, "there is no such folder");
  }
  if (existsSync(path.join(folder, "dashboard.yml"))) {
    const fix = `name the folder above it, ${path.dirname(folder)}`;
    throw noDefinitions(folder, "it is one dashboard and not a folder of dashboards", fix);
  }
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .toSorted();
  const found = names
    .map((name) => [name, readDashboard(path.join(folder, name))] as const)
    .filter(([, files]) => Object.keys(files).length > 0);
  if (found.length === 0) throw noDefinitions(folder, "no folder in it has definitions");
  return new Map(found);
}

/**
 * Makes the files of one dashboard those that are given. Definitions that are there and not
 * given are deleted; whatever is no definition stays.
 *
 * @returns paths that were written or deleted, from the dashboard's folder; unchanged files are none
 * @throws TurnawayError OUTPUT
 */
export function writeDashboard(folder: string, name: string, files: DefinitionFiles): string[] {
  const home = path.join(folder, name);
  const before: DefinitionFiles = existsSync(home) ? readDashboard(home) : {};
  const gone = Object.keys(before).filter((file) => !(file in files));
  const changed = Object.keys(files).filter((file) => files[file] !== before[file]);
  for (const file of changed) writeFile(path.join(home, file), files[file]!);
  for (const file of gone) rmSync(path.join(home, file));
  return [...changed, ...gone].toSorted();
}

/** Those that were asked for; all where none was. @throws TurnawayError USAGE for unknown names. */
export function chooseDashboards(asked: readonly string[], names: readonly string[]): string[] {
  for (const name of asked) {
    if (names.includes(name)) continue;
    const fix = didYouMean(name, names) ?? `use one of ${names.join(", ")}`;
    throw usage("DASHBOARD", `there is no dashboard "${name}"`, fix);
  }
  return names.filter((name) => asked.length === 0 || asked.includes(name));
}

/** Whether the file of a dashboard's folder belongs to the definition. */
export function isDefinitionFile(file: string): boolean {
  return /\.ya?ml$/.test(file) && !file.split("/").some((part) => part.startsWith("."));
}

function readDashboard(home: string): DefinitionFiles {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter(isDefinitionFile)
    .toSorted();
  return Object.fromEntries(files.map((file) => [file, readText(path.join(home, file))]));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = describeSystemError(error);
    const what = "a definition can't be read";
    throw new TurnawayError("CONFIG", { what, where: file, why }, { cause: error });
  }
}

// The published command has them beside its code, a checkout in their package.
function shippedFolder(): string {
  const beside = path.join(import.meta.dirname, "../definitions");
  if (existsSync(beside)) return beside;
  return path.join(import.meta.dirname, "../../../../packages/dashboards/definitions");
}

function noDefinitions(
  where: string,
  why: string,
  fix = "name a folder that has one folder for each dashboard with --definitions",
): TurnawayError {
  return new TurnawayError("USAGE", { what: "no dashboards", where, why, fix });
}
