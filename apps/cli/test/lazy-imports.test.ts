import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, test, vi } from "vitest";

import { logText, testFolder, writeFiles } from "./support/flow-logs.ts";
import { turnaway } from "./support/turnaway.ts";

// Each starts the whole command.
vi.setConfig({ testTimeout: 60_000 });

const folder = testFolder();
const WATCH = path.join(folder, "watch.mjs");

writeFiles(folder, { "logs/a.log": logText() });
writeFileSync(
  WATCH,
  `import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      const found = /^(@aws-sdk\\/client-[^/]+|trino-client|@duckdb\\/node-api)/.exec(specifier);
      if (found !== null) process.stderr.write("LOADED " + found[1] + "\\n");
      return next(specifier, context);
    },
  });`,
);

describe("what a command loads", () => {
  test.each([
    ["help", ["report", "--help"], []],
    ["a list of queries", ["query", "--list"], []],
    ["a report of files", ["report", "logs", "--quiet"], ["@duckdb/node-api"]],
    ["a query of files", ["query", "top-rejected", "logs"], ["@duckdb/node-api"]],
  ])("for %s is no more than it needs", async (_, args, needed) => {
    expect(await loaded(args)).toEqual(needed);
  });
});

async function loaded(args: readonly string[]): Promise<readonly string[]> {
  const NODE_OPTIONS = `--import=${pathToFileURL(WATCH).href}`;
  const { code, stderr } = await turnaway({ cwd: folder, args, env: { NODE_OPTIONS } });
  expect(code, stderr).toBe(0);
  const found = [...stderr.matchAll(/^LOADED (.+)$/gm)].map(([, name]) => name!);
  return [...new Set(found)].toSorted();
}
