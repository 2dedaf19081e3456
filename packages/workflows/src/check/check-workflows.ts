import { runCommand } from "@turnaway/testing/install";

import type { Checkers } from "./checkers.ts";

/** What a checker found; null when it found nothing. */
export interface Checked {
  readonly name: string;
  readonly found: string | null;
}

/**
 * Runs both checkers over all workflows and actions of a checkout. What they are told to leave
 * alone stands with its reason in `.github/actionlint.yaml` and `.github/zizmor.yml`.
 */
export async function checkWorkflows(
  checkout: string,
  { actionlint, shellcheck, zizmor }: Checkers,
  signal: AbortSignal,
): Promise<Checked[]> {
  const options = { cwd: checkout, signal };
  return Promise.all([
    check("actionlint", actionlint, ["-no-color", "-shellcheck", shellcheck, "-pyflakes", ""]),
    // Without a network it can't ask whether a hash is the version that its comment says.
    check("zizmor", zizmor, ["--offline", "--strict-collection", "--persona", "pedantic", "."]),
  ]);

  async function check(name: string, command: string, args: readonly string[]): Promise<Checked> {
    try {
      await runCommand(command, args, options);
      return { name, found: null };
    } catch (error) {
      signal.throwIfAborted();
      return { name, found: error instanceof Error ? error.message : String(error) };
    }
  }
}
