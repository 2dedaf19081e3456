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
    sha: env["GITHUB_SHA"] || commitOf(folder),
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

function commitOf(folder: string): string | null {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: folder });
  const sha = status === 0 ? stdout.toString().trim() : "";
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}
