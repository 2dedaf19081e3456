import { spawnSync } from "node:child_process";

import { type DeployOptions, type QuickSightSession, userOf } from "@turnaway/quicksight";

import type { Context } from "../context.ts";
import { version } from "../version.ts";

/** What the versions of this run say of it: the commit of the files, and who deploys. */
export async function journalOf(
  folder: string,
  session: QuickSightSession,
  { env }: Context,
): Promise<DeployOptions["journal"]> {
  return {
    sha: commitOf(folder),
    package: version(),
    by: env["GITHUB_ACTOR"] || (await callerName(session)),
  };
}

// A name in a journal is no reason not to deploy.
async function callerName(session: QuickSightSession): Promise<string> {
  try {
    return userOf(await session.caller());
  } catch (error) {
    session.signal.throwIfAborted();
    if (error instanceof Error) return "unknown";
    throw error;
  }
}

/**
 * The commit that has the files of a folder just as they are; null where none is known to: files
 * that were changed or never added, a package that another repository installs, or no git at all.
 * The commit that a workflow runs for says nothing of a folder somewhere else, so it isn't asked.
 */
export function commitOf(folder: string): string | null {
  const changed = git(["status", "--porcelain", "--untracked-files=all", "--", "."], folder);
  const kept = git(["ls-files", "--", "."], folder);
  if (changed !== "" || kept === null || kept === "") return null;
  const sha = git(["rev-parse", "HEAD"], folder) ?? "";
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}

function git(args: readonly string[], cwd: string): string | null {
  const { status, stdout } = spawnSync("git", args, { cwd, maxBuffer: LONGEST });
  return status === 0 ? stdout.toString().trim() : null;
}

/** In bytes: what is longer is not empty either, and ends in an error. */
const LONGEST = 2 ** 24;
