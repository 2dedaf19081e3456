import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { TurnawayError } from "@turnaway/core";
import type { Ports } from "@turnaway/runs";

import wanted from "../duckdb/package.json" with { type: "json" };
import { nativePart } from "./native-part.ts";

/**
 * Sees to it that the native part of DuckDB is on the runner: 70 MB that no other engine needs,
 * so they are not part of the Action. The lockfile beside the bundle names the version and the
 * hash of the package, and `npm ci` installs nothing else. Once for a tool cache.
 *
 * @throws TurnawayError ENGINE where npm can't, where the package is not the one that was locked,
 * and on a machine that none is locked for.
 */
export async function provideDuckdb({ env, signal, say }: Ports): Promise<void> {
  const name = `@duckdb/node-bindings-${process.platform}-${process.arch}`;
  const version = (wanted.dependencies as Readonly<Record<string, string>>)[name];
  if (version === undefined) throw noPart(`there is none for ${process.platform} ${process.arch}`);
  const cache = env["RUNNER_TOOL_CACHE"] || env["RUNNER_TEMP"] || tmpdir();
  const folder = path.join(cache, "turnaway-duckdb", version, process.arch);
  if (!existsSync(folder)) {
    say(`installing ${name} ${version}`);
    await install(folder, { env, signal });
  }
  nativePart.file = path.join(folder, "node_modules", name, "duckdb.node");
}

type Around = Pick<Ports, "env" | "signal">;

// In a folder of its own first, so that what lies in the cache is always whole.
async function install(folder: string, around: Around): Promise<void> {
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    cpSync(LOCKED, draft, { recursive: true });
    await runNpm(draft, around);
    renameSync(draft, folder);
  } catch (error) {
    // Another job of this machine was quicker.
    if (existsSync(folder)) return;
    around.signal.throwIfAborted();
    throw noPart(error instanceof Error ? error.message : String(error), error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const LOCKED = fileURLToPath(new URL("../duckdb/", import.meta.url));

function runNpm(folder: string, { env, signal }: Around): Promise<void> {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
  const own = path.join(path.dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
  const isOwn = existsSync(own);
  const command = isOwn ? process.execPath : "npm";
  return new Promise((resolve, reject) => {
    execFile(
      command,
      isOwn ? [own, ...args] : args,
      // `npm` of Windows is a script, which only a shell starts.
      { cwd: folder, env: withoutSecrets(env), signal, shell: !isOwn && IS_WINDOWS },
      (error, _, stderr) => {
        if (error === null) resolve();
        else reject(new Error(lastLines(stderr) || error.message, { cause: error }));
      },
    );
  });
}

const IS_WINDOWS = process.platform === "win32";

// What npm needs to find itself, its settings, and the way out: no inputs, no keys of AWS.
const OF_NPM =
  /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|COMSPEC|PATHEXT|TE?MP|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy|npm_config_.+)$/i;

function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => OF_NPM.test(name)));
}

function lastLines(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => /\berror\b/i.test(line) && !/log/.test(line));
  return lines
    .slice(0, 4)
    .join(" ")
    .replaceAll(/npm (error|ERR!) ?/g, "")
    .trim();
}

function noPart(why: string, cause?: unknown): TurnawayError {
  return new TurnawayError(
    "ENGINE",
    {
      what: "the native part of DuckDB is not available",
      where: "duckdb/package-lock.json",
      why: why.replace(/\.$/, ""),
      fix: "run on Linux x64 where npm reaches its registry, or use another `engine`",
    },
    { cause },
  );
}
