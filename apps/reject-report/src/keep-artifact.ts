import type { Ports } from "@turnaway/runs";

import { untilAborted } from "./until-aborted.ts";

/** The files of the report, to be kept with the run. */
export interface ArtifactRequest {
  readonly name: string;
  readonly files: readonly string[];
  /** Their folder: names within the artifact are relative to it. */
  readonly folder: string;
}

/**
 * Uploads the files with the run. A report is posted without it, too: what goes wrong is said,
 * and the run goes on.
 */
export async function keepArtifact(
  { name, files, folder }: ArtifactRequest,
  { env, signal, say }: Ports,
): Promise<void> {
  if (!env["ACTIONS_RUNTIME_TOKEN"] || !env["ACTIONS_RESULTS_URL"]) {
    say("no artifact: the runner offers no place for one");
    return;
  }
  const { DefaultArtifactClient } = await import("@actions/artifact");
  try {
    const upload = new DefaultArtifactClient().uploadArtifact(name, [...files], folder);
    const { id } = await untilAborted(upload, signal);
    say(`artifact ${name}: ${id}`);
  } catch (error) {
    signal.throwIfAborted();
    say(`warning: no artifact: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Without what the service refuses in a name. */
export function artifactName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "-");
}
