import { execFile } from "node:child_process";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { installOnce, pipInstall } from "@turnaway/testing/install";

/** Exact: a rule that a later one adds comes in with a change of this line. */
const VERSION = "1.51.0";

/** What is accepted, and why. */
const IGNORED = [
  // CDK writes `DependsOn` beside references that say the same.
  "W3005",
];

/** Makes cfn-lint ready in the cache, and answers with its folder. Needs Python 3 with pip. */
export async function installCfnLint(say: (line: string) => void): Promise<string> {
  const base = process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
  const cacheDir = path.join(base, "turnaway-templates");
  const folder = path.join(cacheDir, `cfn-lint-${VERSION}`);
  const options = { cacheDir, signal: new AbortController().signal, onStep: say };
  await installOnce(folder, options, async (to) => {
    say(`installing cfn-lint ${VERSION}`);
    await pipInstall([`cfn-lint==${VERSION}`], to, options);
  });
  return folder;
}

/** What cfn-lint finds in the templates, a line each; warnings count. */
export async function lintTemplates(folder: string, files: readonly string[]): Promise<string[]> {
  const args = ["-m", "cfnlint", "--format", "parseable", "--non-zero-exit-code", "warning"];
  const ignored = IGNORED.flatMap((rule) => ["--ignore-checks", rule]);
  try {
    await promisify(execFile)("python3", [...args, ...ignored, "--", ...files], {
      env: { ...process.env, PYTHONPATH: folder },
      maxBuffer: 2 ** 26,
    });
    return [];
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const lines = stdout.split("\n").filter((line) => line.trim() !== "");
    if (lines.length === 0) throw new Error(`cfn-lint did not run: ${stderr}`, { cause: error });
    return lines;
  }
}
