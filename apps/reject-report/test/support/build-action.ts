import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import type { TestProject } from "vitest/node";

import locked from "../../duckdb/package.json" with { type: "json" };
import { bundle, CHECKOUT } from "../../scripts/bundle.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder with the Action alone, as a release has it: no `node_modules` above it. */
    action: string;
    /** A tool cache that has the native part of DuckDB. */
    toolCache: string;
  }
}

const ROOT = path.join(import.meta.dirname, "../..");

/** Builds the bundle once for all tests, into a folder that has nothing else. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-action-"));
  const action = path.join(folder, "action");
  for (const name of ["action.yml", "package.json", "check", "days", "duckdb", "mute"])
    cpSync(path.join(ROOT, name), path.join(action, name), { recursive: true });
  await bundle(CHECKOUT, path.join(action, "dist"));
  project.provide("action", action);
  project.provide("toolCache", linkDuckdb(path.join(folder, "tools")));
  return () => rmSync(folder, { recursive: true, force: true });
}

// What `npm ci` would install is in the checkout already, by the same hash: a test compares.
function linkDuckdb(cache: string): string {
  const [[name, version] = ["", ""]] = Object.entries(locked.dependencies);
  const target = path.join(cache, "turnaway-duckdb", version, process.arch, "node_modules", name);
  const engines = path.join(ROOT, "../../packages/engines/package.json");
  const native = ["@duckdb/node-api", "@duckdb/node-bindings", `${name}/duckdb.node`].reduce(
    (from, wanted) => createRequire(from).resolve(wanted),
    engines,
  );
  mkdirSync(path.dirname(target), { recursive: true });
  symlinkSync(path.dirname(native), target);
  return cache;
}
