import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { runCommand } from "@turnaway/testing/install";

/**
 * Copies what is, or will be, in the repository to a folder that is a clone of `octo/network`, as
 * the scripted GitHub calls it.
 *
 * `queue` is taken out of the workflows on the way: `act` knows no such key, and starts no two runs.
 */
export async function copyCheckout(
  checkout: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = await runCommand("git", list, { cwd: checkout, signal });
  for (const name of listed.split("\0").filter((each) => each !== "")) {
    const target = path.join(to, name);
    await mkdir(path.dirname(target), { recursive: true });
    // What was deleted and not yet committed is still listed.
    await cp(path.join(checkout, name), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  await removeQueue(path.join(to, ".github/workflows/report.yml"));
  const git = (...args: string[]): Promise<string> => runCommand("git", args, { cwd: to, signal });
  await git("init", "--quiet", "--initial-branch", "main");
  await git("remote", "add", "origin", "https://github.com/octo/network.git");
  await commitAll(to, "A copy", signal);
}

/** Commits what lies in the copy; the id of the commit. */
export async function commitAll(
  copy: string,
  message: string,
  signal: AbortSignal,
): Promise<string> {
  const git = (...args: string[]): Promise<string> =>
    runCommand("git", args, { cwd: copy, signal });
  const author = ["-c", "user.name=act", "-c", "user.email=act@localhost"];
  await git("add", "--all");
  await git(...author, "commit", "--quiet", "--no-gpg-sign", "--message", message);
  return headOf(copy, signal);
}

export async function headOf(copy: string, signal: AbortSignal): Promise<string> {
  return (await runCommand("git", ["rev-parse", "HEAD"], { cwd: copy, signal })).trim();
}

async function removeQueue(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^ +queue: max\n/m, ""));
}
