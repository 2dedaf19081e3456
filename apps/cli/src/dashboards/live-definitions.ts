import { TurnawayError } from "@turnaway/core";
import type { DefinitionFiles } from "@turnaway/dashboards";
import { pull } from "@turnaway/quicksight";
import type { Options } from "@turnaway/runs";

import type { Context } from "../context.ts";
import type { Definitions } from "./definitions-folder.ts";
import { connect } from "./quicksight.ts";

/**
 * The dashboards as they are live, as the files that would be pulled of them.
 *
 * @param wanted what the files say: names what to look for, and keeps comments
 */
export async function liveDefinitions(
  wanted: Definitions,
  options: Options,
  context: Context,
): Promise<Definitions> {
  const { session } = await connect(options, context);
  const live = new Map<string, DefinitionFiles>();
  for (const name of wanted.keys()) {
    try {
      const from = "dashboard";
      const { files } = await pull(session, name, { definitions: wanted, from });
      live.set(name, files);
    } catch (error) {
      // What was never deployed is added by the files.
      if (!(error instanceof TurnawayError) || error.code !== "USAGE") throw error;
    }
  }
  return live;
}
