import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundle, CHECKOUT } from "./bundle.ts";
import { describeFiles, differences, type DistFiles, readFiles } from "./dist-files.ts";

/**
 * `check-dist`: that two builds, one of them of a copy elsewhere, are the same bytes.
 * `check-dist REF`: that what was released at that tag or commit is what the source makes, which
 * is to be checked out.
 */
async function main([ref]: readonly string[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-dist-"));
  try {
    const here = await build(CHECKOUT, path.join(folder, "here"));
    const other =
      ref === undefined
        ? await build(copyCheckout(path.join(folder, "copy")), path.join(folder, "there"))
        : readRelease(ref);
    const found = differences(here, other);
    console.log(found.length === 0 ? `the same: ${describeFiles(here)}` : found.join("\n"));
    return found.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(root: string, dir: string): Promise<DistFiles> {
  await bundle(root, dir);
  return readFiles(dir);
}

// With all that is installed: order within a bundle follows the paths of its modules, and links
// that lead out of the checkout would have others.
function copyCheckout(to: string): string {
  mkdirSync(to);
  const parts = ["apps", "packages", "node_modules", "package.json", "tsconfig.base.json"];
  execFileSync("cp", ["-a", ...parts, to], { cwd: CHECKOUT });
  return to;
}

function readRelease(ref: string): DistFiles {
  const git = (...args: string[]): Buffer =>
    execFileSync("git", args, { cwd: CHECKOUT, maxBuffer: 64e6 });
  const folder = `${ref}:apps/reject-report/dist`;
  const names = git("ls-tree", "--name-only", folder).toString().split("\n").filter(Boolean);
  return new Map(names.map((name) => [name, git("show", `${folder}/${name}`)]));
}

process.exitCode = await main(process.argv.slice(2));
