import { findPython, type InstallOptions } from "./install-once.ts";
import { runCommand } from "./run-command.ts";

/** Installs packages of PyPI, each with its exact version, into a folder of their own. */
export async function pipInstall(
  packages: readonly string[],
  to: string,
  options: InstallOptions,
): Promise<void> {
  const python = await findPython(options);
  const flags = ["--quiet", "--no-input", "--disable-pip-version-check", "--target", to];
  await runCommand(python, ["-m", "pip", "install", ...flags, ...packages], options);
}
