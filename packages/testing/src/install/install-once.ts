import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";

import { runCommand, succeeds } from "./run-command.ts";

export interface InstallOptions {
  /** Kept between runs; made when absent. */
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  /** Told before each step that takes long. */
  readonly onStep?: (step: string) => void;
}

/**
 * Makes a folder of the cache ready, and does nothing where it is.
 *
 * An install is made in a folder of its own and renamed when it is whole: runs side by side do not
 * harm each other, and an interrupted one leaves no half.
 */
export async function installOnce(
  folder: string,
  { cacheDir }: InstallOptions,
  install: (to: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  const own = await mkdtemp(path.join(cacheDir, `${UNFINISHED}${process.pid}-`));
  try {
    await install(own);
    await rename(own, folder).catch((error: unknown) => {
      // Another run was faster: its copy is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

const UNFINISHED = ".unfinished-";

// What a killed run left; a run that lives still needs its own.
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = new RegExp(`^\\${UNFINISHED}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(cacheDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A Python with pip; on a Debian where we may, its package is installed. */
export async function findPython(options: InstallOptions): Promise<string> {
  if (!(await succeeds("python3", ["-m", "pip", "--version"], options.signal))) {
    await installPackage("python3", "python3-pip", options);
    await runCommand("python3", ["-m", "pip", "--version"], options);
  }
  return "python3";
}

/** Makes sure that a program is there; on a Debian where we may, by installing its package. */
export async function needCommand(
  command: string,
  debian: string,
  options: InstallOptions,
): Promise<void> {
  if (await succeeds(command, ["--version"], options.signal)) return;
  await installPackage(command, debian, options);
}

async function installPackage(
  command: string,
  debian: string,
  { signal, onStep }: InstallOptions,
): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(
      `${command} is needed: install it (package ${debian} on Debian and Ubuntu) and run again`,
    );
  }
  onStep?.(`installing ${debian}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { signal, env };
  await runCommand("apt-get", ["-qq", "update"], quiet);
  await runCommand("apt-get", ["-qq", "install", "-y", "--no-install-recommends", debian], quiet);
}
