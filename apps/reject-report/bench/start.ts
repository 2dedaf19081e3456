import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundle, CHECKOUT } from "../scripts/bundle.ts";

/**
 * How long the Action takes to its first line in the log, and until everything but an engine is
 * loaded, beside a Node that does nothing: `node bench/start.ts`. As JSON, in milliseconds.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-start-"));
  try {
    // With the manifest: it says that these are modules, and which version.
    const action = path.join(folder, "apps/reject-report");
    await bundle(CHECKOUT, path.join(action, "dist"));
    const manifest = path.join(CHECKOUT, "apps/reject-report/package.json");
    copyFileSync(manifest, path.join(action, "package.json"));
    const entry = path.join(action, "dist/index.js");
    await start([entry]); // from the disk
    const { firstLineMs, endMs: loadedMs } = await start([entry]);
    const { endMs: nodeMs } = await start(["-e", "0"]);
    process.stdout.write(`${JSON.stringify({ firstLineMs, loadedMs, nodeMs })}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Without a repository in its environment the Action ends where an engine would be loaded.
async function start(args: readonly string[]): Promise<{ firstLineMs: number; endMs: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { env: {}, stdio: ["ignore", "pipe", "ignore"] });
  let firstLineMs = Number.NaN;
  child.stdout.once("data", () => (firstLineMs = performance.now() - began));
  await once(child, "close");
  return { firstLineMs, endMs: performance.now() - began };
}

await main();
