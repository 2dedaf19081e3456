import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runCommand } from "@turnaway/testing/install";

import type { Checkers } from "./checkers.ts";
import { readmeWorkflows } from "./readme-workflows.ts";

/** What a checker found; null when it found nothing. */
export interface Checked {
  readonly name: string;
  readonly found: string | null;
}

/**
 * Runs both checkers over all workflows and actions of a checkout, and actionlint over the
 * workflows that READMEs show. What they are told to leave alone stands with its reason in
 * `.github/actionlint.yaml` and `.github/zizmor.yml`.
 */
export async function checkWorkflows(
  checkout: string,
  { actionlint, shellcheck, zizmor }: Checkers,
  signal: AbortSignal,
): Promise<Checked[]> {
  const lint = ["-no-color", "-shellcheck", shellcheck, "-pyflakes", ""];
  // Without a network it can't ask whether a hash is the version that its comment says.
  const audit = ["--offline", "--strict-collection", "--persona", "pedantic", "."];
  const options = { cwd: checkout, signal };
  return [
    await check("actionlint", signal, () => runCommand(actionlint, lint, options)),
    await check("actionlint of the READMEs", signal, () =>
      withReadmeWorkflows(checkout, (files) =>
        runCommand(actionlint, [...lint, "-ignore", NEWER_THAN_ACTIONLINT, ...files], options),
      ),
    ),
    await check("zizmor", signal, () => runCommand(zizmor, audit, options)),
  ];
}

/** As in `.github/actionlint.yaml`, which is for files within the repository. */
const NEWER_THAN_ACTIONLINT = 'unexpected key "queue" for "concurrency" section';

async function check(
  name: string,
  signal: AbortSignal,
  run: () => Promise<unknown>,
): Promise<Checked> {
  try {
    await run();
    return { name, found: null };
  } catch (error) {
    signal.throwIfAborted();
    return { name, found: error instanceof Error ? error.message : String(error) };
  }
}

async function withReadmeWorkflows<T>(
  checkout: string,
  work: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "turnaway-readme-"));
  try {
    const workflows = await readmeWorkflows(checkout);
    const files = workflows.map(({ file }) =>
      path.join(folder, file.replaceAll("/", "-").replace(/\.md$/, ".yml")),
    );
    await Promise.all(workflows.map(({ text }, index) => writeFile(files[index]!, text)));
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
