import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
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
  const program = path.join(folder, "bin/cfn-lint");
  const ignored = IGNORED.flatMap((rule) => ["--ignore-checks", rule]);
  const args = [program, "--format", "json", ...ignored, "--", ...files];
  const env = { ...process.env, PYTHONPATH: folder };
  const { stdout, stderr } = await promisify(execFile)("python3", args, { env, maxBuffer: 2 ** 26 })
    // It ends with a code for what it found.
    .catch((error: unknown) => error as { stdout: string; stderr: string });
  if (!stdout.trimStart().startsWith("[")) throw new Error(`cfn-lint did not run: ${stderr}`);
  return (JSON.parse(stdout) as readonly Finding[])
    .filter(isWrong)
    .map(
      ({ Filename, Location, Rule, Message }) =>
        `${Filename}:${Location.Start.LineNumber}: ${Rule.Id}: ${Message}`,
    );
}

interface Finding {
  readonly Filename: string;
  readonly Location: {
    readonly Path: readonly (string | number)[] | null;
    readonly Start: { readonly LineNumber: number };
  };
  readonly Rule: { readonly Id: string };
  readonly Message: string;
}

/**
 * Properties that are newer than this cfn-lint. The schema that comes with aws-cdk-lib has them,
 * and CDK checks every template against it.
 */
const NEWER: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Dashboard": "Tags",
  "AWS::EC2::FlowLog": "TagFieldSpecifications",
};

function isWrong({ Filename, Location: { Path }, Rule }: Finding): boolean {
  const [, logicalId, , property] = Path ?? [];
  if (Rule.Id !== "E3002" || logicalId === undefined) return true;
  const { Resources } = JSON.parse(readFileSync(Filename, "utf8")) as {
    Resources: Record<string, { Type: string } | undefined>;
  };
  return NEWER[Resources[logicalId]?.Type ?? ""] !== property;
}
