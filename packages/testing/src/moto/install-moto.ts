import path from "node:path";

import { findPython, installOnce, runCommand, type InstallOptions } from "../install/index.ts";
import { VERSIONS } from "../trino/tools.ts";

/** A Python, and the folder of the packages that it finds moto in. */
export interface MotoTools {
  readonly command: string;
  readonly packages: string;
}

/**
 * Makes moto ready in the cache, without the JDK that the conformance needs beside it. Needs
 * Python 3 with pip, and fetches from wherever pip's settings tell it to.
 */
export async function installMoto(options: InstallOptions): Promise<MotoTools> {
  const command = await findPython(options);
  const minor = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"];
  const python = (await runCommand(command, minor, options)).trim();
  const packages = path.join(options.cacheDir, `python-${python}_moto-${VERSIONS.moto}`);
  await installOnce(packages, options, async (to) => {
    options.onStep?.(`downloading moto ${VERSIONS.moto} (60 MB)`);
    const flags = ["--quiet", "--no-input", "--disable-pip-version-check", "--target", to];
    const wanted = `moto[server]==${VERSIONS.moto}`;
    await runCommand(command, ["-m", "pip", "install", ...flags, wanted], options);
  });
  return { command, packages };
}
