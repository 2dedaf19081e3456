import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundle, CHECKOUT, DIST } from "./bundle.ts";
import { describeFiles, readFiles } from "./dist-files.ts";

/**
 * Makes the commit that a release tag points to: HEAD, and the bundle on top of it. It is on no
 * branch, and the working tree stays as it is. Prints its id.
 */
async function main(): Promise<void> {
  await bundle(CHECKOUT, DIST);
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-release-"));
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: CHECKOUT,
      env: { ...process.env, GIT_INDEX_FILE: path.join(folder, "index") },
    })
      .toString()
      .trim();
  try {
    git("read-tree", "HEAD");
    git("add", "--force", DIST);
    const about = `Release the Action\n\ndist: ${describeFiles(readFiles(DIST))}`;
    console.log(git("commit-tree", git("write-tree"), "-p", "HEAD", "-m", about));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
