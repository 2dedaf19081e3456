import { type Options, usage } from "@turnaway/runs";

import type { Context } from "../context.ts";
import type { Definitions } from "./definitions-folder.ts";

/**
 * The dashboards as they are live, as the files that would be pulled of them.
 *
 * @param wanted what the files say: names what to look for, and keeps comments
 */
export function liveDefinitions(
  _wanted: Definitions,
  _options: Options,
  _context: Context,
): Promise<Definitions> {
  throw usage(
    "--from",
    "it says what to compare with, and is missing",
    "name a folder or a commit",
  );
}
